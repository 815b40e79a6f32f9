using Compeer.Cli.Transfer;

namespace Compeer.Tests.Cli.Transfer;

public sealed class RsyncChangesTests
{
    [Fact]
    public void Read_Items_AreAddedChangedAndDeleted()
    {
        var changes = RsyncChanges.Read(
        [
            "cd+++++++++ sub/", "<f+++++++++ a new file", ">f.st...... changed", ".f...p..... mode", "*deleting   gone", ".d..t...... ./",
            "cL+++++++++ link -> a", "sent 5 bytes",
        ]);

        Assert.Equal(
            [("add", "sub/"), ("add", "a new file"), ("change", "changed"), ("change", "mode"), ("delete", "gone"), ("add", "link -> a")],
            changes.All.ToArray());
        Assert.Equal("3 added, 2 changed, 1 deleted", changes.ToString());
        Assert.Equal("the same already", RsyncChanges.Read([".d..t...... ./"]).ToString());
    }
}
