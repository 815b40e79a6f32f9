using System.Numerics;
using System.Text;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Interning;

namespace Compeer.Configuration.Objects.Schema;

/// <summary>The directives of one object type, found by the bytes of their names.</summary>
internal sealed class DirectiveTable
{
    private readonly Entry[] _entries;
    private readonly DirectiveSpecification?[] _byDirective = new DirectiveSpecification?[(int)Directive.Count];

    public DirectiveTable(ObjectType type, bool hasCustomVariables, IReadOnlyList<(Directive, DirectiveKind, string[])> rows)
    {
        Type = type;
        HasCustomVariables = hasCustomVariables;
        var names = new List<string>();
        _entries = new Entry[BitOperations.RoundUpToPowerOf2((uint)rows.Sum(r => r.Item3.Length) * 4)];
        for (var slot = 0; slot < rows.Count; slot++)
        {
            (var directive, var kind, var spellings) = rows[slot];
            var specification = new DirectiveSpecification(directive, kind, spellings[0], slot, spellings[1..]);
            _byDirective[(int)directive] = specification;
            foreach (var spelling in spellings)
            {
                Add(Encoding.ASCII.GetBytes(spelling), specification);
                names.Add(spelling);
            }
        }

        Names = names;
    }

    public ObjectType Type { get; }

    /// <summary>Whether <c>_NAME</c> directives are allowed.</summary>
    public bool HasCustomVariables { get; }

    /// <summary>All spellings, for suggestions.</summary>
    public IReadOnlyList<string> Names { get; }

    public DirectiveSpecification? Find(ReadOnlySpan<byte> name)
    {
        var mask = (uint)_entries.Length - 1;
        var hash = ByteHash.Of(name);
        for (var i = hash & mask; _entries[i].Name is not null; i = (i + 1) & mask)
        {
            if (_entries[i].Hash == hash && name.SequenceEqual(_entries[i].Name))
            {
                return _entries[i].Specification;
            }
        }

        return null;
    }

    public DirectiveSpecification? Find(Directive directive) => _byDirective[(int)directive];

    /// <summary>Whether a value starting with <c>+</c> adds to what a template has.</summary>
    public bool IsAdditive(Directive directive) =>
        _byDirective[(int)directive]?.Kind is DirectiveKind.List or DirectiveKind.AppendedList;

    private void Add(byte[] name, DirectiveSpecification specification)
    {
        var mask = (uint)_entries.Length - 1;
        var hash = ByteHash.Of(name);
        var i = hash & mask;
        while (_entries[i].Name is not null)
        {
            i = (i + 1) & mask;
        }

        _entries[i] = new Entry(hash, name, specification);
    }

    private readonly record struct Entry(uint Hash, byte[]? Name, DirectiveSpecification? Specification);
}
