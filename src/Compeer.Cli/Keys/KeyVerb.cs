namespace Compeer.Cli.Keys;

/// <summary>What a <see cref="KeyLine"/> is about. The names are the words on the wire.</summary>
internal enum KeyVerb
{
    /// <summary>Who sends: a name or an address of its machine.</summary>
    From = 1,

    /// <summary>A public ssh key of root, or of the user who sends.</summary>
    Key = 2,

    /// <summary>A public ssh key of the user that the daemon runs as.</summary>
    UserKey = 3,

    /// <summary>A key of the machine's sshd; for another machine, its name before it.</summary>
    HostKey = 4,

    /// <summary>A node's link key; for another node, its name before it.</summary>
    Link = 5,

    /// <summary>The receiver's ssh keys are asked for.</summary>
    Give = 6,

    /// <summary>A link key may take another's place.</summary>
    Replace = 7,

    /// <summary>Something that was done, in words.</summary>
    Did = 8,

    /// <summary>Something that could not be done, in words.</summary>
    Failed = 9,

    /// <summary>A poller that registers: what it is called. In an answer, that it is registered now.</summary>
    Register = 10,

    /// <summary>A poller that leaves: what it is called. In an answer, that it is not configured any more.</summary>
    Deregister = 11,

    /// <summary>Where the poller is reached.</summary>
    Address = 12,

    /// <summary>The poller's own id.</summary>
    Uuid = 13,

    /// <summary>The poller's host groups, with commas.</summary>
    HostGroups = 14,

    /// <summary>The receiver's peers are to be told, too.</summary>
    Everywhere = 15,

    /// <summary>A peer of the master that answers: name, address and port.</summary>
    Master = 16,

    /// <summary>Another poller of the same host groups: name, address and port.</summary>
    Poller = 17,
}
