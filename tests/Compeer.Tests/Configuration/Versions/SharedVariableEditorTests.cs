using System.Text;
using Compeer.Configuration.Main;
using Compeer.Configuration.Text;
using Compeer.Configuration.Versions;

namespace Compeer.Tests.Configuration.Versions;

public sealed class SharedVariableEditorTests
{
    private const string Path = "/here/naemon.cfg";

    [Fact]
    public void Apply_NothingDiffers_ChangesNoByte()
    {
        const string Main = "# mine\r\ncfg_dir = conf.d\n\n  interval_length=1";
        Assert.Equal(Main, Apply(Main, "interval_length=1\ncfg_dir=/there/conf.d\n"));
    }

    [Fact]
    public void Apply_AnotherValue_StandsWhereTheOldOneStood() => Assert.Equal(
        "# first\ninterval_length=1\nlog_file=/x\n",
        Apply("# first\ninterval_length = 60 \nlog_file=/x\n", "interval_length=1\n"));

    [Fact]
    public void Apply_NewValue_FollowsAtTheEnd() =>
        Assert.Equal("log_file=/x\nuse_regexp_matching=1\n", Apply("log_file=/x", "use_regexp_matching=1\n"));

    [Fact]
    public void Apply_DefaultThere_RemovesTheLine() =>
        Assert.Equal("log_file=/x\n", Apply("interval_length=1\nlog_file=/x\ninterval_length=2\n", ""));

    [Fact]
    public void Apply_OtherFilesAndFolders_AreReplacedTogether() => Assert.Equal(
        "# files\ncfg_file=/here/b.cfg\ncfg_dir=/here/d\nlog_file=/x\n",
        Apply("# files\ncfg_dir=c\nlog_file=/x\ncfg_file=a.cfg\n", "cfg_file=b.cfg\ncfg_dir=d\n"));

    [Fact]
    public void Apply_LineThatGoesOn_IsReplacedAsAWhole() =>
        Assert.Equal("interval_length=5\nlog_file=/x\n", Apply("interval_length=\\\n  1\nlog_file=/x\n", "interval_length=5\n"));

    [Fact]
    public void Apply_SetInAnIncludedFile_IsRefusedWithItsName()
    {
        var main = new SourceFile(Path, "include_file=more.cfg\n"u8.ToArray());
        var included = new SourceFile("/here/more.cfg", "interval_length=1\n"u8.ToArray());
        var present = MainConfigurationReader.Read(main, [included]).Configuration!;
        var wanted = ConfigurationManifestTests.Manifest("/there/naemon.cfg", "interval_length=5\n");

        var (edited, problem) = SharedVariableEditor.Apply(main, present, wanted);

        Assert.Null(edited);
        Assert.Equal("'interval_length' differs and is set in /here/more.cfg, which is not changed from outside", problem);
    }

    private static string Apply(string main, string wanted)
    {
        var text = new SourceFile(Path, Encoding.UTF8.GetBytes(main));
        var present = MainConfigurationReader.Read(text).Configuration!;
        var target = ConfigurationManifestTests.Manifest("/there/naemon.cfg", wanted);
        var (edited, problem) = SharedVariableEditor.Apply(text, present, target);
        Assert.Equal("", problem);

        var again = MainConfigurationReader.Read(new SourceFile(Path, edited!.Value)).Configuration!;
        Assert.Equal(target.Variables, ConfigurationManifest.Of(again, []).Variables.AsEnumerable());
        return Encoding.UTF8.GetString(edited.Value.Span);
    }
}
