namespace Akka;

/// <summary>Says that something is done, where no value tells more.</summary>
public sealed class Done
{
    public static readonly Done Instance = new();

    private Done() { }
}
