using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Templates;

/// <summary>Finds templates that use each other in a circle; one that names itself is none.</summary>
/// <param name="raw">All objects.</param>
/// <param name="templates">The templates that a list of <c>use</c> of an object names.</param>
internal sealed class TemplateCircles(RawConfiguration raw, Func<RawId, Atom, TemplateId[]> templates)
{
    private readonly HashSet<int> _done = [];
    private readonly List<int> _path = [];
    private readonly List<TemplateId[]> _circles = [];

    /// <summary>The circles among these templates, which are given by the places of their blocks; the first of each is repeated at
    /// its end.</summary>
    public List<TemplateId[]> Find(IEnumerable<int> all)
    {
        foreach (var index in all)
        {
            var template = new TemplateId(new RawId(index));
            if (raw.Own(template.Raw, Directive.Use) is not null)
            {
                Follow(template);
            }
        }

        return _circles;
    }

    private void Follow(TemplateId template)
    {
        if (_path.IndexOf(template.Raw.Index) is var start && start >= 0)
        {
            if (start < _path.Count - 1)
            {
                _circles.Add(CircleFrom(start, template));
            }

            return;
        }

        if (_path.Count >= TemplateResolver.DeepestNesting || _done.Contains(template.Raw.Index)
            || raw.Own(template.Raw, Directive.Use) is not { Value.IsValue: true } use)
        {
            return;
        }

        _path.Add(template.Raw.Index);
        foreach (var used in templates(template.Raw, use.Value))
        {
            Follow(used);
        }

        _path.RemoveAt(_path.Count - 1);
        _done.Add(template.Raw.Index);
    }

    private TemplateId[] CircleFrom(int start, TemplateId last)
    {
        var circle = new TemplateId[_path.Count - start + 1];
        for (var i = start; i < _path.Count; i++)
        {
            circle[i - start] = new TemplateId(new RawId(_path[i]));
        }

        circle[^1] = last;
        return circle;
    }
}
