using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Compeer.Configuration.Objects.Expansion;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Building;

/// <summary>Custom variables as definitions hold them, one array for each distinct set of late.</summary>
internal sealed class CustomVariableCache(CompilationContext context)
{
    /// <summary>Where each object has a set of its own, remembering them all only takes room.</summary>
    private const int MostRemembered = 1 << 16;

    private readonly Dictionary<(int Before, int Name, int Value), int> _nodes = [];
    private readonly List<ImmutableArray<KeyValuePair<string, string>>> _arrays = [[]];

    /// <summary>The variables sorted by name, those set to <c>null</c> left out.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Get(List<(Atom Name, Atom Value)> variables)
    {
        if (variables.Count == 0)
        {
            return _arrays[0];
        }

        if (_arrays.Count > MostRemembered)
        {
            _nodes.Clear();
            _arrays.RemoveRange(1, _arrays.Count - 1);
        }

        // Sorting by atom finds equal sets; each set is then a path in a tree of (what came before, name, value).
        variables.Sort();
        var node = 0;
        foreach ((var name, var value) in variables)
        {
            if (value == Atom.Null)
            {
                continue;
            }

            if (!_nodes.TryGetValue((node, name.Number, value.Number), out var next))
            {
                next = _arrays.Count;
                _nodes[(node, name.Number, value.Number)] = next;
                _arrays.Add(default);
            }

            node = next;
        }

        if (_arrays[node].IsDefault)
        {
            _arrays[node] = ArrayOf(variables);
        }

        return _arrays[node];
    }

    private ImmutableArray<KeyValuePair<string, string>> ArrayOf(List<(Atom Name, Atom Value)> variables)
    {
        var count = 0;
        foreach ((_, var value) in variables)
        {
            count += value.IsValue ? 1 : 0;
        }

        var array = new KeyValuePair<string, string>[count];
        var used = 0;
        foreach ((var name, var value) in variables)
        {
            if (value.IsValue)
            {
                array[used++] = KeyValuePair.Create(context.Atoms.Text(name), context.Atoms.Text(value));
            }
        }

        Array.Sort(array, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return ImmutableCollectionsMarshal.AsImmutableArray(array);
    }
}
