namespace Compeer.Peer;

/// <summary>Collects what a round comes to and gives it out in the order of <see cref="EffectStage"/>; within a stage in the
/// order in which it came about.</summary>
internal sealed class RoundOutbox
{
    private readonly List<PeerEffect>[] _stages = [.. Enum.GetValues<EffectStage>().Select(_ => new List<PeerEffect>())];
    private readonly List<PeerEffect> _taken = [];

    public void Add(PeerEffect effect) => _stages[effect.Stage - EffectStage.Persist].Add(effect);

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
