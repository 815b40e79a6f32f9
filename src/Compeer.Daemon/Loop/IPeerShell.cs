using Compeer.Cluster.Model;
using Compeer.Engine.Events;
using Compeer.Peer;

namespace Compeer.Daemon.Loop;

/// <summary>Where the loop's effects go. Called on the loop's thread: nothing here may wait for a disk, a socket or a
/// process.</summary>
internal interface IPeerShell
{
    public void StartCheck(in CheckToRun check);

    public void WriteLog(in LogEntry entry);

    public void Dial(ClusterEffect.Dial dial);

    public void Send(ClusterEffect.Send send);

    public void Close(ClusterEffect.Close close);

    public void Notify(ClusterEffect.Notice notice);

    /// <summary>The peer works by another configuration now.</summary>
    public void Follow(PeerConfiguration configuration);

    /// <summary>The loop died of a bug; the process must end rather than pretend to monitor.</summary>
    public void Failed(Exception exception);
}
