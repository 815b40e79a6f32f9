namespace Compeer.Simulation;

/// <summary>What was written apart from each other comes together, whatever a disk remembers.</summary>
public sealed class ReturnTests
{
    /// <summary>
    /// A disk that lost its last write lets two runs begin with the same numbers. The second one meets nobody who knows better, writes,
    /// and only then meets those who think that they have all that it wrote.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LostWrite_AndAStartApart_WhatIsWrittenThenReachesTheOthers(bool withAnotherThatForgot)
    {
        var site = new MachineSite(seed: 5, machines: 4, objects: 40);
        site.Start();
        (var one, var forgot) = (site.Machines[0], site.Machines[1]);
        var before = one.Disk;
        one.Crash(silently: false);
        one.Start();
        site.RunUntil(site.IsSettled, TimeSpan.FromSeconds(10), "it is back");
        for (var index = 0; index < 10; index++)
        {
            one.Write(index);
        }

        site.Run(TimeSpan.FromSeconds(2));
        foreach (var other in site.Machines.Skip(withAnotherThatForgot ? 2 : 1))
        {
            site.Network.CutBoth(one, other);
            site.Network.CutBoth(forgot, other);
        }

        one.Crash(silently: false);
        one.Disk = before;
        one.Start();
        if (withAnotherThatForgot)
        {
            forgot.Crash(silently: false);
            forgot.Start();
        }

        site.RunUntil(() => one.Held.Count > 0, TimeSpan.FromSeconds(10), "it works for itself");
        for (var index = 0; index < 10; index++)
        {
            one.Write(index);
        }

        site.Network.HealAll();
        site.RunUntil(site.IsSettled, TimeSpan.FromSeconds(15), "they are one cluster again");
        site.Run(TimeSpan.FromSeconds(3));
        Assert.Null(site.WhyNotEqualValues());
    }

    /// <summary>What catching up brought is passed on at once, and not found missing by each in turn.</summary>
    [Fact]
    public void Split_OfALineThatHeals_TheFarEndHasEverythingSoonAfterTheNearOne()
    {
        var site = MachineSite.Line(seed: 6, machines: 8, objects: 40);
        site.Start();
        site.Network.CutBoth(site.Machines[1], site.Machines[2]);
        site.Run(TimeSpan.FromSeconds(6));
        foreach (var index in site.Machines[0].Held.ToArray())
        {
            site.Machines[0].Write(index);
        }

        site.Run(TimeSpan.FromSeconds(2));
        site.Network.HealAll();
        var written = site.Machines[0].Values.Index().Where(value => value.Item is not null).Select(value => value.Index).ToArray();
        bool Has(int machine) => written.All(index =>
            site.Machines[machine].Values[index].AsSpan().SequenceEqual(site.Machines[0].Values[index]));
        site.RunUntil(() => Has(2), TimeSpan.FromSeconds(10), "the near end has it");
        site.RunUntil(() => Has(7), TimeSpan.FromSeconds(1), "the far end has it");
    }
}
