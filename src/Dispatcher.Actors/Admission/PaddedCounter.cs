using System.Runtime.InteropServices;

namespace Dispatcher.Actors.Admission;

/// <summary>A counter alone on its cache lines: neighbours that other threads write must not share them.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct PaddedCounter
{
    /// <summary>The count. 64 bytes of padding on either side; the processor fetches lines in pairs.</summary>
    [FieldOffset(64)]
    public long Value;
}
