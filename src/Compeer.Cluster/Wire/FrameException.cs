namespace Compeer.Cluster.Wire;

/// <summary>A frame breaks a rule of the protocol. Does not leave <see cref="FrameReader"/>.</summary>
internal sealed class FrameException : Exception
{
    public FrameException()
    {
    }

    public FrameException(string message)
        : base(message)
    {
    }

    public FrameException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
