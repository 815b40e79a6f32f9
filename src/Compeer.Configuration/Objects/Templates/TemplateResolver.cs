using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Templates;

/// <summary>
/// Applies templates (<c>use</c>) as Naemon does: an object's own value wins, then the first named template that has
/// one; <c>null</c> counts as a value that is nothing; a list starting with <c>+</c> is added to the next template's
/// list; custom variables and exceptions of time periods come together from all. Each template is resolved once.
/// </summary>
internal sealed class TemplateResolver
{
    /// <summary>Templates of templates deeper than this are refused.</summary>
    public const int DeepestNesting = 1_000;

    private readonly RawConfiguration _raw;
    private readonly DiagnosticCollector _diagnostics;
    private readonly TemplateAdditions _additions;
    private readonly Dictionary<long, int> _byName = [];
    private readonly Dictionary<int, ResolvedObject> _resolved = [];
    private readonly Dictionary<long, UsedTemplates> _used = [];
    private readonly DateInheritance _dates;
    private int _depth;
    private readonly HashSet<int> _incomplete = [];
    private readonly HashSet<int> _faultless = [];
    private readonly HashSet<int> _usesItself = [];
    private long _lastKey = long.MinValue;
    private UsedTemplates? _last;

    public TemplateResolver(RawConfiguration raw, DiagnosticCollector diagnostics)
    {
        _raw = raw;
        _diagnostics = diagnostics;
        _additions = new TemplateAdditions(raw, diagnostics);
        _dates = new DateInheritance(raw);
        for (var i = 0; i < raw.Count; i++)
        {
            if (raw.Own(i, Directive.Name) is { } name)
            {
                AddTemplate(i, name);
                NoteUseOfItself(i, name);
            }
        }

        ResolveCircles();
    }

    /// <summary>Whether a template of this object could not be found, or a directive of it or of a template was refused; what it
    /// lacks is then no finding of its own.</summary>
    public bool IsIncomplete(int index) => _incomplete.Contains(index) || (_raw.HasFaulty && IsFaulty(index, depth: 0));

    /// <summary>Each object is looked at once: templates that share theirs would be met twice as often at each level.</summary>
    private bool IsFaulty(int index, int depth)
    {
        if (_raw[index].IsFaulty)
        {
            return true;
        }

        if (depth > DeepestNesting || _raw.Own(index, Directive.Use) is not { } use || !_faultless.Add(index))
        {
            return false;
        }

        var isFaulty = Named(_raw[index].Type, use.Value).Found.Exists(template => IsFaulty(template, depth + 1));
        if (isFaulty)
        {
            _faultless.Remove(index);
        }

        return isFaulty;
    }

    /// <summary>Finds what is wrong with the templates of templates that nothing uses, too.</summary>
    public void CheckAll()
    {
        foreach (var template in _byName.Values)
        {
            Template(template, template);
        }
    }

    /// <summary>Puts the object's directives and those of its templates into <paramref name="result"/>.</summary>
    public void Resolve(int index, ResolvedObject result)
    {
        result.Assign(_raw.Directives(index));
        var use = result[Directive.Use];
        if (use < 0)
        {
            return;
        }

        var table = DirectiveSchema.Of(_raw[index].Type);
        foreach (var template in Templates(index, use))
        {
            Inherit(index, result, template, table);
        }
    }

    /// <summary>The value of one directive of an object, without resolving the others.</summary>
    public int Value(int index, Directive directive)
    {
        var use = RawDirective.Unset;
        foreach (var own in _raw.Directives(index))
        {
            if (own.Directive == directive)
            {
                return IsAddition(own.Value) ? Resolved(index, directive) : own.Value;
            }

            use = own.Directive == Directive.Use ? own.Value : use;
        }

        if (use < 0 || !IsInherited(directive, _raw[index].Type))
        {
            return RawDirective.Unset;
        }

        foreach (var template in Templates(index, use))
        {
            var value = template[directive];
            if (value != RawDirective.Unset)
            {
                return IsAddition(value) ? Resolved(index, directive) : value;
            }
        }

        return RawDirective.Unset;
    }

