using System.Text;
using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;

namespace Compeer.Tests.Cluster;

/// <summary>What a machine gives to its database, and what it makes of what it finds there.</summary>
public sealed class ClusterStorageTests
{
    private static readonly RegisterKey Setting = new(RegisterKind.OperatorSettings, "switch"u8.ToArray(), 3);
    private static readonly RegisterKey Comment = new(RegisterKind.Comments, "comment 1"u8.ToArray());

    [Fact]
    public void Take_SettingWritten_IsDueAtOnceAndUnforgettableUntilConfirmed()
    {
        var machine = Acting();
        machine.Do((m, now, effects) => m.Write(now, Setting, new byte[] { 1 }, effects));
        var storage = machine.Machine.Storage;
        Assert.True(storage.Due <= machine.Now);

        var values = storage.Take(isLast: false);

        var written = Assert.Single(values!.Values, update => update.Kind == RegisterKind.OperatorSettings);
        Assert.Equal("switch", Encoding.UTF8.GetString(written.Key.Span));
        Assert.Contains(values.Knowledge, entry => entry.Origin == MachineHarness.Self && entry.Known[^1].To == written.Sequence);
        Assert.True(storage.StoredUpTo < storage.Unforgettable);
        Assert.Null(storage.Take(isLast: false));
        storage.Confirm(values.Mark);
        Assert.Equal(storage.Unforgettable, storage.StoredUpTo);
    }

    [Fact]
    public void Take_StatesPublished_AreGatheredAndHaveTheNewestOfEach()
    {
        var machine = Acting();
        var storage = machine.Machine.Storage;
        for (var i = 0; i < 10; i++)
        {
            Publish(machine, i % 2);
        }

        Assert.Null(storage.Take(isLast: false));
        machine.Wait(UnstoredWrites.GatherFor);

        var values = storage.Take(isLast: false);
        Assert.Equal([9, 10], values!.Values.Select(update => update.Sequence - values.Values.Min(u => u.Sequence) + 9).Order());
    }

    [Fact]
    public void Take_WhileOneIsBeingWritten_WaitsForItsEndAndIsOneForAll()
    {
        var machine = Acting();
        var storage = machine.Machine.Storage;
        machine.Do((m, now, effects) => m.Write(now, Setting, new byte[] { 1 }, effects));
        var first = storage.Take(isLast: false);
        for (byte i = 2; i < 100; i++)
        {
            var value = new[] { i };
            machine.Do((m, now, effects) => m.Write(now, Setting, value, effects));
        }

        Assert.Equal(TimeSpan.MaxValue, storage.Due);
        storage.Confirm(first!.Mark);
        Assert.Equal([99], Assert.Single(storage.Take(isLast: false)!.Values).Payload.ToArray());
    }

    [Fact]
    public void Take_MoreStatesThanAtOnce_ClaimsThemOnlyWhenAllAreWritten()
    {
        var machine = Acting(MachineHarness.Objects(UnstoredWrites.MostStates + 10));
        var storage = machine.Machine.Storage;
        for (var i = 0; i < UnstoredWrites.MostStates + 10; i++)
        {
            Publish(machine, i);
        }

        machine.Wait(UnstoredWrites.GatherFor);
        var first = storage.Take(isLast: false)!;
        Assert.Equal(UnstoredWrites.MostStates, first.Values.Count);
        Assert.Empty(first.Knowledge);
        storage.Confirm(first.Mark);
        var second = storage.Take(isLast: false)!;
        Assert.Equal(10, second.Values.Count);
        Assert.NotEmpty(second.Knowledge);
    }

    /// <summary>Who waits for a state is answered when it was written, not when something else was that came before it.</summary>
    [Fact]
    public void Hurry_MoreStatesThanAtOnce_IsReachedWithTheLastOfThem()
    {
        var machine = Acting(MachineHarness.Objects(UnstoredWrites.MostStates + 10));
        var storage = machine.Machine.Storage;
        for (var i = 0; i < UnstoredWrites.MostStates + 10; i++)
        {
            Publish(machine, i);
        }

        storage.Hurry();
        var all = storage.Unforgettable;

        Assert.True(storage.Due <= machine.Now);
        storage.Confirm(storage.Take(isLast: false)!.Mark);
        Assert.True(storage.StoredUpTo < all);
        storage.Confirm(storage.Take(isLast: false)!.Mark);
        Assert.Equal(all, storage.StoredUpTo);
        Publish(machine, 0);
        storage.Hurry();
        Assert.Equal(all + 1, storage.Unforgettable);
        storage.Hurry();
        Assert.Equal(all + 1, storage.Unforgettable);
    }

