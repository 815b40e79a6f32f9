using System.Collections.Immutable;
using Compeer.Objects.Syntax;

namespace Compeer.Objects.Compilation;

/// <summary>Custom variables as definitions hold them, one array for each distinct set.</summary>
internal sealed class CustomVariableCache(CompilationContext context)
{
    private readonly Dictionary<(int Before, int Name, int Value), int> _nodes = [];
    private readonly List<ImmutableArray<KeyValuePair<string, string>>> _arrays = [[]];

    /// <summary>The variables sorted by name, those set to <c>null</c> left out.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Get(List<(int Name, int Value)> variables)
    {
        if (variables.Count == 0)
        {
            return _arrays[0];
        }

        // Sorting by atom finds equal sets; each set is then a path in a tree of (what came before, name, value).
        variables.Sort();
        int node = 0;
        foreach ((int name, int value) in variables)
        {
            if (value == RawDirective.Null)
            {
                continue;
            }

            if (!_nodes.TryGetValue((node, name, value), out int next))
            {
                next = _arrays.Count;
                _nodes[(node, name, value)] = next;
                _arrays.Add(default);
            }

            node = next;
        }

        if (_arrays[node].IsDefault)
        {
            _arrays[node] =
            [
                .. variables
                    .Where(v => v.Value >= 0)
                    .Select(v => KeyValuePair.Create(context.Atoms.Text(v.Name), context.Atoms.Text(v.Value)))
                    .OrderBy(v => v.Key, StringComparer.Ordinal),
            ];
        }

        return _arrays[node];
    }
}
