using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Compeer.Cluster.Model;
using Compeer.Configuration.Retained;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Import;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;
using Compeer.Peer;

namespace Compeer.Tests.Peer;

/// <summary>A <c>retention.dat</c> that is imported at two peers at the same moment, or by a node that dies meanwhile.</summary>
public sealed class ImportTests
{
    private const int Hosts = 6;

    private readonly PeerPair _pair = new(Objects());

    /// <summary>Piece by piece at both, so that each hears of what the other took while it reads, or only afterwards; numbers of the file
    /// are free, or used by what was said at either peer.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(100, false)]
    [InlineData(100, true)]
    [InlineData(700, false)]
    [InlineData(700, true)]
    public void Import_OfOneFileAtBothPeersAtOnce_TakesEachEntryOnce(int between, bool areNumbersUsed)
    {
        Settle();
        var own = areNumbersUsed ? Occupy() : 0;
        var blocks = Blocks("file", Seconds);
        (RetentionImport One, RetentionImport Other) reading = (new() { IsDryRun = false }, new() { IsDryRun = false });
        foreach (var piece in blocks.Chunk(3).Append([]))
        {
            _pair.Import(0, reading.One, piece, isLast: piece.Length == 0);
            _pair.Import(1, reading.Other, piece, isLast: piece.Length == 0);
            _pair.Run(TimeSpan.FromMilliseconds(between));
        }

        Run(5);
        Assert.Empty(reading.One.Report.Refused);
        AssertWhole(files: 1, own);

        // A third reading finds all of it.
        var again = new RetentionImport { IsDryRun = false };
        _pair.Import(0, again, blocks, isLast: true);
        Run(2);
        Assert.All(again.Report.Counts, count => Assert.Equal(0, count.Value.Taken));
        AssertWhole(files: 1, own);
    }

    /// <summary>Two files of two programs, which both counted from one.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void Import_OfTwoFilesAtOnce_GivesNoNumberTwice(int between)
    {
        Settle();
        (RetentionImport One, RetentionImport Other) reading = (new() { IsDryRun = false }, new() { IsDryRun = false });
        foreach (var (one, other) in Blocks("one", Seconds).Chunk(3).Zip(Blocks("other", Seconds).Chunk(3)))
        {
            _pair.Import(0, reading.One, one, isLast: false);
            _pair.Import(1, reading.Other, other, isLast: false);
            _pair.Run(TimeSpan.FromMilliseconds(between));
        }

        _pair.Import(0, reading.One, [], isLast: true);
        _pair.Import(1, reading.Other, [], isLast: true);
        Run(5);
        AssertWhole(files: 2, own: 0);
    }

    /// <summary>What is imported at one peer, and what an operator says at the other, may get one number for a moment.</summary>
    [Fact]
    public void Import_WhileTheOtherPeerIsGivenComments_GivesNoNumberTwice()
    {
        Settle();
        _pair.Import(0, new RetentionImport { IsDryRun = false }, Blocks("file", Seconds), isLast: true);
        var own = Occupy();
        Run(5);
        AssertWhole(files: 1, own);
    }

    /// <summary>Killed after any piece, also when the last of it was not stored: what is read again, twice, comes to the same.</summary>
    [Fact]
    public void Import_OfANodeThatIsKilledMeanwhile_IsTheSameWhenItIsReadAgain()
    {
        var now = PeerHarness.Start.ToUnixTimeSeconds() + 100;
        RetainedBlock[] blocks = [Problem(now), .. Blocks("file", now)];
        var whole = Import(Begin([]), blocks, []);
        for (var killed = 0; killed <= blocks.Length; killed += 5)
        {
            Dictionary<RegisterKey, Update> stored = [];
            Import(Begin([]), blocks[..killed], stored);
            Assert.Equal(killed > 0, stored.Count > 0);
            var again = Begin(stored.Values);
            Import(again, blocks, stored);
            Assert.Equal(whole, Import(again, blocks, stored));
            Assert.Equal(whole, Shown(Begin(stored.Values)));
        }
    }

