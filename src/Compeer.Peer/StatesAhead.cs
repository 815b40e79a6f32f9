using Compeer.Cluster.Model;
using Compeer.Configuration.Text;
using Compeer.Engine.Events;

namespace Compeer.Peer;

/// <summary>
/// Decodes the states of a database some thousand at a time, with several workers, while one thread takes them up: the half of that work
/// which needs no order.
/// </summary>
/// <param name="effects">What is taken up, in order; effects may be added behind them.</param>
/// <param name="workers">Who decodes.</param>
internal sealed class StatesAhead(IReadOnlyList<ClusterEffect> effects, Workers workers)
{
    /// <summary>Enough for the workers, and little beside what is kept of it.</summary>
    private const int Batch = 4096;

    private readonly CheckStateDecoding[] _decoded = new CheckStateDecoding[Batch];
    private int _from;
    private int _to;

    /// <summary>What an <see cref="ClusterEffect.Apply"/> at this place says; places are asked for in ascending order.</summary>
    public CheckStateDecoding At(int place)
    {
        if (place >= _to)
        {
            DecodeFrom(place);
        }

        return _decoded[place - _from];
    }

    private void DecodeFrom(int place)
    {
        (_from, _to) = (place, Math.Min(place + Batch, effects.Count));
        workers.Run(workers.Count, worker =>
        {
            var end = ShareOf(worker + 1);
            for (var next = ShareOf(worker); next < end; next++)
            {
                if (effects[next] is ClusterEffect.Apply apply)
                {
                    _decoded[next - _from] = CheckStateCodec.Decode(apply.Payload.Span);
                }
            }
        });
    }

    private int ShareOf(int worker) => _from + (int)((long)(_to - _from) * worker / workers.Count);
}
