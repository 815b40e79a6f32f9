namespace Compeer.Cli.Keys;

/// <summary>A machine with a key of its sshd.</summary>
/// <param name="Name">The name that ssh looks it up by: a host name or address, or <c>[address]:port</c>.</param>
/// <param name="Key">The key.</param>
internal sealed record KnownHost(string Name, PublicSshKey Key)
{
    private const string UsualPort = "22";

    /// <summary>The name of a machine whose sshd may have a port of its own.</summary>
    public static string NameOf(string address, string? port) => port is null or UsualPort ? address : $"[{address}]:{port}";
}