    /// <summary>Whoever is told that it is taken may throw the file away: the states, too, are in the database by then.</summary>
    [Fact]
    public void Import_Ends_IsAnsweredWhenTheDatabaseHasTheStates()
    {
        var harness = Begin([]);
        var reading = new RetentionImport { IsDryRun = false };
        var problem = Problem(PeerHarness.Start.ToUnixTimeSeconds() + 100);

        var effects = harness.Run(
            new PeerInput.Import(reading, [problem], IsLast: false),
            new PeerInput.Import(reading, [], IsLast: true) { Token = new AnswerToken(7) });
        var mark = harness.Peer.UnforgettableMark;

        var stored = Assert.Single(effects.OfType<PeerEffect.Store>());
        Assert.Contains(stored.Values.Values, value => value.Kind == RegisterKind.CheckState);
        Assert.DoesNotContain(effects, effect => effect is PeerEffect.Answer);
        Assert.False(harness.Peer.IsStored(mark));

        // Somebody who waits is not kept waiting by a disk that fails, but nothing is said to be there that is not.
        Assert.Contains(harness.Run(new PeerInput.StoreFailed()), effect => effect is PeerEffect.Answer);
        Assert.False(harness.Peer.IsStored(mark));
        harness.Run(new PeerInput.Stored(stored.Values.Mark));
        Assert.True(harness.Peer.IsStored(mark));
    }

    private static PeerHarness Begin(IEnumerable<Update> stored)
    {
        var harness = new PeerHarness(PeerHarness.Configuration(Hosts, version: 1), keepsValues: true);
        harness.Peer.Load(harness.Now, new StoredValues([.. stored], []));
        harness.Run(new PeerInput.Neighbours([]));
        return harness;
    }

    /// <summary>Imports, and keeps what is given out to be stored; what comes of it.</summary>
    private static string[] Import(PeerHarness harness, RetainedBlock[] blocks, Dictionary<RegisterKey, Update> stored)
    {
        var reading = new RetentionImport { IsDryRun = false };
        foreach (var piece in blocks.Chunk(3).Append([]))
        {
            // A node that is killed has not come to the end of the file.
            var isLast = piece.Length == 0;
            if (isLast && blocks.Length <= Hosts * 4)
            {
                break;
            }

            Run(harness, stored, new PeerInput.Import(reading, piece, isLast));
        }

        return Shown(harness);
    }

    /// <summary>Some rounds, until what came of an input is given out to be stored.</summary>
    private static void Run(PeerHarness harness, Dictionary<RegisterKey, Update> stored, PeerInput input)
    {
        PeerInput[] inputs = [input];
        for (var round = 0; round < 3; round++)
        {
            harness.Time += TimeSpan.FromMilliseconds(100);
            PeerEffect.Store[] stores = [.. harness.Run(inputs).OfType<PeerEffect.Store>()];
            foreach (var value in stores.SelectMany(store => store.Values.Values))
            {
                stored[new RegisterKey(value.Kind, value.Key, value.Setting)] = value;
            }

            inputs = [.. stores.Select(store => new PeerInput.Stored(store.Values.Mark))];
        }
    }

    private static string[] Shown(PeerHarness harness)
    {
        var view = harness.Peer.EngineSnapshot(harness.Now);
        var id = CheckableId.Of(harness.Peer.Configuration.Objects.FindHost("h0")!.Id);
        return
        [
            .. view.Comments.Values.Select(comment => $"{comment.Id} {comment.Text}").Order(StringComparer.Ordinal), .. Shown(view),
            $"{view[id].State} {view[id].Attempt} {view.Told.GetValueOrDefault(id, NotificationState.None).Number}",
            $"{view.Acknowledgements.Count}",
        ];
    }

