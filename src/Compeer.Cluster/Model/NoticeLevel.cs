namespace Compeer.Cluster.Model;

/// <summary>How much a notice matters to who runs the cluster.</summary>
public enum NoticeLevel
{
    /// <summary>Something normal happened.</summary>
    Information = 0,

    /// <summary>Something is not as it should be; the cluster goes on.</summary>
    Warning = 1,

    /// <summary>Something needs somebody: the cluster cannot do what it is for.</summary>
    Error = 2,
}
