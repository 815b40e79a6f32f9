namespace Compeer.Engine.Comments;

/// <summary>Where a comment comes from. The numbers are Naemon's (<c>entry_type</c>): they are stored, sent and shown.</summary>
public enum CommentKind
{
    /// <summary>Somebody wrote it.</summary>
    User = 1,

    /// <summary>It tells of a downtime, and goes with it.</summary>
    Downtime = 2,

    /// <summary>It tells that the object is flapping, and goes when it ceases to.</summary>
    Flapping = 3,

    /// <summary>It tells of an acknowledgement, and goes with it unless it is persistent.</summary>
    Acknowledgement = 4,
}
