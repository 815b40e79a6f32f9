namespace Compeer.Objects.Main;

/// <summary>A variable of the main configuration.</summary>
internal sealed record MainVariable(string Name, MainVariableKind Kind)
{
    /// <summary>Its other spelling.</summary>
    public string? Alias { get; init; }

    /// <summary>Whether each line adds one, instead of the last one counting.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Whether it changes what the daemon does; of others it says so at start.</summary>
    public bool HasEffect { get; init; }

    /// <summary>The values it can have.</summary>
    public string[] Choices { get; init; } = [];
}
