namespace Compeer.Cluster.Model;

/// <summary>Which of an object's replicated values. Numbers go over the wire: append only.</summary>
public enum RegisterKind : byte
{
    /// <summary>Not a register.</summary>
    None = 0,

    /// <summary>The outcome of its checks; written by its owner.</summary>
    CheckState = 1,
}
