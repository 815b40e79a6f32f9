using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Expansion;

/// <summary>
/// Expands lists of names of one object type as Naemon does: names, <c>*</c> for all, <c>!</c> before a name to leave
/// it out, and with <c>use_regexp_matching</c> regular expressions. Equal lists are expanded once.
/// </summary>
internal sealed class NameExpander(CompilationContext context, NamedObjects objects, string what)
{
    private readonly Dictionary<int, NameList> _lists = [];

    /// <summary>All registered objects, the one defined last first: Naemon's order, which decides between ambiguous definitions.</summary>
    private readonly Lazy<int[]> _lastFirst =
        new(() => [.. Enumerable.Range(0, objects.RegisteredCount).OrderByDescending(index => objects.Raw(index).Index)]);

    public NamedObjects Objects => objects;

    /// <inheritdoc cref="_lastFirst"/>
    public IReadOnlyList<int> LastFirst => _lastFirst.Value;

    /// <summary>The objects in the list that is the value of a directive of an object; what it names in vain is
    /// reported for that object.</summary>
    public NameList Expand(RawId raw, Directive directive, Atom list)
    {
        var result = Look(raw, list);
        foreach ((var name, var error) in result.Problems)
        {
            context.Error(raw, directive, error ?? context.UnmatchedText(what, name, objects));
        }

        return result;
    }

    /// <summary>Whether a list names something in vain, which is a warning with what comes of it: where Naemon says so and goes on.
    /// </summary>
    public bool NamesInVain(RawId raw, Directive directive, Atom list, string consequence)
    {
        foreach ((var name, var error) in Look(raw, list).Problems)
        {
            context.Warning(raw, directive, $"{error ?? context.UnmatchedText(what, name, objects)}; {consequence}");
            return true;
        }

        return false;
    }

    private NameList Look(RawId raw, Atom list)
    {
        if (!list.IsValue)
        {
            return NameList.Empty;
        }

        if (!_lists.TryGetValue(list.Number, out var result))
        {
            result = Expand(raw, list);
            _lists[list.Number] = result;
        }

        return result;
    }

    /// <summary>The objects in a list of plain names, as those of groups in groups are: Naemon looks each up as it stands,
    /// without <c>*</c>, <c>!</c> and regular expressions.</summary>
    public int[] ExpandPlain(RawId raw, Directive directive, Atom list)
    {
        var found = new List<int>();
        foreach (var item in list.IsValue ? context.List(list) : [])
        {
            var name = context.Atoms.Text(item);
            var index = objects.Find(item);
            if (index >= 0)
            {
                found.Add(index);
            }
            else if (name == "*" || name[0] == '!')
            {
                context.Error(raw, directive, $"'{name}' is not possible here; name each {what}");
            }
            else
            {
                context.Unknown(raw, directive, what, name, objects);
            }
        }

        return [.. found.Distinct()];
    }

    private NameList Expand(RawId raw, Atom list)
    {
        var accepted = new List<int>();
        var rejected = new List<int>();
        var problems = new List<(string, string?)>();
        foreach (var item in context.List(list))
        {
            var text = context.Atoms.Text(item);
            var reject = text[0] == '!';
            var name = reject ? text[1..].TrimStart() : text;
            if (!Add(raw, name, reject ? rejected : accepted, out var error))
            {
                problems.Add((name, error));
            }
        }

        return new NameList([.. accepted], [.. accepted.Distinct()], [.. rejected.Distinct()], problems);
    }

    private bool Add(RawId raw, string name, List<int> result, out string? error)
    {
        error = null;
        if (context.IsPattern(name))
        {
            return AddMatching(raw, name, result, out error);
        }

        if (name == "*")
        {
            result.AddRange(context.MaySpend(raw, objects.Count) ? _lastFirst.Value : []);
            return true;
        }

        var index = objects.Find(context.Atoms.Find(ConfigurationText.Encode(name)));
        if (index < 0)
        {
            return false;
        }

        result.Add(index);
        return true;
    }

    private bool AddMatching(RawId raw, string expression, List<int> result, out string? error)
    {
        error = null;
        if (!context.MaySpend(raw, NamePattern.StepsToCreate))
        {
            return true;
        }

        // "*" alone is no regular expression, but everybody writes it for "all", with regular expressions on as well.
        var pattern = NamePattern.Create(expression == "*" ? ".*" : expression, out error);
        if (pattern is null)
        {
            return false;
        }

        if (!context.MaySpend(raw, pattern.Steps * (long)objects.Count))
        {
            return true;
        }

        var before = result.Count;
        foreach (var i in _lastFirst.Value)
        {
            if (pattern.IsMatch(objects.Name(i)))
            {
                result.Add(i);
            }
        }

        // Those that are not registered match and are not taken, as in Naemon.
        var isMatch = result.Count > before || Enumerable.Range(objects.RegisteredCount, objects.Count - objects.RegisteredCount)
            .Any(i => pattern.IsMatch(objects.Name(i)));
        error = isMatch ? null : $"no {what} matches '{expression}'";
        return isMatch;
    }
}