    /// <summary>The object in which this directive of an object stands: itself or one of its templates.</summary>
    public (int Index, RawDirective Directive)? Locate(int index, Directive directive) => Locate(index, directive, []);

    private (int, RawDirective)? Locate(int index, Directive directive, HashSet<int> seen)
    {
        if (_raw.Own(index, directive) is { } own)
        {
            return (index, own);
        }

        if (!seen.Add(index) || _raw.Own(index, Directive.Use) is not { } use)
        {
            return null;
        }

        foreach (var template in Named(_raw[index].Type, use.Value).Found)
        {
            if (Locate(template, directive, seen) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private bool IsAddition(int value) => value >= 0 && _raw.Atoms.Bytes(value).StartsWith("+"u8);

    private int Resolved(int index, Directive directive)
    {
        var whole = new ResolvedObject();
        Resolve(index, whole);
        return whole[directive];
    }

    private static long Key(ObjectType type, int atom) => ((long)type << 32) | (uint)atom;

    private void AddTemplate(int index, RawDirective name)
    {
        var type = _raw[index].Type;
        if (name.Value == _raw.Atoms.Empty)
        {
            _diagnostics.Error(_raw.Position(index, name), "name is empty");
        }
        else if (!_byName.TryAdd(Key(type, name.Value), index))
        {
            var first = _raw.Position(_byName[Key(type, name.Value)]);
            _diagnostics.Error(
                _raw.Position(index, name),
                $"the {ObjectTypeNames.NameOf(type)} template '{_raw.Atoms.Text(name.Value)}' is already defined at {first}");
        }
    }

    /// <summary>A template that names itself is read as if it did not, as in Naemon, where it adds nothing.</summary>
    private void NoteUseOfItself(int index, RawDirective name)
    {
        if (_raw.Own(index, Directive.Use) is not { Value: >= 0 } use)
        {
            return;
        }

        var list = _raw.Atoms.Bytes(use.Value);
        foreach (var range in list.Split((byte)','))
        {
            if (LineReader.Trim(list[range]).SequenceEqual(_raw.Atoms.Bytes(name.Value)) && _usesItself.Add(index))
            {
                var type = ObjectTypeNames.NameOf(_raw[index].Type);
                _diagnostics.Warning(
                    _raw.Position(index, use),
                    $"use: the {type} template '{_raw.Atoms.Text(name.Value)}' names itself, which has no effect");
            }
        }
    }

    private ReadOnlySpan<ResolvedObject> Templates(int index, int use)
    {
        // Objects with the same list share its templates, but for one that is in the list itself.
        var key = _usesItself.Contains(index) ? ~(long)index : Key(_raw[index].Type, use);
        if (key == _lastKey && _last!.Missing.Count == 0)
        {
            return _last.Templates;
        }

        if (!_used.TryGetValue(key, out var used))
        {
            (var found, var missing) = Named(_raw[index].Type, use);
            var templates = new List<ResolvedObject>(found.Count);
            foreach (var template in found.Where(template => template != index))
            {
                if (Template(template, index) is { } resolved)
                {
                    templates.Add(resolved);
                }
                else
                {
                    _incomplete.Add(index);
                }
            }

            used = new UsedTemplates([.. templates], missing);
            _used[key] = used;
        }

        foreach (var missing in used.Missing)
        {
            _incomplete.Add(index);
            ReportMissing(index, missing);
        }

        _lastKey = key;
        _last = used;
        return used.Templates;
    }

    private (List<int> Found, List<string> Missing) Named(ObjectType type, int use)
    {
        var found = new List<int>();
        var missing = new List<string>();
        var names = _raw.Atoms.Bytes(use);
        foreach (var range in names.Split((byte)','))
        {
            var name = LineReader.Trim(names[range]);
            var atom = _raw.Atoms.Find(name);
            if (atom >= 0 && _byName.TryGetValue(Key(type, atom), out var template))
            {
                found.Add(template);
            }
            else
            {
                missing.Add(ConfigurationText.Decode(name));
            }
        }

        return (found, missing);
    }

    private ResolvedObject? Template(int template, int user)
    {
        if (_resolved.TryGetValue(template, out var resolved))
        {
            return resolved;
        }

        if (_depth >= DeepestNesting)
        {
            _diagnostics.Error(_raw.Position(user), $"templates are nested more than {DeepestNesting} deep");
            return null;
        }

        // Where templates use each other in a circle the one that is met again gives what it has by then, as in Naemon.
        _depth++;
        resolved = new ResolvedObject();
        _resolved[template] = resolved;
        Resolve(template, resolved);
        _depth--;
        return resolved;
    }

    /// <summary>
    /// Templates that use each other in a circle. What comes out depends on which is resolved first: Naemon resolves all objects of
    /// a type, the one defined last first, each after its templates. So this is done here, for types that have a circle.
    /// </summary>
    private void ResolveCircles()
    {
        var types = new HashSet<ObjectType>();
        foreach (var circle in new TemplateCircles(_raw, (index, use) => Named(_raw[index].Type, use).Found).Find(_byName.Values))
        {
            types.Add(_raw[circle[0]].Type);
            var last = circle[^2];
            _diagnostics.Warning(
                _raw.Position(last, _raw.Own(last, Directive.Use)!.Value),
                $"templates use each other in a circle: {string.Join(" → ", circle.Select(NameOf))}; "
                + $"'{NameOf(last)}' gets from '{NameOf(circle[0])}' no more than that has itself or got before");
        }

        for (var i = _raw.Count - 1; i >= 0 && types.Count > 0; i--)
        {
            if (types.Contains(_raw[i].Type) && _raw.Own(i, Directive.Use) is { Value: >= 0 } use)
            {
                if (_raw.Own(i, Directive.Name) is { Value: >= 0 } name
                    && _byName.GetValueOrDefault(Key(_raw[i].Type, name.Value), -1) == i)
                {
                    Template(i, i);
                }
                else
                {
                    Named(_raw[i].Type, use.Value).Found.ForEach(template => Template(template, i));
                }
            }
        }
    }

    private void Inherit(int index, ResolvedObject result, ResolvedObject template, DirectiveTable table)
    {
        foreach (var directive in template.Set)
        {
            var value = template[directive];
            var own = result[directive];
            if (own == RawDirective.Unset)
            {
                if (IsInherited(directive, table.Type))
                {
                    result[directive] = value;
                }
            }
            else if (directive == Directive.CheckCommand && template.HasImportantCheckCommand)
            {
                result[directive] = value;
            }
            else if (own >= 0 && value >= 0 && table.IsAdditive(directive) && _raw.Atoms.Bytes(own).StartsWith("+"u8))
            {
                result[directive] = _additions.Sum(index, directive, value, own);
            }
        }

        if (template.CustomVariables.Count > 0 && _additions.MayAdd(index, template.CustomVariables.Count))
        {
            result.InheritCustomVariables(template);
        }

        if (template.DateExceptions.Count > 0 && _additions.MayAdd(index, template.DateExceptions.Count))
        {
            _dates.Inherit(result.DateExceptions, template.DateExceptions);
        }
    }

    /// <summary>What names an object or a template stays its own.</summary>
    private static bool IsInherited(Directive directive, ObjectType type) => directive switch
    {
        Directive.Use or Directive.Name or Directive.Register => false,
        Directive.TimePeriodName or Directive.CommandName or Directive.ContactName or Directive.ContactGroupName => false,
        Directive.HostGroupName => type != ObjectType.HostGroup,
        Directive.ServiceGroupName => type != ObjectType.ServiceGroup,
        Directive.HostName => type != ObjectType.Host,
        _ => true,
    };

    private void ReportMissing(int index, string name)
    {
        var type = _raw[index].Type;
        List<string> names =
            [.. _byName.Keys.Where(k => (ObjectType)(k >> 32) == type).Select(k => _raw.Atoms.Text((int)(uint)k))];
        _diagnostics.Error(
            _raw.Position(index, _raw.Own(index, Directive.Use)!.Value),
            $"use: there is no {ObjectTypeNames.NameOf(type)} template '{name}'{_diagnostics.Suggest(name, names)}");
    }

    private string NameOf(int template) => _raw.Atoms.Text(_raw.Own(template, Directive.Name)!.Value.Value);

    private sealed record UsedTemplates(ResolvedObject[] Templates, List<string> Missing);
}
