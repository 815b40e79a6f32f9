using System.Diagnostics;
using System.Globalization;
using Compeer.Engine.Model;
using Compeer.Engine.Notifications;

namespace Compeer.Tests.Engine.Notifications;

public sealed class NotificationRetriesTests
{
    private readonly NotificationRetries _retries = new();

    [Fact]
    public void TryTake_SomeDue_GivesThemInOrder()
    {
        _retries.Set(Ticket("a", 1), TimeSpan.FromSeconds(20), 3);
        _retries.Set(Ticket("b", 1), TimeSpan.FromSeconds(10), 2);
        _retries.Set(Ticket("c", 1), TimeSpan.FromSeconds(10), 2);

        Assert.Equal(TimeSpan.FromSeconds(10), _retries.Next);
        Assert.False(_retries.TryTake(TimeSpan.FromSeconds(9), out _, out _));
        Assert.Equal("b2 c2", Taken(TimeSpan.FromSeconds(10)));
        Assert.Equal(TimeSpan.FromSeconds(20), _retries.Next);
        Assert.Equal("a3", Taken(TimeSpan.FromSeconds(30)));
        Assert.Null(_retries.Next);
    }

    [Fact]
    public void Set_Again_CountsOnce()
    {
        _retries.Set(Ticket("a", 1), TimeSpan.FromSeconds(10), 2);
        _retries.Set(Ticket("a", 1), TimeSpan.FromSeconds(20), 3);

        Assert.Equal(TimeSpan.FromSeconds(20), _retries.Next);
        Assert.Equal("a3", Taken(TimeSpan.FromSeconds(30)));
    }

    /// <summary>What is not tried again wakes nobody, whether it was the first or not.</summary>
    [Fact]
    public void Remove_FirstAndLater_AreForgotten()
    {
        _retries.Set(Ticket("a", 1), TimeSpan.FromSeconds(10), 2);
        _retries.Set(Ticket("b", 1), TimeSpan.FromSeconds(20), 2);
        _retries.Set(Ticket("c", 1), TimeSpan.FromSeconds(30), 2);

        _retries.Remove(Ticket("b", 1));
        Assert.False(_retries.Contains(Ticket("b", 1)));
        Assert.Equal(TimeSpan.FromSeconds(10), _retries.Next);
        _retries.Remove(Ticket("a", 1));
        Assert.Equal(TimeSpan.FromSeconds(30), _retries.Next);
        Assert.Equal("c2", Taken(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Remove_AnObject_LeavesThoseOfOthers()
    {
        _retries.Set(Ticket("a", 1), TimeSpan.FromSeconds(10), 2);
        _retries.Set(Ticket("a", 2), TimeSpan.FromSeconds(20), 2);
        _retries.Set(Ticket("b", 1), TimeSpan.FromSeconds(30), 2);

        _retries.Remove(new ObjectName("a", null));

        Assert.Equal("b2", Taken(TimeSpan.FromSeconds(60)));
    }

    /// <summary>The mail server is away, and all that this node has is handed over: that is no minute in which nothing else happens.
    /// </summary>
    [Fact]
    public void Remove_TensOfThousandsOfObjects_TakesNoTime()
    {
        var names = Enumerable.Range(0, 40_000).Select(number => number.ToString(CultureInfo.InvariantCulture)).ToList();
        names.ForEach(name => _retries.Set(Ticket(name, 1), TimeSpan.FromSeconds(10), 2));

        var clock = Stopwatch.StartNew();
        names.ForEach(name => _retries.Remove(new ObjectName(name, null)));

        Assert.Null(_retries.Next);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    private static NotificationTicket Ticket(string host, long number) =>
        new(new ObjectName(host, null), number, new NotificationDelivery("somebody", 0));

    private string Taken(TimeSpan now)
    {
        List<string> taken = [];
        while (_retries.TryTake(now, out var ticket, out var attempt))
        {
            taken.Add(string.Create(CultureInfo.InvariantCulture, $"{ticket.Object.Host}{attempt}"));
        }

        return string.Join(' ', taken);
    }
}
