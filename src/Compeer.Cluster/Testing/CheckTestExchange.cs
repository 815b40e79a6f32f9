using Compeer.Cluster.Links;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Testing;

/// <summary>
/// Tests of checks at neighbours, as Merlin's <c>runcmd</c>: who may have them made here, who asked for which, and that each is answered
/// once. What travels is the name of an object and what its plugin wrote; no command line does.
/// </summary>
internal sealed class CheckTestExchange(ClusterContext context, LinkTable links)
{
    /// <summary>Tests that may be under way over one link, in each direction.</summary>
    public const int MaxOpen = 16;

    private readonly Dictionary<long, LinkId> _asked = [];

    /// <summary>Those that nobody waits for any more, and whose answers may still come.</summary>
    private readonly HashSet<(LinkId Link, long Number)> _givenUp = [];
    private readonly HashSet<(LinkId Link, long Number)> _given = [];

    /// <summary>Whether a frame is about tests.</summary>
    public static bool IsForIt(LinkFrame frame) => frame is LinkFrame.CheckTest or LinkFrame.CheckTestResult;

    /// <summary>What the shell has to say.</summary>
    public void Take(CheckTestInput input)
    {
        switch (input)
        {
            case CheckTestInput.Ask ask:
                Ask(ask);
                break;
            case CheckTestInput.GiveUp given:
                if (_asked.Remove(given.Number, out var over))
                {
                    _givenUp.Add((over, given.Number));
                }

                break;
            case CheckTestInput.Answer answer when _given.Remove((answer.Link, answer.Number)):
                context.Send(answer.Link, new LinkFrame.CheckTestResult(answer.Number, answer.Result));
                break;
            default:
                // Whoever asked is gone.
                break;
        }
    }

    /// <summary>A frame came; the rule that it breaks, or nothing.</summary>
    public string Receive(Link link, LinkFrame frame)
    {
        if (frame is LinkFrame.CheckTest test)
        {
            return Asked(link, test);
        }

        var result = (LinkFrame.CheckTestResult)frame;
        if (!_asked.TryGetValue(result.Number, out var on) || on != link.Id)
        {
            return _givenUp.Remove((link.Id, result.Number)) ? "" : "it answered a test that was not asked for";
        }

        _asked.Remove(result.Number);
        context.Emit(new ClusterEffect.CheckTestAnswered(result.Number, result.Answer));
        return "";
    }

    /// <summary>A link ended: what was asked for over it is not answered any more.</summary>
    public void Forget(LinkId link)
    {
        _given.RemoveWhere(given => given.Link == link);
        _givenUp.RemoveWhere(given => given.Link == link);
        foreach (var number in _asked.Where(asked => asked.Value == link).Select(asked => asked.Key).ToArray())
        {
            _asked.Remove(number);
            context.Emit(new ClusterEffect.CheckTestAnswered(
                number, CheckTestAnswer.Refuse("the connection ended before the result came")));
        }
    }

    private void Ask(CheckTestInput.Ask ask)
    {
        var neighbour = links.Find(ask.Neighbour);
        var link = neighbour?.Greeted;
        var problem = (neighbour, link) switch
        {
            (null, _) => "there is no such node",
            ({ Config.Kind: NeighbourKind.Master }, _) => $"{neighbour.Name} is a master: it runs no checks for its pollers",
            (_, null) => $"{neighbour.Name} is not connected",
            _ when !link.Hello!.Capabilities.HasFlag(Capabilities.CheckTests) =>
                $"the version of {neighbour.Name} does not know tests of checks",
            _ when _asked.Values.Count(on => on == link.Id) >= MaxOpen =>
                $"{MaxOpen} tests are under way at {neighbour.Name}; try again when one has ended",
            _ => null,
        };
        if (problem is not null || link is null)
        {
            context.Emit(new ClusterEffect.CheckTestAnswered(ask.Number, CheckTestAnswer.Refuse(problem ?? "it is not connected")));
            return;
        }

        _asked.Add(ask.Number, link.Id);
        context.Send(link.Id, new LinkFrame.CheckTest(ask.Number, ask.Host, ask.Service));
    }

    private string Asked(Link link, LinkFrame.CheckTest test)
    {
        var from = link.Neighbour;
        var refusal = (from.Config.Kind, from.Config.MayTestChecks) switch
        {
            (NeighbourKind.Poller, _) => "a poller may not have checks run here",
            (_, false) => "its merlin.conf does not have accept_runcmd = 1 for this node",
            _ => null,
        };
        if (refusal is not null)
        {
            context.NoticeOnce(
                $"check test {from.Config.Id}",
                NoticeLevel.Warning,
                $"{from.Name} asked for the test of a check and is refused: {refusal}");
        }
        else if (_given.Count(given => given.Link == link.Id) >= MaxOpen)
        {
            refusal = $"{MaxOpen} tests are under way there";
        }

        if (refusal is not null)
        {
            context.Send(link.Id, new LinkFrame.CheckTestResult(test.Number, CheckTestAnswer.Refuse(refusal)));
            return "";
        }

        if (!_given.Add((link.Id, test.Number)))
        {
            return "it asked for the same test twice";
        }

        context.Emit(new ClusterEffect.CheckTestAsked(from.Config.Id, link.Id, test.Number, test.Host, test.Service));
        return "";
    }
}
