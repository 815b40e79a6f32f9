using Compeer.Cluster.Wire;
using Compeer.Peer;
using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Checking;

/// <summary>
/// One round of a node is carried out in the order of its stages, and no number of a write leaves a node that its disk does not know: it
/// would be given again after a loss of power.
/// </summary>
internal sealed class RoundOrder(SimulatedSite site, SimulatedNode node)
{
    /// <summary>The first byte of a frame of updates: its number in the schema. To read every frame would take long.</summary>
    private const byte UpdatesTag = (4 << 3) | 2;

    private EffectStage _last = EffectStage.Persist;

    /// <summary>The order in which they are carried out: as they come, or as a planted fault has it.</summary>
    public IEnumerable<PeerEffect> Of(IReadOnlyList<PeerEffect> effects) => site.Planted switch
    {
        PlantedFault.SendBeforePersist => effects.OrderBy(effect => effect.Stage == EffectStage.Persist ? EffectStage.Send : effect.Stage)
            .ThenBy(effect => effect.Stage == EffectStage.Persist),
        PlantedFault.ActBeforePersist => effects.OrderBy(effect => effect.Stage != EffectStage.Act),
        PlantedFault.AnswerBeforeSend => effects.OrderBy(effect => effect.Stage == EffectStage.Answer ? EffectStage.Persist : effect.Stage),
        _ => effects,
    };

    /// <summary>To be called before an effect is carried out.</summary>
    public void Check(PeerEffect effect)
    {
        CheckNumbers(effect);
        if (effect.Stage < _last)
        {
            throw new SimulationFailedException(site, $"{node.Name} comes to {effect.Stage} when it has begun to {_last}");
        }

        _last = effect.Stage;
    }

    private void CheckNumbers(PeerEffect effect)
    {
        if (effect is PeerEffect.Send { Frame.Span: [UpdatesTag, ..] } send
            && FrameReader.Read(send.Frame, int.MaxValue, out _) is LinkFrame.Updates updates)
        {
            foreach (var update in updates.Items.Where(update => update.Origin == node.Id && update.Sequence > node.Disk.ReservedSequence))
            {
                throw new SimulationFailedException(
                    site,
                    $"{node.Name} sends its write {update.Sequence}; its disk knows of {node.Disk.ReservedSequence} only");
            }
        }
    }
}
