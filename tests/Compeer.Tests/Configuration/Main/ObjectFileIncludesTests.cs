using Compeer.Configuration;
using Compeer.Configuration.Main;

namespace Compeer.Tests.Configuration.Main;

public sealed class ObjectFileIncludesTests
{
    private const string Text = "include_file=b.cfg\ndefine command {\n  include_file=no\n}\ninclude_dir=/x/d\n";

    [Fact]
    public void In_ObjectFile_FindsWhatStandsBetweenObjects()
    {
        var includes = ObjectFileIncludes.In(ConfigurationFiles.Source("/x/a.cfg", Text));

        Assert.Equal<string>(["/x/b.cfg"], includes.Files);
        Assert.Equal<string>(["/x/d"], includes.Directories);
    }

    [Fact]
    public void Compile_IncludedFileThatWasNotRead_IsRefused()
    {
        var main = ConfigurationFiles.Source("/x/a.cfg", "include_file=b.cfg\n");
        var included = ConfigurationFiles.Source("/x/b.cfg", "define command {\n  command_name c\n  command_line l\n}\n");
        var configuration = ConfigurationFiles.MainFrom("");

        var without = ObjectConfigurationCompiler.Compile(configuration, [main], []);
        var with = ObjectConfigurationCompiler.Compile(configuration, [main, included], []);

        Assert.Equal("Error: /x/a.cfg:1: the file '/x/b.cfg' was not read", Assert.Single(without.Diagnostics).ToString());
        Assert.Single(with.Configuration!.Commands);
    }
}
