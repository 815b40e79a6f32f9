using System.Globalization;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Flapping;

/// <summary>The per cent of changes, as Naemon reckons it.</summary>
public sealed class StateHistoryTests
{
    /// <summary>The states from the oldest to the newest, 21 of them.</summary>
    [Theory]
    [InlineData("000000000000000000000", 0.0)]
    [InlineData("111111111111111111111", 0.0)]
    [InlineData("000000000000000000001", 0.0)]
    [InlineData("000000000000000000011", 6.25)]
    [InlineData("011111111111111111111", 3.88)]
    [InlineData("001111111111111111111", 4.01)]
    [InlineData("010101010101010101010", 96.25)]
    [InlineData("012301230123012301230", 96.25)]
    [InlineData("000000000000000010101", 24.21)]
    public void PercentChange_IsNaemons(string states, double expected)
    {
        var history = new StateHistory(0);
        foreach (var state in states)
        {
            history = history.With((byte)(state - '0'));
        }

        Assert.Equal(expected, history.PercentChange, tolerance: 0.005);
        Assert.Equal(Slow(states), history.PercentChange, tolerance: 1e-9);
    }

    [Fact]
    public void With_MoreThanItsLength_ForgetsTheOldest()
    {
        var history = new StateHistory(0);
        for (var i = 0; i < 100; i++)
        {
            history = history.With(3);
        }

        Assert.Equal(StateHistory.Mask, history.Bits);
        Assert.Equal(0.0, history.PercentChange);
    }

    /// <summary>The slow obvious twin: a ring as Naemon keeps it, its next place the oldest.</summary>
    private static double Slow(string states)
    {
        int[] ring = [.. states.Select(state => int.Parse(state.ToString(), CultureInfo.InvariantCulture))];
        var sum = 0.0;
        var last = ring[0];
        for (var step = 1; step < ring.Length; step++)
        {
            var next = ring[step - 1];
            sum += next == last ? 0 : 0.75 + ((step - 1) * 0.5 / 19);
            last = next;
        }

        return sum * 100 / 20;
    }
}
