using System.Text;
using Compeer.Configuration.Text;
using Compeer.Configuration.Versions;

namespace Compeer.Tests.Configuration.Versions;

/// <summary>The cases of Merlin's <c>poller-fix</c>, and of what it would get wrong.</summary>
public sealed class PollerMainFileTests
{
    [Theory]
    [InlineData(
        "# a\ncfg_file=/x/hosts.cfg\n#cfg_dir=old\n cfg_dir = oconf\nlog_file=/l\n",
        "# a\n#cfg_file=/x/hosts.cfg\n#cfg_dir=old\n# cfg_dir = oconf\nlog_file=/l\ncfg_file=oconf/from-master.cfg\n")]
    [InlineData("log_file=/l", "log_file=/l\ncfg_file=oconf/from-master.cfg\n")]
    [InlineData("cfg_file=oconf/from-master.cfg\ncfg_dir=x\n", "cfg_file=oconf/from-master.cfg\n#cfg_dir=x\n")]
    [InlineData("cfg_file=/etc/oconf/from-master.cfg\n", null)]
    [InlineData("a=1\ncfg_file=oconf/from-master.cfg\n#cfg_dir=x\n", null)]
    [InlineData("", "cfg_file=oconf/from-master.cfg\n")]
    public void Fix_MainFile_ReadsOnlyWhatAMasterSends(string main, string? expected)
    {
        var bytes = PollerMainFile.Fix(new SourceFile("/etc/naemon.cfg", Encoding.UTF8.GetBytes(main)));

        Assert.Equal(expected, bytes is { } text ? Encoding.UTF8.GetString(text.Span) : null);
    }
}
