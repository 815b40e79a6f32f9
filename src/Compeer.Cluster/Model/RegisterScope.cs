namespace Compeer.Cluster.Model;

/// <summary>How far that goes which a replicated value is about.</summary>
public enum RegisterScope
{
    /// <summary>Nothing says about what it is: a removed element, a later version's kind.</summary>
    Unknown,

    /// <summary>One object.</summary>
    Object,

    /// <summary>The whole program: such settings go from masters to pollers, never back.</summary>
    Program,
}
