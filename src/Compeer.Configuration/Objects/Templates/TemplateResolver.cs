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
            var id = new RawId(i);
            if (raw.Own(id, Directive.Name) is { } name)
            {
                AddTemplate(id, name);
                NoteUseOfItself(id, name);
            }
        }

        ResolveCircles();
    }

    /// <summary>Whether a template of this object could not be found, or a directive of it or of a template was refused; what it
    /// lacks is then no finding of its own.</summary>
    public bool IsIncomplete(RawId id) => _incomplete.Contains(id.Index) || (_raw.HasFaulty && IsFaulty(id, depth: 0));

    /// <summary>Each object is looked at once: templates that share theirs would be met twice as often at each level.</summary>
    private bool IsFaulty(RawId id, int depth)
    {
        if (_raw[id].IsFaulty)
        {
            return true;
        }

        if (depth > DeepestNesting || _raw.Own(id, Directive.Use) is not { } use || !_faultless.Add(id.Index))
        {
            return false;
        }

        var isFaulty = Array.Exists(Named(_raw[id].Type, use.Value).Found, template => IsFaulty(template.Raw, depth + 1));
        if (isFaulty)
        {
            _faultless.Remove(id.Index);
        }

        return isFaulty;
    }

    /// <summary>Finds what is wrong with the templates of templates that nothing uses, too.</summary>
    public void CheckAll()
    {
        foreach (var index in _byName.Values)
        {
            Template(new TemplateId(new RawId(index)), new RawId(index));
        }
    }

    /// <summary>Puts the object's directives and those of its templates into <paramref name="result"/>.</summary>
    public void Resolve(RawId id, ResolvedObject result)
    {
        result.Assign(_raw.Directives(id));
        var use = result[Directive.Use];
        if (!use.IsValue)
        {
            return;
        }

        var table = DirectiveSchema.Of(_raw[id].Type);
        foreach (var template in Templates(id, use))
        {
            Inherit(id, result, template, table);
        }
    }

    /// <summary>The value of one directive of an object, without resolving the others.</summary>
    public Atom Value(RawId id, Directive directive)
    {
        var use = Atom.Unset;
        foreach (var own in _raw.Directives(id))
        {
            if (own.Directive == directive)
            {
                return IsAddition(own.Value) ? Resolved(id, directive) : own.Value;
            }

            use = own.Directive == Directive.Use ? own.Value : use;
        }

        if (!use.IsValue || !IsInherited(directive, _raw[id].Type))
        {
            return Atom.Unset;
        }

        foreach (var template in Templates(id, use))
        {
            var value = template[directive];
            if (value != Atom.Unset)
            {
                return IsAddition(value) ? Resolved(id, directive) : value;
            }
        }

        return Atom.Unset;
    }

    /// <summary>The object in which this directive of an object stands: itself or one of its templates.</summary>
    public (RawId Id, RawDirective Directive)? Locate(RawId id, Directive directive) => Locate(id, directive, []);

    private (RawId, RawDirective)? Locate(RawId id, Directive directive, HashSet<RawId> seen)
    {
        if (_raw.Own(id, directive) is { } own)
        {
            return (id, own);
        }

        if (!seen.Add(id) || _raw.Own(id, Directive.Use) is not { } use)
        {
            return null;
        }

        foreach (var template in Named(_raw[id].Type, use.Value).Found)
        {
            if (Locate(template.Raw, directive, seen) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private bool IsAddition(Atom value) => value.IsValue && _raw.Atoms.Bytes(value).StartsWith("+"u8);

    private Atom Resolved(RawId id, Directive directive)
    {
        var whole = new ResolvedObject();
        Resolve(id, whole);
        return whole[directive];
    }

    private static long Key(ObjectType type, Atom atom) => ((long)type << 32) | (uint)atom.Number;

    private void AddTemplate(RawId id, RawDirective name)
    {
        var type = _raw[id].Type;
        if (name.Value == _raw.Atoms.Empty)
        {
            _diagnostics.Error(_raw.Position(id, name), "name is empty");
        }
        else if (!_byName.TryAdd(Key(type, name.Value), id.Index))
        {
            var first = _raw.Position(new RawId(_byName[Key(type, name.Value)]));
            _diagnostics.Error(
                _raw.Position(id, name),
                $"the {ObjectTypeNames.NameOf(type)} template '{_raw.Atoms.Text(name.Value)}' is already defined at {first}");
        }
    }

    /// <summary>A template that names itself is read as if it did not, as in Naemon, where it adds nothing.</summary>
    private void NoteUseOfItself(RawId id, RawDirective name)
    {
        if (_raw.Own(id, Directive.Use) is not { Value.IsValue: true } use)
        {
            return;
        }

        var list = _raw.Atoms.Bytes(use.Value);
        foreach (var range in list.Split((byte)','))
        {
            if (LineReader.Trim(list[range]).SequenceEqual(_raw.Atoms.Bytes(name.Value)) && _usesItself.Add(id.Index))
            {
                var type = ObjectTypeNames.NameOf(_raw[id].Type);
                _diagnostics.Warning(
                    _raw.Position(id, use),
                    $"use: the {type} template '{_raw.Atoms.Text(name.Value)}' names itself, which has no effect");
            }
        }
    }

    private ReadOnlySpan<ResolvedObject> Templates(RawId id, Atom use)
    {
        // Objects with the same list share its templates, but for one that is in the list itself.
        var key = _usesItself.Contains(id.Index) ? ~(long)id.Index : Key(_raw[id].Type, use);
        if (key == _lastKey && _last!.Missing.Count == 0)
        {
            return _last.Templates;
        }

        if (!_used.TryGetValue(key, out var used))
        {
            (var found, var missing) = Named(_raw[id].Type, use);
            var templates = new List<ResolvedObject>(found.Length);
            foreach (var template in found)
            {
                if (template.Raw == id)
                {
                    continue;
                }

                if (Template(template, id) is { } resolved)
                {
                    templates.Add(resolved);
                }
                else
                {
                    _incomplete.Add(id.Index);
                }
            }

            used = new UsedTemplates([.. templates], missing);
            _used[key] = used;
        }

        foreach (var missing in used.Missing)
        {
            _incomplete.Add(id.Index);
            ReportMissing(id, missing);
        }

        _lastKey = key;
        _last = used;
        return used.Templates;
    }

    private (TemplateId[] Found, List<string> Missing) Named(ObjectType type, Atom use)
    {
        var names = _raw.Atoms.Bytes(use);
        var found = new TemplateId[names.Count((byte)',') + 1];
        var count = 0;
        var missing = new List<string>();
        foreach (var range in names.Split((byte)','))
        {
            var name = LineReader.Trim(names[range]);
            var atom = _raw.Atoms.Find(name);
            if (atom.IsValue && _byName.TryGetValue(Key(type, atom), out var template))
            {
                found[count++] = new TemplateId(new RawId(template));
            }
            else
            {
                missing.Add(ConfigurationText.Decode(name));
            }
        }

        return (count == found.Length ? found : found[..count], missing);
    }

    private ResolvedObject? Template(TemplateId template, RawId user)
    {
        if (_resolved.TryGetValue(template.Raw.Index, out var resolved))
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
        _resolved[template.Raw.Index] = resolved;
        Resolve(template.Raw, resolved);
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
        foreach (var circle in new TemplateCircles(_raw, (id, use) => Named(_raw[id].Type, use).Found).Find(_byName.Values))
        {
            types.Add(_raw[circle[0].Raw].Type);
            var last = circle[^2];
            _diagnostics.Warning(
                _raw.Position(last.Raw, _raw.Own(last.Raw, Directive.Use)!.Value),
                $"templates use each other in a circle: {string.Join(" → ", Array.ConvertAll(circle, NameOf))}; "
                + $"'{NameOf(last)}' gets from '{NameOf(circle[0])}' no more than that has itself or got before");
        }

        for (var i = _raw.Count - 1; i >= 0 && types.Count > 0; i--)
        {
            var id = new RawId(i);
            if (!types.Contains(_raw[id].Type) || _raw.Own(id, Directive.Use) is not { Value.IsValue: true } use)
            {
                continue;
            }

            if (_raw.Own(id, Directive.Name) is { Value.IsValue: true } name
                && _byName.TryGetValue(Key(_raw[id].Type, name.Value), out var itself) && itself == id.Index)
            {
                Template(new TemplateId(id), id);
            }
            else
            {
                foreach (var template in Named(_raw[id].Type, use.Value).Found)
                {
                    Template(template, id);
                }
            }
        }
    }

    private void Inherit(RawId id, ResolvedObject result, ResolvedObject template, DirectiveTable table)
    {
        foreach (var directive in template.Set)
        {
            var value = template[directive];
            var own = result[directive];
            if (own == Atom.Unset)
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
            else if (own.IsValue && value.IsValue && table.IsAdditive(directive) && _raw.Atoms.Bytes(own).StartsWith("+"u8))
            {
                result[directive] = _additions.Sum(id, directive, value, own);
            }
        }

        if (template.CustomVariables.Count > 0 && _additions.MayAdd(id, template.CustomVariables.Count))
        {
            result.InheritCustomVariables(template);
        }

        if (template.DateExceptions.Count > 0 && _additions.MayAdd(id, template.DateExceptions.Count))
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

    private void ReportMissing(RawId id, string name)
    {
        var type = _raw[id].Type;
        List<string> names =
            [.. _byName.Keys.Where(k => (ObjectType)(k >> 32) == type).Select(k => _raw.Atoms.Text(new Atom((int)(uint)k)))];
        _diagnostics.Error(
            _raw.Position(id, _raw.Own(id, Directive.Use)!.Value),
            $"use: there is no {ObjectTypeNames.NameOf(type)} template '{name}'{_diagnostics.Suggest(name, names)}");
    }

    private string NameOf(TemplateId template) => _raw.Atoms.Text(_raw.Own(template.Raw, Directive.Name)!.Value.Value);

    private sealed record UsedTemplates(ResolvedObject[] Templates, List<string> Missing);
}
