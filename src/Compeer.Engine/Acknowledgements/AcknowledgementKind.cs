namespace Compeer.Engine.Acknowledgements;

/// <summary>Whether a problem is acknowledged. The numbers are Naemon's (<c>acknowledgement_type</c>): they are stored, sent and
/// shown.</summary>
public enum AcknowledgementKind
{
    /// <summary>It is not.</summary>
    None = 0,

    /// <summary>Until the state changes.</summary>
    Normal = 1,

    /// <summary>Until the object recovers.</summary>
    Sticky = 2,
}
