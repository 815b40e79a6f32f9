using Compeer.Livestatus.Filters;
using Compeer.Livestatus.Planning;
using Compeer.Livestatus.Scope;
using Compeer.Livestatus.Tables;

namespace Compeer.Tests.Livestatus;

/// <summary>What filters choose in batches is what they choose row by row.</summary>
public sealed class RowBatchTests
{
    private static readonly string[] Parts =
    [
        "state = 0", "state != 0", "state > 1", "state < 2", "state >= 2", "state <= 3", "state = 300", "state > -1", "state < -5",
        "has_been_checked = 1", "state_type = 0", "last_hard_state != 0", "check_type = 1", "is_flapping = 0", "acknowledged = 1",
        "scheduled_downtime_depth != 0", "scheduled_downtime_depth = 0", "active_checks_enabled = 0", "plugin_output ~ [12]",
        "host_state = 1", "last_check > 1", "perf_data = x=3", "current_attempt > 1", "nothing = 1",
    ];

    [Theory]
    [InlineData("services", 1)]
    [InlineData("services", 2)]
    [InlineData("hosts", 3)]
    public void Narrow_RandomFilters_ChoosesTheSameRows(string name, int seed)
    {
        var site = ManyServices.Site(seed);
        var table = TableCatalog.Find(name)!;
        var moment = site.Moment();
        var scope = new QueryScope(moment, new ConfigurationIndex(moment.Snapshot.Configuration), user: null, timeOffset: 0, "");
        var random = new Random(seed);
        var chosen = 0;
        for (var round = 0; round < 300; round++)
        {
            var filter = RandomFilter(random, table, depth: 3);
            var expected = table.Rows(scope, new AllOf([])).Where(row => filter.Accepts(row, scope)).ToList();
            Assert.Equal(expected, ChosenInBatches(filter, table, scope));
            chosen += expected.Count;
        }

        Assert.True(chosen > 100, "the filters choose hardly anything");
    }

    [Fact]
    public void Batches_FilterNamesOneHost_AreNotMade()
    {
        var table = TableCatalog.Find("services")!;
        var moment = ManyServices.Site(1).Moment();
        var scope = new QueryScope(moment, new ConfigurationIndex(moment.Snapshot.Configuration), user: null, timeOffset: 0, "");
        var named = FilterReader.Read("Filter", "host_name = h3", table, out _)!;
        Assert.Null(table.Batches(scope, named));
        Assert.Equal(ManyServices.ServicesPerHost, table.Rows(scope, named).Count());
    }

    private static Filter RandomFilter(Random random, Table table, int depth) => depth == 0 ? Leaf(random, table) : random.Next(4) switch
    {
        0 => new AllOf([RandomFilter(random, table, depth - 1), RandomFilter(random, table, depth - 1)]),
        1 => new AnyOf([RandomFilter(random, table, depth - 1), RandomFilter(random, table, depth - 1), Leaf(random, table)]),
        2 => new NoneOf(RandomFilter(random, table, depth - 1)),
        _ => Leaf(random, table),
    };

    private static Filter Leaf(Random random, Table table)
    {
        var filter = FilterReader.Read("Filter", Parts[random.Next(Parts.Length)], table, out var error);
        Assert.True(filter is not null, error);
        return filter;
    }

    private static List<Row> ChosenInBatches(Filter filter, Table table, QueryScope scope)
    {
        var rows = new List<Row>();
        var batch = table.Batches(scope, new AllOf([]))!;
        var mask = new ulong[RowBatch.Words];
        while (batch.MoveNext())
        {
            batch.All(mask);
            filter.Narrow(batch, mask);
            for (var index = 0; index < batch.Count; index++)
            {
                if ((mask[index / 64] >> (index % 64) & 1) != 0)
                {
                    rows.Add(batch[index]);
                }
            }
        }

        return rows;
    }
}
