using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Objects.TimePeriods;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Templates;

/// <summary>The exceptions that a time period has from its templates, as atoms of their whole text.</summary>
internal sealed class DateInheritance(RawConfiguration raw)
{
    private readonly Dictionary<int, DateRange> _days = [];

    /// <summary>Naemon takes a template's exceptions from the last to the first, but for days that are there already. Where days
    /// overlap, the first exception in this order counts.</summary>
    public void Inherit(List<int> result, List<int> template)
    {
        HashSet<DateRange> days = [.. result.Select(Days)];
        foreach (var atom in Enumerable.Reverse(template).Where(atom => days.Add(Days(atom))))
        {
            result.Add(atom);
        }
    }

    private DateRange Days(int atom)
    {
        if (!_days.TryGetValue(atom, out var days))
        {
            days = DateRangeParser.Parse(raw.Atoms.Text(new Atom(atom)), out _, out _)! with { Times = [] };
            _days[atom] = days;
        }

        return days;
    }
}
