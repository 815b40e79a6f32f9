namespace Compeer.Simulation.Replication;

/// <summary>What is done to stores on purpose, so that the twin can show that it would find it.</summary>
internal enum StoreFault
{
    None,

    /// <summary>One node takes every write as of the first ownership: it merges by the clock alone.</summary>
    EpochIgnored,

    /// <summary>One node believes that all others have seen whatever it has seen, and elements are never compared.</summary>
    TombstoneDroppedEarly,

    /// <summary>Nobody compares the elements of sets.</summary>
    ElementsNotCompared,

    /// <summary>One node takes the gaps in what others have for closed.</summary>
    GapClaimed,

    /// <summary>An entry of a stream is lost between two nodes that both take it for sent.</summary>
    EntrySkipped,

    /// <summary>One node passes nothing on of what it does not know of an update.</summary>
    FieldsStripped,

    /// <summary>One node drops what is of a kind that it does not know.</summary>
    KindsDropped,

    /// <summary>A node that lost an object takes a late result though another has gone on.</summary>
    LateResultTaken,
}
