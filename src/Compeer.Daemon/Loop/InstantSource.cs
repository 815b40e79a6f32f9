using Compeer.Peer;
using Compeer.Platform.Processes;

namespace Compeer.Daemon.Loop;

/// <summary>
/// Reads both clocks. The monotonic one also counts the time a machine slept: a peer that was suspended must see on its
/// next step that time has passed and doubt itself.
/// </summary>
public sealed class InstantSource(TimeProvider wallClock)
{
    /// <summary>Now, on both clocks.</summary>
    public Instant Now => new(BootClock.Now, wallClock.GetUtcNow());
}
