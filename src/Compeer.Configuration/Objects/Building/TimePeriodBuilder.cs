using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Expansion;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Objects.Templates;
using Compeer.Configuration.Objects.TimePeriods;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Building;

/// <summary>Builds the time periods; those that exclude others after those.</summary>
internal sealed class TimePeriodBuilder
{
    /// <summary>Excluded periods, and those that these exclude, of one period: whether it is open is asked for every check.</summary>
    private const int MostExclusions = 500;

    private readonly CompilationContext _context;
    private readonly NamedObjects _names;
    private readonly TimePeriodDefinition[] _definitions;
    private readonly int[][] _exclusions;
    private readonly Dictionary<int, DateRange> _exceptions = [];

    public TimePeriodBuilder(CompilationContext context)
    {
        _context = context;
        _names = new NamedObjects(context, ObjectType.TimePeriod, Directive.TimePeriodName);
        _definitions = new TimePeriodDefinition[_names.Count];
        _exclusions = new int[_names.Count][];
        var resolved = new ResolvedObject();
        for (var i = 0; i < _names.Count; i++)
        {
            context.Resolver.Resolve(_names.Raw(i), resolved);
            _definitions[i] = Create(i, resolved);
            _exclusions[i] = Exclusions(i, resolved[Directive.Exclude]);
        }

        var order = DependencyOrder.Of(_names.Count, i => _exclusions[i]);
        for (var i = 0; i < _names.Count; i++)
        {
            _definitions[i].Exclusions = [.. _exclusions[i].Select(e => _definitions[e])];
        }

        ReportCircle(order.Cycle);

        // The first with too many stands for those that exclude it.
        var excessive = order.Sorted.FirstOrDefault(ExcludesTooMany, -1);
        if (excessive >= 0)
        {
            context.Error(
                _names.Raw(excessive), Directive.Exclude, $"more than {MostExclusions} time periods are excluded, through others too");
        }
    }

    public ImmutableArray<TimePeriodDefinition> Definitions => [.. _definitions];

    /// <summary>The time period that a directive of an object names; null when it names none, which is reported.</summary>
    public TimePeriodDefinition? Find(RawId raw, Directive directive, Atom name)
    {
        if (!name.IsValue)
        {
            return null;
        }

        var index = _names.Find(name);
        if (index < 0)
        {
            _context.Unknown(raw, directive, "time period", _context.Atoms.Text(name), _names);
            return null;
        }

        return _definitions[index];
    }

    private void ReportCircle(int[] circle)
    {
        if (circle.Length == 0)
        {
            return;
        }

        var raw = _names.Raw(circle[0]);
        var message = $"time periods exclude each other in a circle: {string.Join(" → ", circle.Select(_names.Name))}";
        if (_context.Main.AllowCircularDependencies)
        {
            _context.Warning(raw, Directive.Exclude, message + "; none of them is excluded from itself by way of the others");
        }
        else
        {
            _context.Error(raw, Directive.Exclude, message);
        }
    }

    private bool ExcludesTooMany(int period)
    {
        if (_exclusions[period].Length == 0)
        {
            return false;
        }

        var found = new HashSet<int>();
        var open = new Stack<int>([period]);
        while (found.Count <= MostExclusions && open.TryPop(out var next))
        {
            foreach (var excluded in _exclusions[next].Where(found.Add))
            {
                open.Push(excluded);
            }
        }

        return found.Count > MostExclusions;
    }

    private TimePeriodDefinition Create(int index, ResolvedObject resolved)
    {
        var days = new ImmutableArray<TimeRange>[7];
        for (var day = 0; day < 7; day++)
        {
            var value = resolved[Directive.Sunday + (ushort)day];
            days[day] = value.IsValue ? TimeRangeParser.Parse(_context.Atoms.Text(value), out _, out _) : [];
        }

        var exceptions = resolved.DateExceptions.Select(Exception);
        return new TimePeriodDefinition
        {
            Name = _names.Name(index),
            Alias = _context.Text(resolved[Directive.Alias]) ?? _names.Name(index),
            Weekdays = [.. days],
            Exceptions = [.. exceptions.OrderBy(e => e.Kind)],
            Position = _context.Raw.Position(_names.Raw(index)),
        };
    }

    private DateRange Exception(int atom)
    {
        if (!_exceptions.TryGetValue(atom, out var range))
        {
            range = DateRangeParser.Parse(_context.Atoms.Text(new Atom(atom)), out _, out _)!;
            _exceptions[atom] = range;
        }

        return range;
    }

    private int[] Exclusions(int index, Atom list)
    {
        if (!list.IsValue)
        {
            return [];
        }

        var result = new List<int>();
        foreach (var name in _context.List(list))
        {
            var excluded = _names.Find(name);
            if (excluded >= 0)
            {
                result.Add(excluded);
            }
            else
            {
                _context.Unknown(_names.Raw(index), Directive.Exclude, "time period", _context.Atoms.Text(name), _names);
            }
        }

        return [.. result.Distinct().Order()];
    }
}
