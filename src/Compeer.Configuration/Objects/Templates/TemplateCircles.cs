using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;

namespace Compeer.Configuration.Objects.Templates;

/// <summary>Finds templates that use each other in a circle; one that names itself is none.</summary>
/// <param name="raw">All objects.</param>
/// <param name="templates">The templates that a list of <c>use</c> of an object names.</param>
internal sealed class TemplateCircles(RawConfiguration raw, Func<int, int, List<int>> templates)
{
    private readonly HashSet<int> _done = [];
    private readonly List<int> _path = [];
    private readonly List<int[]> _circles = [];

    /// <summary>The circles among these templates, the first of each repeated at its end.</summary>
    public List<int[]> Find(IEnumerable<int> all)
    {
        foreach (var template in all)
        {
            if (raw.Own(template, Directive.Use) is not null)
            {
                Follow(template);
            }
        }

        return _circles;
    }

    private void Follow(int template)
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
            || raw.Own(template, Directive.Use) is not { Value: >= 0 } use)
        {
            return;
        }

        _path.Add(template);
        templates(template, use.Value).ForEach(Follow);
        _path.RemoveAt(_path.Count - 1);
        _done.Add(template);
    }
}