    private void AssertWhole(int files, int own)
    {
        var views = new[] { _pair.ViewOf(0), _pair.ViewOf(1) };
        Assert.Equal(views[0].Comments.Keys.Order(), views[1].Comments.Keys.Order());
        Assert.Equal(Shown(views[0]), Shown(views[1]));
        foreach (var view in views)
        {
            Assert.Equal(Texts(files, own).Order(StringComparer.Ordinal),
                view.Comments.Values.Select(comment => comment.Text).Order(StringComparer.Ordinal));
            Assert.Equal(files * Hosts * 2, view.Downtimes.Count);
            Assert.Equal(view.Comments.Count, view.Comments.Keys.Select(id => id.Number).Distinct().Count());
            Assert.Equal(view.Downtimes.Count, view.Downtimes.Keys.Select(id => id.Number).Distinct().Count());
            Assert.Equal(files * Hosts, view.Downtimes.Values.Count(downtime => downtime.Trigger is null));
            Assert.All(view.Downtimes.Values, downtime => Assert.Equal(DowntimePhase.InEffect, downtime.Phase));
        }

        // Each host was in one before: nothing begins, ends or is cancelled that people would be told of.
        Assert.All([0, 1], peer => Assert.DoesNotContain(
            _pair.LogOf(peer), line => line.Contains("DOWNTIME ALERT", StringComparison.Ordinal)));
        Assert.All([0, 1], peer => Assert.DoesNotContain(_pair.LogOf(peer), line => line.Contains("refused", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Texts(int files, int own) =>
    [
        .. (files == 1 ? (string[])["file"] : ["one", "other"]).SelectMany(name => Enumerable.Range(0, Hosts)
            .SelectMany(host => (string[])[$"{name} {host}", $"{name} of the downtime {host}"])),
        .. Enumerable.Range(0, own / 2).SelectMany(number => (string[])[$"first {number}", $"second {number}"]),
    ];

    private static IEnumerable<string> Shown(EngineSnapshot view) => view.Downtimes.Values.OrderBy(downtime => downtime.Id)
        .Select(downtime => $"{downtime.Id} {downtime.Text} {downtime.Phase} {downtime.StartedTicks}");

    /// <summary>Comments and downtimes of operators at both peers, whose numbers the file has as well.</summary>
    private int Occupy()
    {
        for (var number = 0; number < 4; number++)
        {
            _pair.Command(0, $"ADD_HOST_COMMENT;h{number};1;ada;first {number}");
            _pair.Command(1, $"ADD_HOST_COMMENT;h{number};1;bob;second {number}");
        }

        Run(1);
        return 8;
    }

    /// <summary>Of each host a comment, a downtime in effect with its comment, and one that this triggers.</summary>
    private static RetainedBlock[] Blocks(string name, long now)
    {
        List<RetainedBlock> blocks = [];
        void Add(string type, params (string Key, object Value)[] values) => blocks.Add(new RetainedBlock(type, blocks.Count + 1,
            [.. values.Select(value => KeyValuePair.Create(value.Key, Convert.ToString(value.Value, CultureInfo.InvariantCulture)!))]));
        for (var host = 0; host < Hosts; host++)
        {
            var number = 1 + (2 * host);
            Add("hostcomment", ("host_name", $"h{host}"), ("entry_type", 1), ("comment_id", number), ("persistent", 1),
                ("entry_time", now - 50), ("author", "eve"), ("comment_data", $"{name} {host}"));
            Add("hostcomment", ("host_name", $"h{host}"), ("entry_type", 2), ("comment_id", number + 1), ("persistent", 0),
                ("entry_time", now - 50), ("author", "eve"), ("comment_data", $"{name} of the downtime {host}"));
            Add("hostdowntime", ("host_name", $"h{host}"), ("comment_id", number + 1), ("downtime_id", number), ("entry_time", now - 50),
                ("start_time", now - 40), ("end_time", now + 5000), ("fixed", 1), ("duration", 5040), ("is_in_effect", 1),
                ("author", "eve"), ("comment", $"{name} {host}"));
            Add("hostdowntime", ("host_name", $"h{(host + 1) % Hosts}"), ("downtime_id", number + 1), ("entry_time", now - 50),
                ("start_time", now - 40), ("end_time", now + 5000), ("fixed", 1), ("duration", 5040), ("triggered_by", number),
                ("author", "eve"), ("comment", $"{name} behind {host}"));
        }

        return [.. blocks];
    }

    /// <summary>A problem that people were told of, and that is acknowledged.</summary>
    private static RetainedBlock Problem(long now) => new("host", 1,
    [
        .. new Dictionary<string, object>
        {
            ["host_name"] = "h0", ["has_been_checked"] = 1, ["current_state"] = 1, ["last_hard_state"] = 1, ["state_type"] = 1,
            ["current_attempt"] = 3, ["last_check"] = now - 60, ["last_state_change"] = now - 60, ["last_notification"] = now - 60,
            ["current_notification_number"] = 4, ["problem_has_been_acknowledged"] = 1, ["acknowledgement_type"] = 2,
        }.Select(pair => KeyValuePair.Create(pair.Key, $"{pair.Value}")),
    ]);

    private static string Objects()
    {
        var text = new StringBuilder("define command {\n command_name probe\n command_line /bin/true\n}\n");
        for (var host = 0; host < Hosts; host++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"define host {{\n host_name h{host}\n check_command probe\n check_interval 5\n max_check_attempts 1\n}}\n");
        }

        return text.ToString();
    }

    private long Seconds => _pair.WallOf(0).ToUnixTimeSeconds();

    private void Settle() => Run(10);

    private void Run(int seconds) => _pair.Run(TimeSpan.FromSeconds(seconds));
}
