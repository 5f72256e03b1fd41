using System.Runtime.InteropServices;

namespace Dispatcher.Actors.Admission;

/// <summary>64 bits alone on their cache lines; see <see cref="PaddedCounter"/>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct PaddedWord
{
    /// <summary>The bits.</summary>
    [FieldOffset(64)]
    public ulong Value;
}
