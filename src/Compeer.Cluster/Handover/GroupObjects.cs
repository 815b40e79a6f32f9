using Compeer.Cluster.Division;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Handover;

/// <summary>What a group divides.</summary>
/// <param name="Keys">What the objects are called.</param>
/// <param name="Units">How they belong together and what they weigh.</param>
/// <param name="LongestCheck">The longest that a check of any of them may take.</param>
internal sealed record GroupObjects(ObjectKeys Keys, DivisionUnits Units, TimeSpan LongestCheck);
