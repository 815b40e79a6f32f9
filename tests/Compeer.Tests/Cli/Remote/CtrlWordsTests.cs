using Compeer.Cli.Remote;

namespace Compeer.Tests.Cli.Remote;

public sealed class CtrlWordsTests
{
    [Theory]
    [InlineData("peer02 -- mon restart", "peer02", "mon restart")]
    [InlineData("peer02 mon restart", "peer02", "mon restart")]
    [InlineData("peer02 peer03 peer02 hostname peer02", "peer02 peer03", "hostname peer02")]
    [InlineData("peer02 -- peer03 x", "peer02", "peer03 x")]
    [InlineData("--self -- mon restart", "--self", "mon restart")]
    [InlineData("peer02 --self -- mon restart", "peer02 --self", "mon restart")]
    [InlineData("--self peer02 ls --all", "peer02 --self", "ls --all")]
    [InlineData("-- mon restart", "--all", "mon restart")]
    [InlineData("--all mon restart", "--all", "mon restart")]
    [InlineData("--type=peer,master -- mon restart", "--type=peer,master", "mon restart")]
    [InlineData("--type=peer -- -- x", "--type=peer", "-- x")]
    [InlineData("peer02 -- ls -- x", "peer02", "ls -- x")]
    [InlineData("stranger ls", "", "stranger ls")]
    [InlineData("peer02", "peer02", "")]
    [InlineData("", "", "")]
    public void Parse_Words_AreNodesThenTheCommand(string line, string chosen, string command)
    {
        var words = Parse(line);

        Assert.Equal(chosen, Chosen(words));
        Assert.Equal(command, string.Join(' ', words.Command));
        Assert.Null(words.UnknownOption);
    }

    [Theory]
    [InlineData("--frobnicate x", "--frobnicate")]
    [InlineData("peer02 -x ls", "-x")]
    [InlineData("peer02 --selv -- ls", "--selv")]
    public void Parse_DashBeforeTheCommand_IsAnUnknownOption(string line, string option) =>
        Assert.Equal(option, Parse(line).UnknownOption);

    [Theory]
    [InlineData("peer02 -- x", true)]
    [InlineData("peer02 peer02 -- x", true)]
    [InlineData("--self -- x", true)]
    [InlineData("peer02 --self -- x", false)]
    [InlineData("peer02 peer03 -- x", false)]
    [InlineData("--type=peer -- x", false)]
    [InlineData("-- x", false)]
    public void IsSingle_OneMachineAskedForByItsName(string line, bool expected) => Assert.Equal(expected, Parse(line).IsSingle);

    private static CtrlWords Parse(string line) =>
        CtrlWords.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), word => word is "peer02" or "peer03");

    private static string Chosen(CtrlWords words) => string.Join(
        ' ',
        [.. words.Names, .. words.Self ? ["--self"] : Array.Empty<string>(), .. words.All ? ["--all"] : Array.Empty<string>(),
            .. words.Type is { } type ? [$"--type={type}"] : Array.Empty<string>()]);
}
