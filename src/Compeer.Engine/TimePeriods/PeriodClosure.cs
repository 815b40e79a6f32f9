using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.TimePeriods;

/// <summary>
/// A time period with all that it excludes, and that these exclude, each of them once: periods that share their exclusions
/// would otherwise be looked at twice as often at each level.
/// </summary>
internal sealed class PeriodClosure
{
    private readonly int[][] _exclusions;
    private readonly bool[] _contains;

    /// <summary>Puts them in order. Where periods exclude each other in a circle, as <c>allow_circular_dependencies</c> lets them,
    /// the exclusion that leads back to a period on the way from this one has no effect (Naemon follows it without end).</summary>
    public PeriodClosure(TimePeriodDefinition period)
    {
        var places = new Dictionary<TimePeriodDefinition, int>(ReferenceEqualityComparer.Instance);
        var open = new Stack<(TimePeriodDefinition Period, bool IsExpanded)>([(period, false)]);
        var entered = new HashSet<TimePeriodDefinition>(ReferenceEqualityComparer.Instance);
        var order = ImmutableArray.CreateBuilder<TimePeriodDefinition>();
        while (open.TryPop(out var next))
        {
            if (next.IsExpanded)
            {
                places.Add(next.Period, order.Count);
                order.Add(next.Period);
                continue;
            }

            if (!entered.Add(next.Period))
            {
                continue;
            }

            open.Push((next.Period, true));
            foreach (var excluded in next.Period.Exclusions)
            {
                open.Push((excluded, false));
            }
        }

        Periods = order.ToImmutable();
        _exclusions = [.. Periods.Select((part, place) =>
            part.Exclusions.Select(excluded => places[excluded]).Where(excluded => excluded < place).ToArray())];
        _contains = new bool[Periods.Length];
    }

    /// <summary>All of them, each after those that it excludes with effect.</summary>
    public ImmutableArray<TimePeriodDefinition> Periods { get; }

    /// <summary>Whether a time is inside the period and not in one that it excludes. Not for several threads at once.</summary>
    /// <param name="local">The time.</param>
    /// <param name="isInRange">Whether it is in a period's own hours.</param>
    public bool Contains(DateTime local, Func<TimePeriodDefinition, DateTime, bool> isInRange)
    {
        for (var i = 0; i < _contains.Length; i++)
        {
            var isExcluded = false;
            foreach (var excluded in _exclusions[i])
            {
                isExcluded |= _contains[excluded];
            }

            _contains[i] = !isExcluded && isInRange(Periods[i], local);
        }

        return _contains[^1];
    }
}
