using Dispatcher.Actors.Scaling.Cpu;

namespace Dispatcher.Actors.Tests.Scaling.Cpu;

public sealed class CgroupCpuTests
{
    [Fact]
    public void QuotaCores_VersionTwo_IsTheLeastOnTheWayToTheRoot()
    {
        CgroupCpu cpu = Of(
            ("/sys/fs/cgroup/cgroup.controllers", "cpu memory"),
            ("/proc/self/cgroup", "0::/slice/service"),
            ("/sys/fs/cgroup/slice/service/cpu.max", "400000 100000\n"),
            ("/sys/fs/cgroup/slice/cpu.max", "150000 100000\n"),
            ("/sys/fs/cgroup/slice/cpu.stat", "usage_usec 2500000\nuser_usec 2000000\n"),
            ("/sys/fs/cgroup/cpu.stat", "usage_usec 9000000\n"));
        Assert.Equal(1.5, cpu.QuotaCores());
        Assert.Equal(TimeSpan.FromSeconds(2.5), cpu.Used());
    }

    [Fact]
    public void QuotaCores_VersionTwoInAContainer_IsThatOfTheMount()
    {
        CgroupCpu cpu = Of(
            ("/sys/fs/cgroup/cgroup.controllers", "cpu"), ("/proc/self/cgroup", "0::/"), ("/sys/fs/cgroup/cpu.max", "50000 100000"));
        Assert.Equal(0.5, cpu.QuotaCores());
        Assert.Null(cpu.Used());
    }

    [Fact]
    public void QuotaCores_VersionTwoWithoutALimit_IsUnknown()
    {
        CgroupCpu cpu = Of(
            ("/sys/fs/cgroup/cgroup.controllers", "cpu"), ("/proc/self/cgroup", "0::/"), ("/sys/fs/cgroup/cpu.max", "max 100000"));
        Assert.Null(cpu.QuotaCores());
        Assert.Null(cpu.Used());
    }

    [Fact]
    public void QuotaCores_VersionOne_ReadsTheControllersOfTheCpu()
    {
        CgroupCpu cpu = Of(
            ("/proc/self/cgroup", "4:memory:/other\n3:cpu,cpuacct:/docker/abc\n"),
            ("/sys/fs/cgroup/cpu/docker/abc/cpu.cfs_quota_us", "200000"),
            ("/sys/fs/cgroup/cpu/docker/abc/cpu.cfs_period_us", "100000"),
            ("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1"),
            ("/sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000"),
            ("/sys/fs/cgroup/cpuacct/docker/abc/cpuacct.usage", "3000000000"));
        Assert.Equal(2, cpu.QuotaCores());
        Assert.Equal(TimeSpan.FromSeconds(3), cpu.Used());
    }

    [Fact]
    public void QuotaCores_NoFilesOrNonsense_IsUnknown()
    {
        Assert.Null(Of().QuotaCores());
        CgroupCpu nonsense = Of(
            ("/sys/fs/cgroup/cgroup.controllers", "cpu"), ("/proc/self/cgroup", "what\n:::\n"), ("/sys/fs/cgroup/cpu.max", "a b"), ("/sys/fs/cgroup/cpu.stat", "usage_usec"));
        Assert.Null(nonsense.QuotaCores());
        Assert.Null(nonsense.Used());
    }

    private static CgroupCpu Of(params (string Path, string Text)[] files) => new(path => Array.Find(files, file => file.Path == path).Text);
}
