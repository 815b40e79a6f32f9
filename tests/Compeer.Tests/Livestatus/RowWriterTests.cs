using Compeer.Livestatus.Tables;

namespace Compeer.Tests.Livestatus;

/// <summary>Columns of the host are written once for all its services: with the same answers as row by row.</summary>
public sealed class RowWriterTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("OutputFormat: json\n", "")]
    [InlineData("OutputFormat: python\n", "Columns: description host_name host_state state host_services_with_info host_alias\n")]
    [InlineData("", "Columns: host_name\n")]
    public void Services_AllAtOnce_AreThoseOfOneAtATime(string format, string columns)
    {
        var site = ManyServices.Site(seed: 4);
        columns = columns.Length > 0 ? columns
            : $"Columns: {string.Join(' ', TableCatalog.Find("services")!.Columns.Select(column => column.Name))}\n";
        var some = $"{columns}{format}Filter: description < s03\n";
        var all = site.Ask($"GET services\n{some}");
        var byDescription = site.Ask($"GET services\n{some}Sort: description asc\n");
        var names = Enumerable.Range(0, 3)
            .SelectMany(service => Enumerable.Range(0, ManyServices.Hosts), (service, host) => (Host: $"h{host}", Service: $"s0{service}"))
            .ToList();
        string RowOf((string Host, string Service) name) => Row(
            site.Ask($"GET services\n{some}Filter: host_name = {name.Host}\nFilter: description = {name.Service}\n"));

        Assert.Equal(names.OrderBy(name => name.Host).Select(RowOf), Rows(all));
        Assert.Equal(names.Select(RowOf), Rows(byDescription));
        Assert.True(names.Select(RowOf).Distinct().Count() >= ManyServices.Hosts, "hosts do not differ");
    }

    [Fact]
    public void Columns_OfTheHost_AreThoseThatBeginSo()
    {
        foreach (var name in new[] { "services", "servicesbygroup", "servicesbyhostgroup" })
        {
            var table = TableCatalog.Find(name)!;
            Assert.Equal(
                table.Columns.Where(column => column.Name.StartsWith("host_", StringComparison.Ordinal)),
                table.Columns.Where(column => column.IsOfHost));
        }
    }

    private static IEnumerable<string> Rows(string answer) => answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Row);

    /// <summary>Without what stands around rows in one format or another.</summary>
    private static string Row(string line)
    {
        line = line.Trim('\n').TrimEnd(',');
        line = line.StartsWith("[[", StringComparison.Ordinal) ? line[1..] : line;
        return line.EndsWith("]]", StringComparison.Ordinal) && !line.EndsWith("[]]", StringComparison.Ordinal) ? line[..^1] : line;
    }
}
