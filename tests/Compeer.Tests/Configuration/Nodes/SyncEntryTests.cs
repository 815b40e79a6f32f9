using Compeer.Configuration.Nodes;

namespace Compeer.Tests.Configuration.Nodes;

public sealed class SyncEntryTests
{
    [Theory]
    [InlineData("/a/f", "/a/f", false, false, "/a/f")]
    [InlineData("/a/f", "/b/g", false, false, "/b/g")]
    [InlineData("/a/f", "/b/", false, true, "/b/f")]
    [InlineData("/a/f", "/b", false, true, "/b/f")]
    [InlineData("/a/d", "/a/d", true, true, "/a/d")]
    [InlineData("/a/d", "/b/d", true, true, "/b/d")]
    [InlineData("/a/d", "/b", true, true, "/b/d")]
    [InlineData("/a/d", "/b", true, false, "/b/d")]
    [InlineData("/a/d", "/b/", true, true, "/b/d")]
    [InlineData("/a/d/", "/a/d/", true, true, "/a/d")]
    [InlineData("/a/d/", "/b", true, true, "/b")]
    [InlineData("/a/d/", "/b/", true, false, "/b")]
    public void TargetOf_Forms_IsWhereRsyncWouldPutIt(string source, string destination, bool isFolder, bool isThere, string expected) =>
        Assert.Equal(expected, new SyncEntry(source, destination).TargetOf(isFolder, isThere));

    [Theory]
    [InlineData("/a", "")]
    [InlineData("/a/b/", "")]
    [InlineData("a", "is not absolute; it has to begin with /")]
    [InlineData("/", "is the whole file system")]
    [InlineData("//", "is the whole file system")]
    [InlineData("/a//b", "has an empty part")]
    [InlineData("/a/../etc/shadow", "has the part \"..\", which leads elsewhere")]
    [InlineData("/a/./b", "has the part \".\", which leads elsewhere")]
    public void Problem_Path_IsSaid(string path, string expected) => Assert.Equal(expected, SyncEntry.Problem(path));
}
