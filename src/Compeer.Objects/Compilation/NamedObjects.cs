using Compeer.Objects.Diagnostics;
using Compeer.Objects.Syntax;

namespace Compeer.Objects.Compilation;

/// <summary>The registered objects of one type that have a name, in the order of names; their position is their index
/// in the finished configuration.</summary>
internal sealed class NamedObjects
{
    /// <summary>With more values in the configuration than so many for each object, a dictionary takes less room than an
    /// entry for each value.</summary>
    private const int AtomsPerObject = 32;

    private readonly AtomTable _atoms;
    private readonly List<(int Name, int Raw)> _objects = [];
    private readonly HashSet<int> _unregistered = [];
    private readonly int[]? _indexOfAtom;
    private readonly Dictionary<int, int> _indexOfFew = [];

    public NamedObjects(CompilationContext context, ObjectType type, Directive nameDirective)
    {
        _atoms = context.Atoms;
        Type = type;
        foreach (int raw in context.ObjectsOf(type))
        {
            if (context.Raw.Own(raw, nameDirective) is { } name)
            {
                Add(context, raw, name);
            }
            else if (context.IsRegistered(raw) && context.Raw.Own(raw, Directive.Name) is null)
            {
                string directive = DirectiveSchema.Of(type).Find(nameDirective)!.Name;
                context.Diagnostics.Error(context.Raw.Position(raw), $"this {ObjectTypeNames.NameOf(type)} has no {directive}");
            }
        }

        _objects.Sort((a, b) => string.CompareOrdinal(_atoms.Text(a.Name), _atoms.Text(b.Name)));
        RefuseDuplicates(context, nameDirective);
        if (_objects.Count > _atoms.Count / AtomsPerObject)
        {
            _indexOfAtom = new int[_atoms.Count];
            Array.Fill(_indexOfAtom, -1);
        }

        for (int i = _objects.Count - 1; i >= 0; i--)
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

    public int Count => _objects.Count;

    /// <summary>All names, for suggestions.</summary>
    public IReadOnlyList<string> Names => field ??= [.. _objects.Select(o => _atoms.Text(o.Name))];

    public string Name(int index) => _atoms.Text(_objects[index].Name);

    public int NameAtom(int index) => _objects[index].Name;

    public int Raw(int index) => _objects[index].Raw;

    /// <summary>The object of this name, or -1.</summary>
    public int Find(int nameAtom) =>
        _indexOfAtom is null ? _indexOfFew.GetValueOrDefault(nameAtom, -1)
        : (uint)nameAtom < (uint)_indexOfAtom.Length ? _indexOfAtom[nameAtom]
        : -1;

    /// <summary>Whether an object of this name exists that has <c>register 0</c>.</summary>
    public bool IsUnregistered(int nameAtom) => _unregistered.Contains(nameAtom);

    private void Add(CompilationContext context, int raw, RawDirective name)
    {
        if (!context.IsRegistered(raw))
        {
            _unregistered.Add(name.Value);
            return;
        }

        string directive = DirectiveSchema.Of(Type).Find(name.Directive)!.Name;
        SourcePosition position = context.Raw.Position(raw, name);
        if (name.Value == _atoms.Empty)
        {
            context.Diagnostics.Error(position, $"{directive} is empty");
            return;
        }

        context.CheckName(position, directive, name.Value);
        _objects.Add((name.Value, raw));
    }

    private void RefuseDuplicates(CompilationContext context, Directive nameDirective)
    {
        for (int i = 1; i < _objects.Count; i++)
        {
            if (_objects[i].Name == _objects[i - 1].Name)
            {
                // Sorting equal names may have changed their order; the message names the earlier one.
                int first = Math.Min(_objects[i].Raw, _objects[i - 1].Raw);
                int second = Math.Max(_objects[i].Raw, _objects[i - 1].Raw);
                context.Diagnostics.Error(
                    context.Raw.Position(second, context.Raw.Own(second, nameDirective)!.Value),
                    $"{ObjectTypeNames.NameOf(Type)} '{Name(i)}' is already defined at {context.Raw.Position(first)}");
            }
        }
    }
}
