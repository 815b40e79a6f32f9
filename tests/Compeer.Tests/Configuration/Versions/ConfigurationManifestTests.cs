using System.Text;
using Compeer.Configuration.Main;
using Compeer.Configuration.Text;
using Compeer.Configuration.Versions;

namespace Compeer.Tests.Configuration.Versions;

public sealed class ConfigurationManifestTests
{
    [Fact]
    public void Of_SaysWhatPeersMustHave()
    {
        var manifest = Manifest(
            "/etc/naemon.cfg",
            "interval_length=1\nlog_file=/var/log/x\ncfg_dir=conf.d\ncfg_file=/etc/a.cfg\ncfg_file=/usr/share/b.cfg\n",
            ("/etc/conf.d/z.cfg", "z"),
            ("/etc/a.cfg", "a"),
            ("/usr/share/b.cfg", "b"));

        Assert.Equal(
            ["interval_length 1", "cfg_file a.cfg", "cfg_file /usr/share/b.cfg", "cfg_dir conf.d"],
            manifest.Variables.Select(line => $"{line.Name} {line.Value}"));
        Assert.Equal(
            [("/usr/share/b.cfg", true), ("a.cfg", false), ("conf.d/z.cfg", false)],
            manifest.Files.Select(file => (file.Name, file.IsOutside)));

        // printf a | sha256sum
        Assert.Equal("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb", manifest.Files[1].Hash);
    }

    [Fact]
    public void Hash_IsTheSameWhereverTheFolderIs()
    {
        var one = Manifest("/opt/monitor/etc/naemon.cfg", "cfg_dir=/opt/monitor/etc/conf.d\n", ("/opt/monitor/etc/conf.d/a.cfg", "a"));
        var two = Manifest("/srv/two/naemon.cfg", "cfg_dir=conf.d\n", ("/srv/two/conf.d/a.cfg", "a"));

        Assert.Equal(one.Hash, two.Hash);
    }

    [Theory]
    [InlineData("interval_length=30\n")]
    [InlineData("use_regexp_matching=1\n")]
    [InlineData("use_true_regexp_matching=1\n")]
    [InlineData("illegal_object_name_chars=`~\n")]
    [InlineData("allow_empty_hostgroup_assignment=1\n")]
    [InlineData("allow_circular_dependencies=1\n")]
    [InlineData("service_check_timeout=61\n")]
    [InlineData("host_check_timeout=31\n")]
    [InlineData("use_timezone=Europe/Stockholm\n")]
    public void Hash_DependsOnWhatChangesTheMeaningOfObjects(string line) =>
        Assert.NotEqual(Manifest("/etc/naemon.cfg", "").Hash, Manifest("/etc/naemon.cfg", line).Hash);

    [Theory]
    [InlineData("interval_length=60\n")]
    [InlineData("service_check_timeout=60\n")]
    [InlineData("log_file=/tmp/other\n")]
    [InlineData("execute_service_checks=0\n")]
    public void Hash_DoesNotDependOnDefaultsAndOnWhatIsOneNodesBusiness(string line) =>
        Assert.Equal(Manifest("/etc/naemon.cfg", "").Hash, Manifest("/etc/naemon.cfg", line).Hash);

    [Fact]
    public void Decode_OfWhatWasEncoded_IsTheSame()
    {
        var manifest = Manifest(
            "/etc/naemon.cfg", "interval_length=1\ncfg_dir=/etc\n", ("/etc/with blank.cfg", "x"), ("/etc/b\u00e4r.cfg", "y"));

        var read = ConfigurationManifest.Decode(manifest.Encode());

        Assert.Equal("", read.Problem);
        Assert.Equal(manifest.Hash, read.Manifest!.Hash);
        Assert.Equal(manifest.Files, read.Manifest.Files.AsEnumerable());
        Assert.Equal(manifest.Variables, read.Manifest.Variables.AsEnumerable());
    }

    [Theory]
    [InlineData("compeer configuration 2\n", "a later version")]
    [InlineData("", "no manifest")]
    [InlineData("compeer configuration 1\nlink x\n", "neither a variable nor a file")]
    [InlineData("compeer configuration 1\nvariable log_file x\n", "not one that peers share")]
    [InlineData("compeer configuration 1\nvariable interval_length\n", "without a value")]
    [InlineData("compeer configuration 1\nfile 1 HASH ../x.cfg\n", "leads elsewhere")]
    [InlineData("compeer configuration 1\nfile 1 HASH a/./x.cfg\n", "leads elsewhere")]
    [InlineData("compeer configuration 1\nfile 1 HASH a//x.cfg\n", "empty part")]
    [InlineData("compeer configuration 1\nfile 1 HASH a/../../x.cfg\n", "leads elsewhere")]
    [InlineData("compeer configuration 1\nfile -1 HASH a.cfg\n", "without length")]
    [InlineData("compeer configuration 1\nfile 1 abc a.cfg\n", "without length")]
    [InlineData("compeer configuration 1\nfile 1 HASH b.cfg\nfile 1 HASH a.cfg\n", "out of order")]
    [InlineData("compeer configuration 1\nfile 1 HASH a.cfg\nfile 1 HASH a.cfg\n", "out of order")]
    [InlineData("compeer configuration 1\nvariable cfg_dir ..\n", "leads elsewhere")]
    [InlineData("compeer configuration 1\nfile 01 HASH a.cfg\n", "not written as a manifest is")]
    [InlineData("compeer configuration 1\nfile 1 HASH a.cfg", "not written as a manifest is")]
    public void Decode_OfAnythingElse_SaysWhatIsWrong(string text, string problem)
    {
        var hash = ConfigurationManifest.HashOf("a"u8);
        var read = ConfigurationManifest.Decode(Encoding.UTF8.GetBytes(text.Replace("HASH", hash, StringComparison.Ordinal)));

        Assert.Null(read.Manifest);
        Assert.Contains(problem, read.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_LongNamesAndControlCharacters_AreRefused()
    {
        foreach (var name in new[] { new string('a', 256), string.Join('/', Enumerable.Repeat("abc", 1_100)), "a\rb" })
        {
            var text = $"compeer configuration 1\nfile 1 {ConfigurationManifest.HashOf("a"u8)} {name}\n";
            Assert.Null(ConfigurationManifest.Decode(Encoding.UTF8.GetBytes(text)).Manifest);
        }
    }

    internal static ConfigurationManifest Manifest(string path, string main, params (string Path, string Text)[] files) =>
        ConfigurationManifest.Of(
            MainConfigurationReader.Read(new SourceFile(path, Encoding.UTF8.GetBytes(main))).Configuration!,
            files.Select(file => new SourceFile(file.Path, Encoding.UTF8.GetBytes(file.Text))));
}
