using System.Collections.Immutable;

namespace Compeer.Configuration.Nodes;

/// <summary>
/// An <c>object_config</c> block: how object configuration gets to or from a node. Merlin lets scripts have further
/// keys of their own here, so none is refused.
/// </summary>
/// <param name="Settings">Every key of the block, in order.</param>
public sealed record ObjectConfigDefinition(ImmutableArray<MerlinSetting> Settings)
{
    /// <summary>Command that pushes the configuration (<c>push</c>).</summary>
    public string? Push => Find("push");

    /// <summary>Command that fetches the configuration (<c>fetch</c>, or <c>pull</c>).</summary>
    public string? Fetch => Find("fetch") ?? Find("pull");

    /// <summary>User to log in as over ssh (<c>ssh_user</c>).</summary>
    public string? SshUser => Find("ssh_user");

    /// <summary>Private key file for ssh (<c>ssh_key</c>).</summary>
    public string? SshKey => Find("ssh_key");

    /// <summary>Port of ssh (<c>ssh_port</c>).</summary>
    public string? SshPort => Find("ssh_port");

    /// <summary>What this node is called at the master it fetches from (<c>fetch_name</c>).</summary>
    public string? FetchName => Find("fetch_name");

    /// <summary>Folder or file that is pushed (<c>source</c>).</summary>
    public string? Source => Find("source");

    /// <summary>Where it is put at the other end (<c>dest</c>).</summary>
    public string? Destination => Find("dest");

    /// <summary>Equal when the settings are, wherever they stand in the file.</summary>
    public bool Equals(ObjectConfigDefinition? other) =>
        other is not null && Pairs().SequenceEqual(other.Pairs());

    /// <inheritdoc/>
    public override int GetHashCode() => Settings.Length;

    private IEnumerable<(string Key, string Value)> Pairs() => Settings.Select(s => (s.Key, s.Value));

    /// <summary>The last value of a key, as in Merlin; null when it is not set.</summary>
    private string? Find(string key)
    {
        for (var i = Settings.Length - 1; i >= 0; i--)
        {
            if (string.Equals(Settings[i].Key, key, StringComparison.OrdinalIgnoreCase))
            {
                return Settings[i].Value;
            }
        }

        return null;
    }
}
