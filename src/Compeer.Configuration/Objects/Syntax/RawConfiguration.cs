using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Interning;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Syntax;

/// <summary>All object blocks of all files before templates are applied.</summary>
internal sealed class RawConfiguration
{
    /// <summary>More directives than this in one object are refused.</summary>
    public const int MostDirectives = 16_384;

    private readonly List<RawDirective[]> _chunks = [];
    private readonly List<RawObject> _objects = [];
    private int _used;

    public AtomTable Atoms { get; } = new();

    public List<string> Files { get; } = [];

    public int Count => _objects.Count;

    /// <summary>Whether any object is faulty.</summary>
    public bool HasFaulty { get; private set; }

    public RawObject this[RawId id] => _objects[id.Index];

    public ReadOnlySpan<RawDirective> Directives(RawId id)
    {
        var raw = _objects[id.Index];
        return _chunks[raw.Chunk].AsSpan(raw.First, raw.Count);
    }

    public void Add(ObjectType type, int file, int line, ReadOnlySpan<RawDirective> directives, bool isFaulty)
    {
        if (_chunks.Count == 0 || _used + directives.Length > MostDirectives)
        {
            _chunks.Add(new RawDirective[MostDirectives]);
            _used = 0;
        }

        directives.CopyTo(_chunks[^1].AsSpan(_used));
        _objects.Add(new RawObject(type, file, line, _chunks.Count - 1, (ushort)_used, (ushort)directives.Length, isFaulty));
        HasFaulty |= isFaulty;
        _used += directives.Length;
    }

    /// <summary>Takes over all of another configuration, which must not be used any more: what was parsed apart from this
    /// one and comes after it.</summary>
    public void Append(RawConfiguration other)
    {
        var atoms = new Atom[other.Atoms.Count];
        for (var i = 0; i < atoms.Length; i++)
        {
            atoms[i] = Atoms.Intern(other.Atoms.Bytes(new Atom(i)));
        }

        foreach (var raw in other._objects)
        {
            foreach (ref var directive in other._chunks[raw.Chunk].AsSpan(raw.First, raw.Count))
            {
                directive = directive.Value.IsValue ? directive with { Value = atoms[directive.Value.Number] } : directive;
            }

            _objects.Add(raw with { File = raw.File + Files.Count, Chunk = raw.Chunk + _chunks.Count });
        }

        HasFaulty |= other.HasFaulty;
        Files.AddRange(other.Files);
        _chunks.AddRange(other._chunks);
        _used = other._chunks.Count > 0 ? other._used : _used;
    }

    public SourcePosition Position(RawId id) => new(Files[_objects[id.Index].File], _objects[id.Index].Line);

    public SourcePosition Position(RawId id, RawDirective directive) =>
        new(Files[_objects[id.Index].File], _objects[id.Index].Line + directive.LineOffset);

    /// <summary>The object's own value of a directive, without templates.</summary>
    public RawDirective? Own(RawId id, Directive directive)
    {
        foreach (var candidate in Directives(id))
        {
            if (candidate.Directive == directive)
            {
                return candidate;
            }
        }

        return null;
    }
}