    [Fact]
    public void Hurry_ManyWait_AreAnsweredTogetherBeyondANumber()
    {
        var marks = new WaitingMarks();
        for (var waiting = 1; waiting <= WaitingMarks.Most + 1; waiting++)
        {
            marks.States.Marked++;
            marks.Await();
        }

        marks.States.Taken = 1;
        Assert.Equal(1, marks.Reached());
        marks.States.Taken = WaitingMarks.Most;
        Assert.Equal(WaitingMarks.Most, marks.Reached());
        marks.States.Taken = marks.States.Marked;
        Assert.Equal(WaitingMarks.Most + 1, marks.Reached());
    }

    [Fact]
    public void Take_BeforeItActs_IsNothing()
    {
        var machine = new MachineHarness(Keeping, MachineHarness.Peer(MachineHarness.Small));
        machine.Do((m, now, effects) => m.Write(now, Setting, new byte[] { 1 }, effects));
        Assert.Null(machine.Machine.Storage.Take(isLast: false));
        Assert.Equal(TimeSpan.MaxValue, machine.Machine.Storage.Due);

        machine.Wait(TimeSpan.FromSeconds(4));

        Assert.NotNull(machine.Machine.Storage.Take(isLast: false));
    }

    [Fact]
    public void Load_WhatAnotherRunLeft_IsAppliedKnownAndNotWrittenAgain()
    {
        var former = Acting();
        Publish(former, 1);
        former.Do((m, now, effects) => m.Write(now, Setting, new byte[] { 5 }, effects));
        former.Do((m, now, effects) => m.Write(now, Comment, new byte[] { 6 }, effects));
        former.Do((m, now, effects) => m.Write(now, Comment, null, effects));
        var stored = former.Machine.Storage.Take(isLast: true)!;

        var machine = new MachineHarness(Keeping with { Incarnation = 2_000 });
        machine.Do((m, now, effects) => m.Storage.Load(now, new StoredValues(stored.Values, stored.Knowledge), effects));

        Assert.Contains(machine.Last, effect => effect is ClusterEffect.Apply { Register: { Kind: RegisterKind.CheckState, Object: 1 } });
        Assert.Contains(
            machine.Last, effect => effect is ClusterEffect.Changed { IsRemoval: false } changed && changed.Register == Setting);
        Assert.Contains(machine.Last, effect => effect is ClusterEffect.Changed { IsRemoval: true } changed && changed.Register == Comment);
        Assert.False(Write(machine, Comment), "a removed element came back");
        machine.Wait(TimeSpan.FromSeconds(2));
        Assert.DoesNotContain(machine.Machine.Storage.Take(isLast: true)?.Values ?? [], update => update.Kind != RegisterKind.CheckState);
        machine.Do((m, now, effects) => m.Write(now, Setting, new byte[] { 7 }, effects));
        var next = machine.Machine.Storage.Take(isLast: true)!.Values.Max(update => update.Sequence);
        Assert.True(next > stored.Values.Max(update => update.Sequence), "a number was given twice");
    }

    /// <summary>The file of the numbers was lost or put back: what the database has is sent before anything is written, and its numbers
    /// must not be given again after that.</summary>
    [Fact]
    public void Load_HigherNumbersThanAreReserved_ReservesAboveThem()
    {
        var former = Acting();
        former.Do((m, now, effects) => m.Write(now, Setting, new byte[] { 5 }, effects));
        var stored = former.Machine.Storage.Take(isLast: true)!;
        var top = stored.Values.Max(update => update.Sequence);
        var machine = new MachineHarness(Keeping with { Incarnation = 2_000, Durable = DurableState.Empty });

        machine.Do((m, now, effects) => m.Storage.Load(now, new StoredValues(stored.Values, stored.Knowledge), effects));

        Assert.True(machine.Last.OfType<ClusterEffect.Persist>().Last().State.ReservedSequence > top);
    }

