using System.Reflection;
using System.Reflection.Emit;
using Dispatcher.Actors.Composition;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Hosting;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.BadInput;

/// <summary>
/// Every number, time and choice that an options type or an attribute lets code set, found by reflection, with values that it does not take: refused when it is
/// set, when it is used or when the pool starts, with the member's name, the value and what is allowed.
/// </summary>
public sealed class OptionsWalkTests : PoolTest
{
    private static int s_types;
    private int _pools;

    /// <summary>Values that are taken, and why.</summary>
    private static readonly (string Member, Func<object, bool> Values, string Why)[] s_taken =
    [
        ("TaskOptions.Deadline", static _ => true, "zero or less has passed: Expired(Submit), an outcome; any other is a time"),
        ("TaskOptions.DeadlineAt", static _ => true, "a time that has passed: Expired(Submit), an outcome"),
        ("TaskGroupOptions.Deadline", static _ => true, "as that of a task"),
        ("TaskOptions.QueueBudget", static value => (TimeSpan)value > TimeSpan.Zero || IsInfinite(value), "any time over zero; infinite is no limit"),
        ("TaskOptions.RunBudget", static value => (TimeSpan)value > TimeSpan.Zero || IsInfinite(value), "any time over zero; infinite is no limit"),
        ("RetryOptions.TryTimeout", IsInfinite, "no limit"),
        ("TaskContractOptions.Deadline", IsInfinite, "no limit"),
        ("TaskContractOptions.P99Target", IsInfinite, "no target"),
        ("TaskContractOptions.QueueBudget", IsInfinite, "no limit"),
        ("TaskContractOptions.RunBudget", IsInfinite, "no limit"),
        ("TaskContractOptions.PayloadCapBytes", static value => value is 0 or int.MaxValue, "no cap; the largest cap"),
        ("TaskContractAttribute.PayloadCapBytes", static value => value is 0 or int.MaxValue, "no cap; the largest cap"),
        ("RollOutOptions.ErrorMargin", static value => value is 0.0, "no worse than the old version"),
        ("RollOutOptions.LatencyMargin", static value => value is 0.0, "no slower than the old version"),
        ("StageOptions.MaxRefusals", static value => value is 0, "a refusal is the outcome"),
        ("TaskGroupOptions.MaxRefusals", static value => value is 0, "a refusal is the outcome"),
    ];

    public static TheoryData<string> Members => [.. PublicValues.Members.Select(NameOf)];

    [Theory]
    [MemberData(nameof(Members))]
    public async Task Member_SetToWhatItDoesNotTake_IsRefusedWithNameValueAndRange(string name)
    {
        PropertyInfo member = PublicValues.Members.Single(each => NameOf(each) == name);
        foreach (object value in PublicValues.ExtremesOf(member.PropertyType))
        {
            bool isTaken = s_taken.Any(taken => taken.Member == name && taken.Values(value));
            Exception? refusal = await Record.ExceptionAsync(() => UseAsync(member, value));
            if (refusal is TargetInvocationException { InnerException: { } inner })
                refusal = inner;
            Assert.True((refusal == null) == isTaken, $"{name} = {value}: {refusal?.ToString() ?? "taken"}");
            if (refusal != null)
                AssertTells(refusal, member, value);
        }
    }

    [Fact]
    public void Table_OfWhatIsTaken_NamesMembersThatAreThere() => Assert.Empty(s_taken.Select(static taken => taken.Member).Except(PublicValues.Members.Select(NameOf)));

    [Fact]
    public void Options_AllOfThem_AreTakenBySomebody() => Assert.Empty(PublicValues.UnusedOptions);

    private static bool IsInfinite(object value) => value is TimeSpan span && span == Timeout.InfiniteTimeSpan;

    private static string NameOf(PropertyInfo member) => $"{member.DeclaringType!.Name}.{member.Name}";

    // The value: in the exception's own field, or in the setting's.
    private static void AssertTells(Exception refusal, PropertyInfo member, object value)
    {
        if (refusal is SettingsException wrong)
        {
            Assert.Contains(wrong.Errors, error => error.Value is { Length: > 0 } && error.Expected.StartsWith("expected ", StringComparison.Ordinal));
            return;
        }

        ArgumentOutOfRangeException outOfRange = Assert.IsType<ArgumentOutOfRangeException>(refusal);
        Assert.Equal(member.Name, outOfRange.ParamName);
        Assert.Equal(value, outOfRange.ActualValue);
        Assert.Matches("[0-9]|over zero", outOfRange.Message.Split('(')[0]);
    }

    private async Task UseAsync(PropertyInfo member, object value)
    {
        if (member.DeclaringType == typeof(TaskContractAttribute))
        {
            Type type = TypeWith(member, value);
            StartCheck.Read("", StartCheck.Of(null, type) with { Measured = [type] });
            return;
        }

        object options = Activator.CreateInstance(member.DeclaringType!)!;
        member.SetValue(options, value);
        switch (options)
        {
            case TaskOptions task:
                await Soon(NewPool(static _ => { }).RunAsync(new StartCheck.Plain(), task));
                break;
            case RetryOptions:
                break;
            case TaskContractOptions contract:
                NewPool(builder => (contract.PayloadCapBytes > 0 ? builder.MeasurePayload<StartCheck.Plain>(static _ => 1) : builder).Contract<StartCheck.Plain>(contract));
                break;
            case RollOutOptions rollOut:
                NewPool(builder => builder.RollOut<StartCheck.Plain, int>(static (_, _) => new(1), options: rollOut));
                break;
            case PipelineOptions pipeline:
                Pipeline.Start("one", NewPool(static _ => { }), static (int _) => new StartCheck.Plain()).Run([1], pipeline);
                break;
            case StageOptions stage:
                Pipeline.Start("one", NewPool(static _ => { }), static (int _) => new StartCheck.Plain(), stage);
                break;
            case TaskGroupOptions group:
                await Soon(TaskGroup.RunAsync(NewPool(static _ => { }), [new StartCheck.Plain()], group));
                break;
            default:
                Assert.Fail($"Say here how {options.GetType().Name} is used.");
                break;
        }
    }

    private ITaskDispatcher NewPool(Action<TaskDispatcherBuilder> configure) => Start(
        builder =>
        {
            builder.Workers(1).Handle<StartCheck.Plain, int>(static (_, _) => new(1));
            configure(builder);
        },
        name: $"work{++_pools}");

    private static Type TypeWith(PropertyInfo member, object value)
    {
        string name = $"Declared{Interlocked.Increment(ref s_types)}";
        TypeBuilder type = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(name), AssemblyBuilderAccess.Run).DefineDynamicModule(name).DefineType(name, TypeAttributes.Public);
        type.SetCustomAttribute(new CustomAttributeBuilder(typeof(TaskContractAttribute).GetConstructor([])!, [], [member], [value]));
        return type.CreateType();
    }
}
