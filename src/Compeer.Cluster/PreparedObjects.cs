using Compeer.Cluster.Division;
using Compeer.Cluster.Handover;
using Compeer.Cluster.Model;

namespace Compeer.Cluster;

/// <summary>
/// Objects with all that follows from them alone: their hashes, the units of division. Making it looks at every object, so a
/// change of configuration makes it outside of the loop; immutable.
/// </summary>
public sealed class PreparedObjects
{
    /// <summary>Prepares them.</summary>
    /// <exception cref="ArgumentException">A key, a group, a weight or the version breaks a rule that is named.</exception>
    public PreparedObjects(ClusterObjects objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        if (objects.Version.Hash.Length > ConfigurationVersion.MaxHashLength)
        {
            throw new ArgumentException(
                $"The configuration's hash has {objects.Version.Hash.Length} characters; at most "
                + $"{ConfigurationVersion.MaxHashLength} are allowed.",
                nameof(objects));
        }

        Objects = objects;
        Keys = new ObjectKeys(objects);
        ForGroup = new GroupObjects(
            objects, Keys, DivisionUnits.Create(objects.Keys, objects.Groups, objects.Weights), objects.LongestCheck);
    }

    /// <summary>The objects.</summary>
    public ClusterObjects Objects { get; }

    /// <summary>The configuration they come from.</summary>
    public ConfigurationVersion Version => Objects.Version;

    internal ObjectKeys Keys { get; }

    internal GroupObjects ForGroup { get; }
}