    [Fact]
    public void Load_ObjectsGoneAndBack_KeepsTheirStatesForThem()
    {
        var former = Acting(MachineHarness.Objects(4));
        Publish(former, 3);
        var stored = former.Machine.Storage.Take(isLast: true)!;
        var machine = new MachineHarness(Keeping, MachineHarness.Objects(2));
        machine.Do((m, now, effects) => m.Storage.Load(now, new StoredValues(stored.Values, stored.Knowledge), effects));
        machine.Wait(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(machine.All, effect => effect is ClusterEffect.Apply);

        var objects = new PreparedObjects(MachineHarness.Objects(4));
        machine.Do((m, now, effects) => m.TakeUp(now, objects, [0, 1, -1, -1], effects));

        Assert.Contains(machine.Last, effect => effect is ClusterEffect.Apply { Register.Object: 3 });
    }

    [Fact]
    public void Load_ANewerRunAlreadyWrote_LeavesTheNewerAndStoresAll()
    {
        var former = Acting();
        former.Do((m, now, effects) => m.Write(now, Setting, new byte[] { 5 }, effects));
        var stored = former.Machine.Storage.Take(isLast: true)!;
        var machine = Acting();
        machine.Wait(TimeSpan.FromSeconds(5));
        machine.Do((m, now, effects) => m.Write(now, Setting, new byte[] { 9 }, effects));
        machine.Machine.Storage.Confirm(machine.Machine.Storage.Take(isLast: false)!.Mark);

        machine.Do((m, now, effects) => m.Storage.Load(now, new StoredValues(stored.Values, stored.Knowledge), effects));

        Assert.Equal([9], machine.Machine.Read(Setting)!.Value.ToArray());
        Assert.Contains(machine.Machine.Storage.Take(isLast: true)!.Values, update => update.Payload.Span.SequenceEqual((byte[])[9]));
    }

    [Fact]
    public void Load_Refused_IsDeletedAndNotClaimed()
    {
        var former = Acting();
        former.Do((m, now, effects) => m.Write(now, Setting, new byte[] { 5 }, effects));
        var stored = former.Machine.Storage.Take(isLast: true)!;
        var refused = stored.Values.Single(update => update.Kind == RegisterKind.OperatorSettings);
        var machine = new MachineHarness(Keeping with { Incarnation = 2_000 });
        machine.Do((m, now, effects) => m.Storage.Load(
            now, new StoredValues([], stored.Knowledge) { Refused = [refused] }, effects));
        machine.Wait(TimeSpan.FromSeconds(1));

        var unstored = machine.Machine.Storage.Take(isLast: true)!;

        Assert.Null(machine.Machine.Read(Setting));
        Assert.Equal(Setting, Assert.Single(unstored.Gone));
        Assert.DoesNotContain(
            unstored.Knowledge.Where(entry => entry.Origin == MachineHarness.Self).SelectMany(entry => entry.Known),
            range => range.From <= refused.Sequence && refused.Sequence <= range.To);
    }

    private static readonly ClusterOptions Keeping = new()
    {
        Self = MachineHarness.Self,
        Incarnation = 1_000,
        SoftwareVersion = "test",
        KeepsValues = true,
    };

    private static MachineHarness Acting(ClusterObjects? objects = null)
    {
        var machine = new MachineHarness(Keeping, objects ?? MachineHarness.Objects(4));
        machine.Wait(TimeSpan.FromSeconds(1));
        machine.Machine.Storage.Confirm(machine.Machine.Storage.Take(isLast: true)?.Mark ?? 0);
        return machine;
    }

    private static void Publish(MachineHarness machine, int index) =>
        machine.Do((m, now, effects) => m.Publish(now, new RegisterId(RegisterKind.CheckState, index), effects));

    private static bool Write(MachineHarness machine, RegisterKey key)
    {
        var isKept = false;
        machine.Do((m, now, effects) => isKept = m.Write(now, key, new byte[] { 1 }, effects));
        return isKept;
    }
}
