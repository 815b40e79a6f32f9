using Compeer.Engine.Commands;

namespace Compeer.Tests.Engine.Commands;

/// <summary>External commands as Naemon reads them, and its words for what is wrong.</summary>
public sealed class CommandParserTests
{
    private readonly TestSite _site = new TestSite().Host("web1").Service("web1", "HTTP");

    [Theory]
    [InlineData("[1] ENABLE_SVC_CHECK;web1;HTTP", "")]
    [InlineData("[1]ENABLE_SVC_CHECK;web1;HTTP", "")]
    [InlineData("[1] PROCESS_HOST_CHECK_RESULT;web1;0;a;b;c", "")]
    [InlineData("[1] _MINE;anything", "")]
    [InlineData("[1] ENABLE_NOTIFICATIONS", "")]
    [InlineData("[1] ENABLE_NOTIFICATIONS;too;much", "")]
    [InlineData("ENABLE_SVC_CHECK;web1;HTTP", "Commands must begin with a timestamp inside square brackets")]
    [InlineData("[x] ENABLE_SVC_CHECK;web1;HTTP", "Failed to parse command timestamp: No digits found in ulong 'x'")]
    [InlineData("[1x] ENABLE_SVC_CHECK;web1;HTTP", "Failed to parse command timestamp: Invalid characters (x) in ulong '1x'")]
    [InlineData("[1]", "Couldn't find command name: missing semicolon in command string")]
    [InlineData("[1] NO_SUCH;web1", "Unknown command 'NO_SUCH'")]
    [InlineData("[1] ENABLE_HOST_CHECK;web1;more", "Too many arguments to command - expected 1")]
    [InlineData("[1] ENABLE_HOST_CHECK;", "No value for argument host_name provided, and no default found")]
    [InlineData("[1] ENABLE_HOST_CHECK", "No value for argument host_name provided, and no default found")]
    [InlineData("[1] ENABLE_HOST_CHECK;db1", "Failed validation of host_name as type host (argument 0)")]
    [InlineData("[1] ENABLE_SVC_CHECK;web1", "No service description provided at argument 1")]
    [InlineData("[1] ENABLE_SVC_CHECK;web1;DNS", "Failed validation of service as type service (argument 0)")]
    [InlineData("[1] SCHEDULE_HOST_CHECK;web1", "Missing argument: expected 2 arguments, found 1")]
    [InlineData(
        "[1] SCHEDULE_HOST_CHECK;web1;soon",
        "Couldn't parse timestamp argument check_time (argument 1): No digits found in ulong 'soon'")]
    [InlineData("[1] PROCESS_FILE;/tmp/x;2", "Failed validation of delete as type bool (argument 1)")]
    [InlineData(
        "[1] PROCESS_HOST_CHECK_RESULT;web1;1.5;x",
        "Couldn't parse integer argument status_code (argument 1): Invalid characters (.5) in integer '1.5'")]
    public void Parse_Line_GivesNaemonsWords(string line, string expected)
    {
        _site.Build();
        var command = CommandParser.Parse(line, _site.Objects, out var error);
        Assert.Equal(expected, command is null ? error : "");
    }

    [Fact]
    public void Parse_LastText_MayHoldSemicolons()
    {
        _site.Build();
        var command = CommandParser.Parse("[77] PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;-1;a;b|c;d", _site.Objects, out _)!;
        Assert.Equal((77L, -1L, "a;b|c;d"), (command.EntryTime, command.Number(1), command.Text(2)));
        Assert.Equal("web1;HTTP;-1;a;b|c;d", command.RawArguments);
    }

    [Fact]
    public void Parse_AnyBytes_NeverFails()
    {
        _site.Build();
        var random = new Random(3);
        string[] parts = ["[", "]", "1", ";", " ", "ENABLE_SVC_CHECK", "PROCESS_HOST_CHECK_RESULT", "web1", "HTTP", "\0", "-", "é", "_"];
        for (var run = 0; run < 20_000; run++)
        {
            var line = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));
            if (CommandParser.Parse(line, _site.Objects, out var error) is null)
            {
                Assert.NotEqual("", error);
            }
        }
    }
}
