using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Interning;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Expansion;

/// <summary>The registered objects of one type that have a name, in the order of names; their position is their index
/// in the finished configuration. Groups with <c>register 0</c> stand behind them: Naemon takes them wherever a group can be
/// named, as bundles of members that are shown to nobody.</summary>
internal sealed class NamedObjects
{
    /// <summary>With more values in the configuration than so many for each object, a dictionary takes less room than an
    /// entry for each value.</summary>
    private const int AtomsPerObject = 32;

    private readonly AtomTable _atoms;
    private readonly List<(int Name, int Raw)> _objects = [];
    private readonly Dictionary<int, int> _unregistered = [];
    private readonly int[]? _indexOfAtom;
    private readonly Dictionary<int, int> _indexOfFew = [];

    public NamedObjects(CompilationContext context, ObjectType type, Directive nameDirective)
    {
        _atoms = context.Atoms;
        Type = type;
        foreach (var raw in context.ObjectsOf(type))
        {
            if (context.Raw.Own(raw, nameDirective) is { } name)
            {
                Add(context, raw, name);
            }
            else if (context.IsRegistered(raw) && context.Raw.Own(raw, Directive.Name) is null)
            {
                var directive = DirectiveSchema.Of(type).Find(nameDirective)!.Name;
                context.Diagnostics.Error(context.Raw.Position(raw), $"this {ObjectTypeNames.NameOf(type)} has no {directive}");
            }
        }

        RegisteredCount = _objects.Count;
        _objects.Sort((a, b) => string.CompareOrdinal(TextOf(a.Name), TextOf(b.Name)));
        RefuseDuplicates(context, nameDirective);
        if (type is ObjectType.HostGroup or ObjectType.ServiceGroup or ObjectType.ContactGroup)
        {
            AddUnregistered();
        }

        if (_objects.Count > _atoms.Count / AtomsPerObject)
        {
            _indexOfAtom = new int[_atoms.Count];
            Array.Fill(_indexOfAtom, -1);
        }

        for (var i = _objects.Count - 1; i >= 0; i--)
        {
            if (_indexOfAtom is null)
            {
                _indexOfFew[_objects[i].Name] = i;
            }
            else
            {
                _indexOfAtom[_objects[i].Name] = i;
            }
        }
    }

    public ObjectType Type { get; }

    /// <summary>How many there are, with the groups that are not registered.</summary>
    public int Count => _objects.Count;

    /// <summary>How many of them are registered; these come first.</summary>
    public int RegisteredCount { get; }

    /// <summary>All names, for suggestions.</summary>
    public IReadOnlyList<string> Names => field ??= [.. _objects.Select(o => TextOf(o.Name))];

    public string Name(int index) => TextOf(_objects[index].Name);

    public Atom NameAtom(int index) => new(_objects[index].Name);

    public RawId Raw(int index) => new(_objects[index].Raw);

    /// <summary>The object of this name, or -1.</summary>
    public int Find(Atom nameAtom) =>
        _indexOfAtom is null ? _indexOfFew.GetValueOrDefault(nameAtom.Number, -1)
        : (uint)nameAtom.Number < (uint)_indexOfAtom.Length ? _indexOfAtom[nameAtom.Number]
        : -1;

    /// <summary>Whether an object of this name exists that has <c>register 0</c>.</summary>
    public bool IsUnregistered(Atom nameAtom) => _unregistered.ContainsKey(nameAtom.Number);

    private void AddUnregistered() => _objects.AddRange(
        _unregistered.Where(pair => pair.Key != _atoms.Empty.Number).Select(pair => (pair.Key, pair.Value))
            .OrderBy(pair => TextOf(pair.Key), StringComparer.Ordinal));

    private string TextOf(int name) => _atoms.Text(new Atom(name));

    private void Add(CompilationContext context, RawId raw, RawDirective name)
    {
        if (!context.IsRegistered(raw))
        {
            if (!_unregistered.TryAdd(name.Value.Number, raw.Index))
            {
                ReportDuplicate(context, name.Directive, new RawId(_unregistered[name.Value.Number]), raw);
            }

            return;
        }

        var directive = DirectiveSchema.Of(Type).Find(name.Directive)!.Name;
        var position = context.Raw.Position(raw, name);
        if (name.Value == _atoms.Empty)
        {
            context.Diagnostics.Error(position, $"{directive} is empty");
            return;
        }

        context.CheckName(position, directive, name.Value);
        _objects.Add((name.Value.Number, raw.Index));
    }

    private void RefuseDuplicates(CompilationContext context, Directive nameDirective)
    {
        for (var i = 0; i < _objects.Count; i++)
        {
            if (i > 0 && _objects[i].Name == _objects[i - 1].Name)
            {
                ReportDuplicate(context, nameDirective, Raw(i), Raw(i - 1));
            }

            if (_unregistered.Count > 0 && _unregistered.TryGetValue(_objects[i].Name, out var unregistered))
            {
                ReportDuplicate(context, nameDirective, Raw(i), new RawId(unregistered));
            }
        }
    }

    /// <summary>Two objects of a name; as in Naemon, <c>register 0</c> does not make a name free. The message stands at the later
    /// one, which need not be the second: sorting may have changed their order.</summary>
    private void ReportDuplicate(CompilationContext context, Directive nameDirective, RawId a, RawId b)
    {
        (var earlier, var later) = a.CompareTo(b) < 0 ? (a, b) : (b, a);
        var name = context.Raw.Own(later, nameDirective)!.Value;
        context.Diagnostics.Error(
            context.Raw.Position(later, name),
            $"{ObjectTypeNames.NameOf(Type)} '{_atoms.Text(name.Value)}' is already defined at "
            + $"{context.Raw.Position(earlier)}");
    }
}
