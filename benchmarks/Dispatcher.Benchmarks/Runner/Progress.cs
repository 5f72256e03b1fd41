namespace Dispatcher.Benchmarks.Runner;

/// <summary>One line on standard error that tells where the run is.</summary>
internal sealed class Progress(int workloads)
{
    private readonly bool _inPlace = !Console.IsErrorRedirected;
    private string _shown = "";
    private int _index;

    /// <summary>A round that begins; below zero for a warm-up.</summary>
    public void Show(string workload, int round)
    {
        if (_shown != workload)
        {
            _shown = workload;
            _index++;
            if (!_inPlace) Console.Error.WriteLine($"[{_index}/{workloads}] {workload}");
        }
        if (_inPlace) Console.Error.Write($"\r\e[K[{_index}/{workloads}] {workload}: {(round < 0 ? "warm-up" : $"round {round + 1}")}");
    }

    public void Clear()
    {
        if (_inPlace) Console.Error.Write("\r\e[K");
    }
}
