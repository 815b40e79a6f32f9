using Compeer.Cluster.Model;

namespace Compeer.Peer;

/// <summary>Collects what a round comes to and gives it out in the order of <see cref="EffectStage"/>; within a stage in the
/// order in which it came about.</summary>
internal sealed class RoundOutbox
{
    private readonly List<PeerEffect>[] _stages = [.. Enum.GetValues<EffectStage>().Select(_ => new List<PeerEffect>())];
    private readonly List<PeerEffect> _taken = [];

    public void Add(PeerEffect effect) => _stages[effect.Stage - EffectStage.Persist].Add(effect);

    /// <summary>Adds what the cluster machine wants of the shell. False for what is between it and the engine.</summary>
    public bool TryAdd(ClusterEffect effect)
    {
        PeerEffect? forShell = effect switch
        {
            ClusterEffect.Persist persist => new PeerEffect.Persist(persist.State),
            ClusterEffect.Send send => new PeerEffect.Send(send.Link, send.Frame),
            ClusterEffect.Dial dial => new PeerEffect.Dial(dial.Neighbour),
            ClusterEffect.Close close => new PeerEffect.Close(close.Link, close.Reason),
            ClusterEffect.Notice notice => new PeerEffect.Notify(notice.Level, notice.Text),
            ClusterEffect.Behind or ClusterEffect.Content or ClusterEffect.ReadContent or ClusterEffect.FilesPartner
                or ClusterEffect.FilesOffered or ClusterEffect.FilesReported
                or ClusterEffect.CheckTestAsked or ClusterEffect.CheckTestAnswered => new PeerEffect.Exchange(effect),
            _ => null,
        };
        if (forShell is not null)
        {
            Add(forShell);
        }

        return forShell is not null;
    }

    /// <summary>Everything collected since the last call; good until the next.</summary>
    public IReadOnlyList<PeerEffect> Take()
    {
        _taken.Clear();
        foreach (var stage in _stages)
        {
            _taken.AddRange(stage);
            stage.Clear();
        }

        return _taken;
    }
}
