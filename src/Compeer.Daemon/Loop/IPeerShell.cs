using Compeer.Cluster;
using Compeer.Engine;

namespace Compeer.Daemon.Loop;

/// <summary>Where the loop's effects go. Called on the loop's thread: nothing here may wait for a disk, a socket or a
/// process.</summary>
internal interface IPeerShell
{
    void StartCheck(in CheckToRun check);

    void WriteLog(in LogEntry entry);

    void Dial(ClusterEffect.Dial dial);

    void Send(ClusterEffect.Send send);

    void Close(ClusterEffect.Close close);

    void Notify(ClusterEffect.Notice notice);

    /// <summary>The loop died of a bug; the process must end rather than pretend to monitor.</summary>
    void Failed(Exception exception);
}
