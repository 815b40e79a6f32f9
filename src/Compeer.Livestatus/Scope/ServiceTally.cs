using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Livestatus.Scope;

/// <summary>Services of one object, counted by their states in one go.</summary>
internal sealed class ServiceTally
{
    private const int Critical = 2;
    private const int States = 4;

    private readonly int[] _states = new int[States];
    private readonly int[] _hardStates = new int[States];

    /// <summary>Counts those that may be seen.</summary>
    public ServiceTally(IEnumerable<ServiceDefinition> services, QueryScope scope)
    {
        foreach (var service in services)
        {
            if (scope.User is { } user && !user.Sees(service))
            {
                continue;
            }

            var state = scope.StateOf(service);
            Count++;
            Worst = WorseOf(Worst, state.State);
            WorstHard = WorseOf(WorstHard, state.LastHardState);
            if (!state.HasBeenChecked)
            {
                Pending++;
                continue;
            }

            _states[state.State % States]++;
            _hardStates[state.LastHardState % States]++;
        }
    }

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>How many were never checked.</summary>
    public int Pending { get; }

    /// <summary>The worst state: OK, WARNING, UNKNOWN, CRITICAL.</summary>
    public int Worst { get; }

    /// <summary>The worst hard state.</summary>
    public int WorstHard { get; }

    /// <summary>How many of those that were checked are in a state.</summary>
    public int InState(int state) => _states[state];

    /// <summary>How many of those that were checked are in a hard state.</summary>
    public int InHardState(int state) => _hardStates[state];

    private static int WorseOf(int one, int other) => one == Critical || other == Critical ? Critical : Math.Max(one, other);
}
