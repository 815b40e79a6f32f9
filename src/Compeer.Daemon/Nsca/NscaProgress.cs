namespace Compeer.Daemon.Nsca;

/// <summary>What came of bytes.</summary>
internal enum NscaProgress
{
    /// <summary>More are wanted.</summary>
    Wants,

    /// <summary>They complete a packet.</summary>
    Packet,

    /// <summary>They are no packet: a wrong password or method, another program, garbage. Nothing more can be read.</summary>
    Broken,
}
