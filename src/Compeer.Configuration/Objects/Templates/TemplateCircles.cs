using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Templates;

/// <summary>Finds templates that use each other in a circle; one that names itself is none.</summary>
/// <param name="raw">All objects.</param>
/// <param name="templates">The templates that a list of <c>use</c> of an object names.</param>
internal sealed class TemplateCircles(RawConfiguration raw, Func<RawId, Atom, List<TemplateId>> templates)
{
    private readonly HashSet<TemplateId> _done = [];
    private readonly List<TemplateId> _path = [];
    private readonly List<TemplateId[]> _circles = [];

    /// <summary>The circles among these templates, the first of each repeated at its end.</summary>
    public List<TemplateId[]> Find(IEnumerable<TemplateId> all)
    {
        foreach (var template in all)
        {
            if (raw.Own(template.Raw, Directive.Use) is not null)
            {
                Follow(template);
            }
        }

        return _circles;
    }

    private void Follow(TemplateId template)
    {
        if (_path.IndexOf(template) is var start && start >= 0)
        {
            if (start < _path.Count - 1)
            {
                _circles.Add([.. _path[start..], template]);
            }

            return;
        }

        if (_path.Count >= TemplateResolver.DeepestNesting || _done.Contains(template)
            || raw.Own(template.Raw, Directive.Use) is not { Value.IsValue: true } use)
        {
            return;
        }

        _path.Add(template);
        templates(template.Raw, use.Value).ForEach(Follow);
        _path.RemoveAt(_path.Count - 1);
        _done.Add(template);
    }
}
