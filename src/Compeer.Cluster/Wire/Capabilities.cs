namespace Compeer.Cluster.Wire;

/// <summary>
/// What a node understands beyond the frames that every version has. They go over the wire in the hello: append only. A
/// frame that needs one is sent to nobody who did not name it.
/// </summary>
[Flags]
internal enum Capabilities : ulong
{
    /// <summary>Nothing beyond.</summary>
    None = 0,

    /// <summary><see cref="LinkFrame.Request"/>: words for the owner of an object.</summary>
    Requests = 1 << 0,

    /// <summary><see cref="LinkFrame.Seen"/>: what nodes vouch for.</summary>
    Seen = 1 << 1,

    /// <summary><see cref="LinkFrame.ObjectsRequest"/>: which objects a configuration has.</summary>
    Objects = 1 << 2,

    /// <summary><see cref="LinkFrame.ContentRequest"/> and <see cref="LinkFrame.ContentPart"/>: configurations.</summary>
    Content = 1 << 8,

    /// <summary><see cref="LinkFrame.Entries"/> and <see cref="LinkFrame.Streams"/>: append-only streams.</summary>
    Streams = 1 << 3,

    /// <summary><see cref="LinkFrame.FilesOffer"/> and <see cref="LinkFrame.FilesReport"/>: files and folders that are kept the
    /// same.</summary>
    Files = 1 << 9,

    /// <summary>Pollers and masters: reports of all tiers, and values by what they are about.</summary>
    Tiers = 1 << 4,

    /// <summary><see cref="LinkFrame.CheckTest"/> and <see cref="LinkFrame.CheckTestResult"/>: tests of checks.</summary>
    CheckTests = 1 << 10,

    /// <summary>Requests that somebody waits for, and <see cref="LinkFrame.Answered"/>: what became of them.</summary>
    Answers = 1 << 5,

    /// <summary>What this version understands.</summary>
    Own = Requests | Seen | Objects | Content | Streams | Files | Tiers | CheckTests | Answers,
}
