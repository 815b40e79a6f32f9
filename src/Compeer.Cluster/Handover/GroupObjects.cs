using Compeer.Cluster.Division;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Handover;

/// <summary>What a node and those below it divide.</summary>
/// <param name="Objects">The objects.</param>
/// <param name="Keys">What they are called.</param>
/// <param name="Units">How they belong together and what they weigh.</param>
/// <param name="LongestCheck">The longest that a check of any of them may take.</param>
internal sealed record GroupObjects(ClusterObjects Objects, ObjectKeys Keys, DivisionUnits Units, TimeSpan LongestCheck);
