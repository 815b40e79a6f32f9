using Compeer.Daemon.Nrdp;

namespace Compeer.Tests.Daemon.Nrdp;

/// <summary>The variables of a request.</summary>
public sealed class NrdpFormTests
{
    [Fact]
    public void Variables_OfQueryAndBody_AreReadAsPhpDoes()
    {
        var form = new NrdpForm("?cmd=hello&token=a%20b&empty=&xml=first", "xml=<a b='1'>c+d%26</a>&command[]=x&command[]=y%3B1");
        Assert.Equal("hello", form["cmd"]);
        Assert.Equal("a b", form["token"]);
        Assert.Null(form["empty"]);
        Assert.Null(form["missing"]);
        Assert.Equal("<a b='1'>c d&</a>", form["xml"]);
        Assert.Equal(["x", "y;1"], form.All("command"));
        Assert.Equal(["hello"], form.All("cmd"));
    }

    [Fact]
    public void Variables_MoreThanMayBe_AreNotReadOneByOne()
    {
        var form = new NrdpForm("", string.Concat(Enumerable.Range(0, 100_000).Select(number => $"v{number}=1&")));
        Assert.Equal("1", form["v98"]);
        Assert.Null(form["v200"]);
    }
}
