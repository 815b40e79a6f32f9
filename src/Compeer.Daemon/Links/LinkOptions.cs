namespace Compeer.Daemon.Links;

/// <summary>Limits of the links. All are constants on purpose: none depends on the site.</summary>
internal static class LinkOptions
{
    /// <summary>The registered Merlin port.</summary>
    public const int DefaultPort = 15551;

    /// <summary>Largest frame taken or sent; checked before anything is allocated for it.</summary>
    public const int MaxFrameBytes = 1 << 20;

    /// <summary>Bytes of frames that go in one write, and are read at once; a larger frame goes alone.</summary>
    public const int BatchBytes = 32 << 10;

    /// <summary>Frames of one link that may wait in the loop; its socket is not read meanwhile.</summary>
    public const int FramesInLoop = 32;

    /// <summary>Frames that may wait to be sent; a neighbour that falls further behind is disconnected and catches up anew.</summary>
    public const int FramesToSend = 4096;

    /// <summary>Connections that have not authenticated yet; more are closed at once.</summary>
    public const int MaxHandshakes = 32;

    /// <summary>How long a link that is closed here may take to send what it still has.</summary>
    public static readonly TimeSpan ClosingTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Time for connecting and authenticating.</summary>
    public static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(5);
}
