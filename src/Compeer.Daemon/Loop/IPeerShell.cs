using Compeer.Cluster.Model;
using Compeer.Engine.Events;
using Compeer.Peer;

namespace Compeer.Daemon.Loop;

/// <summary>Where the loop's effects go. Called on the loop's thread: nothing here may wait for a disk, a socket or a
/// process. What each means stands with <see cref="PeerEffect"/>.</summary>
internal interface IPeerShell
{
    public void Persist(DurableState state);

    public void Store(UnstoredValues values);

    public void Send(LinkId link, ReadOnlyMemory<byte> frame);

    public void Dial(NodeId neighbour);

    public void Close(LinkId link, string reason);

    public void StartCheck(in CheckToRun check);

    public void LookFor(in DoubtfulCheck check);

    public void RunCommand(CommandToRun command);

    public void WritePerformance(in PerformanceLine line);

    public void ReadCommands(in CommandFile file);

    public void Order(ProgramOrder order);

    public void WriteLog(in LogEntry entry);

    public void MarkLog(long mark);

    public void FetchEntries(StreamFetch fetch);

    public void Notify(NoticeLevel level, string text);

    public void Follow(PeerConfiguration configuration);

    public void Exchange(ClusterEffect effect);

    /// <summary>All effects of a round were given: what is better done together is done now.</summary>
    public void EndRound();

    /// <summary>The loop died of a bug; the process must end rather than pretend to monitor.</summary>
    public void Failed(Exception exception);
}
