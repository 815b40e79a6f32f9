namespace Compeer.Execution.Processes;

/// <summary>What an epoll event is about, packed into the 64 bits that epoll keeps for it.</summary>
/// <param name="Source">Which descriptor of the plugin.</param>
/// <param name="Slot">The plugin's place.</param>
/// <param name="Generation">The place's generation; with another one the event is of a plugin that is gone.</param>
internal readonly record struct EventTag(EventSource Source, int Slot, uint Generation)
{
    internal static EventTag Unpack(ulong bits) =>
        new((EventSource)(bits & 3), (int)((bits >> 2) & 0x3FFF_FFFF), (uint)(bits >> 32));

    internal ulong Pack() => (ulong)Source | ((ulong)(uint)Slot << 2) | ((ulong)Generation << 32);
}
