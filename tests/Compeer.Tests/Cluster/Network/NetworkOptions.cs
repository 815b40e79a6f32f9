namespace Compeer.Tests.Cluster.Network;

/// <summary>How a simulated cluster is made.</summary>
internal sealed record NetworkOptions
{
    public int Nodes { get; init; } = 3;

    public int Objects { get; init; } = 40;

    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMilliseconds(40);

    /// <summary>The longest a check runs.</summary>
    public TimeSpan MaxCheck { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>How far wall clocks are apart.</summary>
    public TimeSpan MaxSkew { get; init; } = TimeSpan.Zero;

    /// <summary>Report it when two nodes run one check at a time.</summary>
    public bool ChecksOnceOnly { get; init; }

    public TimeSpan LongestCheck { get; init; } = TimeSpan.FromSeconds(60);
}
