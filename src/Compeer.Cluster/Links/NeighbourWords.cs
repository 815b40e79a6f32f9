using Compeer.Cluster.Model;

namespace Compeer.Cluster.Links;

/// <summary>Says what becomes of neighbours, in lines for the log.</summary>
internal sealed class NeighbourWords(ClusterContext context)
{
    /// <summary>Says what changed about the neighbours since this was asked last.</summary>
    public void Tell(IEnumerable<NeighbourMachine> neighbours)
    {
        foreach (var neighbour in neighbours)
        {
            switch (neighbour.TakeNews())
            {
                case NeighbourNews.Active:
                    context.Notice(NoticeLevel.Information, $"node {neighbour.Name} is active");
                    break;
                case NeighbourNews.Lost:
                    var down = $"is down: {neighbour.Reason}";
                    context.NoticeNow(Subject(neighbour, down), NoticeLevel.Warning, $"node {neighbour.Name} {down}");
                    break;
                case NeighbourNews.NotReached when !neighbour.IsTold:
                    TellOnce(neighbour, $"is down: {neighbour.Reason}");
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Dials are repeated for as long as they fail: each reason is told once.</summary>
    public void TellOnce(NeighbourMachine neighbour, string text) =>
        context.NoticeOnce(Subject(neighbour, text), NoticeLevel.Warning, $"node {neighbour.Name} {text}");

    private static string Subject(NeighbourMachine neighbour, string text) => $"{neighbour.Config.Id} {text}";
}
