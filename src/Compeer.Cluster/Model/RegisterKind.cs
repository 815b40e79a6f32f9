namespace Compeer.Cluster.Model;

/// <summary>A kind of replicated values. Numbers go over the wire: append only. What each means is in the table of kinds.</summary>
public enum RegisterKind
{
    /// <summary>Not a register.</summary>
    None = 0,

    /// <summary>The outcome of an object's checks; written by its owner.</summary>
    CheckState = 1,

    /// <summary>What operators changed of an object or of the program, one register for each setting.</summary>
    OperatorSettings = 2,

    /// <summary>Comments, by their ids.</summary>
    Comments = 3,

    /// <summary>Downtimes, by their ids; as setting 1 the word of an owner that one began.</summary>
    Downtimes = 4,

    /// <summary>Acknowledgements, by their ids.</summary>
    Acknowledgements = 5,

    /// <summary>What was told about an object, and what is still to be told; written by its owner.</summary>
    Notifications = 6,

    /// <summary>What operators changed of a contact, one register for each setting.</summary>
    ContactSettings = 7,

    /// <summary>What was sent of what is still to be told about an object; written by whoever sends, where that is not its owner.</summary>
    Deliveries = 8,
}
