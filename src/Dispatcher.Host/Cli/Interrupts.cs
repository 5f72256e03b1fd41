using System.Runtime.InteropServices;

namespace Dispatcher.Host.Cli;

/// <summary>
/// What Ctrl-C means beside the host's own "stop": the first says what happens now, the second ends the process at once, with
/// <see cref="ExitCode.Failed"/>, for those who cannot wait for the drain.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly PosixSignalRegistration _registration;
    private int _count;

    public Interrupts(TextWriter talk) => _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ =>
    {
        if (Interlocked.Increment(ref _count) > 1)
            Environment.Exit(ExitCode.Failed);
        talk.WriteLine();
        talk.WriteLine("Stopping: what is in hand may end first. Ctrl-C again ends at once.");
    });

    public void Dispose() => _registration.Dispose();
}
