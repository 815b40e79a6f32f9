using Compeer.Configuration.Synchronisation;

namespace Compeer.Tests.Configuration.Synchronisation;

/// <summary>What a tree becomes by what another node offers.</summary>
public sealed class TreeMergeTests
{
    private static readonly FileTree Before = Trees.Folder("a=a@1", "b=b@1", "d/", "d/x=x@1");

    [Fact]
    public void Follow_WhatIsOffered_Rules()
    {
        var merged = TreeMerge.Follow(
            Trees.Folder("mine=1@9", "both=2@9", "odd?", "held=5@1"), Trees.Folder("both=3@1", "theirs=4@1", "held?"));

        Assert.Equal(Trees.Words(Trees.Folder("both=3@1", "held=5@1", "odd?", "theirs=4@1")), Trees.Words(merged));
    }

    [Theory]
    [InlineData("both the same", "a=a@1 b=b@1 d/ d/x=x@1", "a=a@1 b=b@1 d/ d/x=x@1", "a=a@1 b=b@1 d/ d/x=x@1")]
    [InlineData("changed by one each", "a=A@5 b=b@1 d/ d/x=x@1", "a=a@1 b=B@3 d/ d/x=x@1", "a=A@5 b=B@3 d/ d/x=x@1")]
    [InlineData("changed by both", "a=A@5 b=b@1 d/ d/x=x@1", "a=Z@4 b=b@1 d/ d/x=x@1", "a=A@5 b=b@1 d/ d/x=x@1")]
    [InlineData("added and deleted", "a=a@1 b=b@1 d/ d/x=x@1 n=n@9", "b=b@1 d/ d/x=x@1", "b=b@1 d/ d/x=x@1 n=n@9")]
    [InlineData("deleted and changed", "b=b@1 d/ d/x=x@1", "a=A@9 b=b@1 d/ d/x=x@1", "a=A@9 b=b@1 d/ d/x=x@1")]
    [InlineData("a folder deleted", "a=a@1 b=b@1", "a=a@1 b=b@1 d/ d/x=x@1", "a=a@1 b=b@1")]
    [InlineData("a folder deleted and something new in it", "a=a@1 b=b@1", "a=a@1 b=b@1 d/ d/x=x@1 d/y=y@7",
        "a=a@1 b=b@1 d/ d/y=y@7")]
    [InlineData("a file that became a folder", "a/ a/n=n@5 b=b@1 d/ d/x=x@1", "a=A@9 b=b@1 d/ d/x=x@1", "a/ a/n=n@5 b=b@1 d/ d/x=x@1")]
    public void Merge_BothEnds_ComeToTheSame(string what, string one, string other, string expected)
    {
        var (left, right) = (Trees.Folder(one.Split(' ')), Trees.Folder(other.Split(' ')));

        var atOne = TreeMerge.Merge(left, right, Before);
        var atOther = TreeMerge.Merge(right, left, Before);

        var said = $"{what}: {string.Join(' ', Trees.Words(atOne))} and {string.Join(' ', Trees.Words(atOther))}";
        Assert.True(atOne.IsSameAs(atOther), said);
        Assert.Equal(Trees.Words(Trees.Folder(expected.Split(' '))), Trees.Words(atOne));
    }

    [Fact]
    public void Merge_EqualTimes_HaveOneOrder()
    {
        var (one, other) = (Trees.Folder("a=one@5"), Trees.Folder("a=two@5"));

        Assert.Equal(Trees.Words(TreeMerge.Merge(one, other, FileTree.Empty)), Trees.Words(TreeMerge.Merge(other, one, FileTree.Empty)));
    }

    [Fact]
    public void Merge_NothingHere_IsBroughtBack() =>
        Assert.Equal(Trees.Words(Before), Trees.Words(TreeMerge.Merge(FileTree.Empty, Before, Before)));

    /// <summary>Any two trees, whatever both had before: both ends come to the same, and a second time changes nothing.</summary>
    [Fact]
    public void Merge_AnyTrees_Converges()
    {
        var random = new Random(5);
        var (deleted, overruled) = (0, 0);
        for (var round = 0; round < 2_000; round++)
        {
            var before = Any(random);
            var (one, other) = (Change(random, before), Change(random, before));
            var atOne = TreeMerge.Merge(one, other, before);
            var atOther = TreeMerge.Merge(other, one, before);
            var said = $"round {round}: {Said(before)} became {Said(one)} and {Said(other)}: {Said(atOne)}; {Said(atOther)}";
            Assert.True(atOne.IsSameAs(atOther), said);
            Assert.True(TreeChanges.Between(atOne, TreeMerge.Merge(atOne, atOther, before)).IsNone);
            Assert.NotNull(FileManifest.Decode(FileManifest.Encode(atOne), out _));
            deleted += before.Items.Keys.Any(name => !atOne.Items.ContainsKey(name)) ? 1 : 0;
            overruled += one.Items.Values.Any(item => !item.IsSameAs(atOne.Items.GetValueOrDefault(item.Name))) ? 1 : 0;
        }

        Assert.InRange(deleted, 200, 2_000);
        Assert.InRange(overruled, 200, 2_000);
    }

    [Fact]
    public void Changes_Order_IsWhatAFileSystemNeeds()
    {
        var changes = TreeChanges.Between(
            Trees.Folder("d/", "d/x=x@1", "f/", "f/g=g@1", "k=k@1", "s>k", "o?"), Trees.Folder("f=f@1", "k/", "k/y=y@1", "n/", "n/z=z@1"));

        Assert.Equal(["k", "f/g", "f"], changes.Cleared.Select(item => item.Name));
        Assert.Equal(["f", "k", "k/y", "n", "n/z"], changes.Put.Select(item => item.Name));
        Assert.Equal(["s", "d/x", "d"], changes.Deleted.Select(item => item.Name));
        Assert.True(TreeChanges.Between(Before, Before).IsNone);
    }

    private static string Said(FileTree tree) => string.Join(' ', Trees.Words(tree));

    private static FileTree Any(Random random)
    {
        var tree = Trees.Folder();
        for (var i = 0; i < 6; i++)
        {
            tree = Change(random, tree);
        }

        return tree;
    }

    private static FileTree Change(Random random, FileTree tree)
    {
        var items = tree.Items.ToDictionary();
        for (var i = random.Next(3); i >= 0; i--)
        {
            var folder = random.Next(2) == 0 ? "" : "d/";
            var name = folder + (char)('a' + random.Next(3));
            if (folder.Length > 0)
            {
                items["d"] = Trees.ItemOf("d/");
            }

            switch (random.Next(4))
            {
                case 0:
                    items.Remove(name);
                    break;
                case 1 when folder.Length > 0:
                    items = items.Where(item => !item.Key.StartsWith('d')).ToDictionary();
                    break;
                default:
                    items[name] = Trees.ItemOf($"{name}={random.Next(4)}@{random.Next(1, 5)}");
                    break;
            }
        }

        return new FileTree(items.Values);
    }
}
