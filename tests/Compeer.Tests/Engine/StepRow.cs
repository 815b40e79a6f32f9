using System.Globalization;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine;

/// <summary>A row of <see cref="StepTable"/>.</summary>
internal sealed record StepRow
{
    public required CheckState Before { get; init; }

    public required int MaxAttempts { get; init; }

    public required bool IsVolatile { get; init; }

    public required bool IsAggressive { get; init; }

    /// <summary>The plugin's code.</summary>
    public required int Code { get; init; }

    /// <summary>Letters for the states of the service's host, or of the host's parents.</summary>
    public required string Around { get; init; }

    /// <summary>State, attempt, last hard state and flags only.</summary>
    public required CheckState After { get; init; }

    public required bool Changes { get; init; }

    public required bool ChangesHard { get; init; }

    /// <summary>Whether the log says that the host made it hard.</summary>
    public required bool IsForced { get; init; }

    /// <summary>S or H and the attempt; null for none.</summary>
    public required string? Alert { get; init; }

    public static StepRow Parse(string text)
    {
        string[] columns = [.. text.Split(':')[0].Split('|').Select(column => column.Trim())];
        var inputs = columns[1].Split(' ');
        return new StepRow
        {
            Before = State(columns[0]),
            MaxAttempts = inputs[0][0] - '0',
            IsVolatile = inputs[0].EndsWith('v'),
            IsAggressive = inputs[0].EndsWith('a'),
            Code = inputs[1][0] - '0',
            Around = inputs.Length > 2 ? inputs[2] : "",
            After = State(columns[2]),
            Changes = columns[3][0] == 'c',
            ChangesHard = columns[3][1] == 'h',
            IsForced = columns[4][0] == '!',
            Alert = columns[4] == "-" ? null : columns[4].TrimStart('!'),
        };
    }

    private static CheckState State(string text)
    {
        var parts = text.Split(' ');
        return CheckState.Pending(byte.Parse(parts[0], CultureInfo.InvariantCulture)) with
        {
            IsSoft = parts[1][0] == 'S',
            Attempt = parts[1][1] - '0',
            LastHardState = byte.Parse(parts[2], CultureInfo.InvariantCulture),
            HostProblemAtLastCheck = parts.Length > 3 && parts[3] == "y",
        };
    }
}
