namespace Compeer.Configuration.Main;

/// <summary>A variable of the main configuration.</summary>
internal sealed record MainVariable(string Name, MainVariableKind Kind)
{
    /// <summary>Its other spelling.</summary>
    public string? Alias { get; init; }

    /// <summary>Whether each line adds one, instead of the last one counting.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Whether it changes what the daemon does; of others it says so at start.</summary>
    public bool HasEffect { get; init; }

    /// <summary>The smallest number it can have.</summary>
    public int Least { get; init; } = Kind switch
    {
        MainVariableKind.NonNegativeInteger => 0,
        MainVariableKind.PositiveInteger => 1,
        _ => int.MinValue,
    };

    /// <summary>The largest number it can have.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>Whether a percentage must be below 100.</summary>
    public bool IsBelowMost { get; init; }

    /// <summary>The values it can have.</summary>
    public string[] Choices { get; init; } = [];

    /// <summary>What Naemon reads another value as; null when it refuses one.</summary>
    public Func<string, string>? ReadAs { get; init; }

    /// <summary>Whether Naemon reads a word where 0 or 1 belongs as 0; elsewhere it refuses one.</summary>
    public bool TakesWords { get; init; }
}
