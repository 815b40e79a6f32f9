using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Templates;

/// <summary>
/// Adds lists to those of templates, and bounds what templates add to objects: two templates of a template double a list at each
/// level, and a template with thousands of variables for thousands of objects makes millions.
/// </summary>
internal sealed class TemplateAdditions(RawConfiguration raw, DiagnosticCollector diagnostics)
{
    /// <summary>So many custom variables or dates of one template do not count.</summary>
    public const int Few = 64;

    /// <summary>Lists longer than this after templates were added to them, in bytes, are refused.</summary>
    private const int LongestList = 4 << 20;

    /// <summary>What templates add to objects is together refused beyond this, in bytes.</summary>
    private const long Most = 512L << 20;

    /// <summary>What a custom variable or a date counts beyond the few.</summary>
    private const long BytesOfOne = 32;

    private long _added;
    private bool _isReported;

    /// <summary>The template's list with the object's own behind it, as an atom.</summary>
    public Atom Sum(RawId id, Directive directive, Atom template, Atom own)
    {
        var first = raw.Atoms.Bytes(template);
        var second = raw.Atoms.Bytes(own)[1..];
        var length = first.Length + second.Length;
        if (length > LongestList)
        {
            var name = DirectiveSchema.Of(raw[id].Type).Find(directive)!.Name;
            diagnostics.Error(
                raw.Position(id), $"{name}: with those of its templates the list is longer than {LongestList >> 20} MB");
            return own;
        }

        if (_added > Most)
        {
            return own;
        }

        // Many objects have the same sum; it takes memory once.
        var before = raw.Atoms.Count;
        var sum = raw.Atoms.Intern([.. first, (byte)',', .. second]);
        Add(id, raw.Atoms.Count > before ? length : 0);
        return sum;
    }

    /// <summary>Whether an object may have so many custom variables or dates from a template.</summary>
    public bool MayAdd(RawId id, int count)
    {
        Add(id, count <= Few ? 0 : count * BytesOfOne);
        return _added <= Most;
    }

    private void Add(RawId id, long bytes)
    {
        _added += bytes;
        if (_added > Most && !_isReported)
        {
            _isReported = true;
            diagnostics.Error(
                raw.Position(id),
                $"what templates add to lists, custom variables and dates is together more than {Most >> 20} MB");
        }
    }
}
