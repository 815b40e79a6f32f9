namespace Compeer.Daemon.Nrdp;

/// <summary>How long who connects to NRDP may take.</summary>
/// <param name="Handshake">To agree upon TLS.</param>
/// <param name="Headers">To send a request's headers, once they have begun.</param>
/// <param name="Idle">To say nothing before a request.</param>
internal sealed record NrdpTimes(TimeSpan Handshake, TimeSpan Headers, TimeSpan Idle)
{
    /// <summary>Those of the daemon.</summary>
    public static NrdpTimes Usual { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20));
}
