using System.Globalization;
using System.Text;
using Compeer.Configuration.Synchronisation;

namespace Compeer.Tests.Configuration.Synchronisation;

/// <summary>Trees as text: there and back, and nothing taken that breaks a rule.</summary>
public sealed class FileManifestTests
{
    private const string Root = "folder 755 m m \n";
    private static readonly string Hash = new('a', 64);

    [Fact]
    public void Encode_Tree_IsReadBackAsItWas()
    {
        var tree = Trees.Folder("a=one@5", "b/", "b/with blank =two@6", "b/l>../a", "c?", "é=x@7");

        var back = FileManifest.Decode(FileManifest.Encode(tree), out var problem);

        Assert.Equal("", problem);
        Assert.Equal(tree.Items.Values, back!.Items.Values.Select(item => item with { }));
        Assert.Equal(FileManifest.Encode(tree), FileManifest.Encode(back));
    }

    [Fact]
    public void Encode_SingleFile_HasNoName()
    {
        var tree = new FileTree([Trees.ItemOf("=one@5")]);

        Assert.Equal(
            $"compeer files 1\nfile 644 {Trees.Nobody} {Trees.Nobody} 5 3 {Trees.HashOf("one")} \n",
            Encoding.UTF8.GetString(FileManifest.Encode(tree)));
        Assert.Equal(tree.Root, FileManifest.Decode(FileManifest.Encode(tree), out _)!.Root);
    }

    [Theory]
    [InlineData("", "no list of files")]
    [InlineData("something\n", "no list of files")]
    [InlineData("compeer files 1\nfolder 755 m m ", "no list of files")]
    [InlineData("compeer files 1\nfolder 755 m m \nnonsense\n", "a line that makes no sense")]
    [InlineData("compeer files 1\nfolder 7777 m m \n", "a line that makes no sense")]
    [InlineData("compeer files 1\nfolder 755 m m \nfile 644 m m -1 1 HASH a\n", "a line that makes no sense")]
    [InlineData("compeer files 1\nfolder 755 m m \nfile 644 m m 1 99999999999999999999 HASH a\n", "a line that makes no sense")]
    [InlineData("compeer files 1\nfolder 755 m m \nfile 644 m m 1 1 abc a\n", "a line that makes no sense")]
    [InlineData("compeer files 1\nfolder 755 m m \nfile 644 m m 1 1 HASH ../a\n", "a name that leads elsewhere")]
    [InlineData("compeer files 1\nfolder 755 m m \nfile 644 m m 1 1 HASH /etc/passwd\n", "a name that leads elsewhere")]
    [InlineData("compeer files 1\nfolder 755 m m \nfolder 755 m m a\nfile 644 m m 1 1 HASH a/./b\n", "a name that leads elsewhere")]
    [InlineData("compeer files 1\nfolder 755 m m \nfile 644 m m 1 1 HASH a/b\n", "a name that leads elsewhere")]
    [InlineData("compeer files 1\nfolder 755 m m \nlink 1 b a\nfile 644 m m 1 1 HASH a/b\n", "a name that leads elsewhere")]
    [InlineData("compeer files 1\nfolder 755 m m \nfile 644 m m 1 1 HASH a\tb\n", "no text")]
    [InlineData("compeer files 1\nfolder 755 m m \nfile 644 m m 1 1 HASH .compeer-sync-x\n", "unfinished")]
    [InlineData("compeer files 1\nfolder 755 m m \nlink 4 ../x a\n", "a link that leads out of it")]
    [InlineData("compeer files 1\nfolder 755 m m \nlink 11 /etc/passwd a\n", "a link that leads out of it")]
    [InlineData("compeer files 1\nlink 1 x \n", "of what is none")]
    [InlineData("compeer files 1\nfolder 755 m m \nfile 644 m m 1 67108865 HASH a\n", "a file of 67108865 bytes")]
    [InlineData("compeer files 1\nfolder 755 m m \nfolder 755 m m a\nfolder 755 m m a\n", "names one twice")]
    [InlineData("compeer files 1\nfile 644 m m 1 1 HASH a\n", "a name that leads elsewhere")]
    public void Decode_WhatBreaksARule_IsRefusedAsAWhole(string text, string reason)
    {
        Assert.Null(FileManifest.Decode(Encoding.UTF8.GetBytes(text.Replace("HASH", Hash, StringComparison.Ordinal)), out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_TooManyFilesOrBytes_IsRefused()
    {
        var many = string.Concat(Enumerable.Range(0, FileTree.MaxItems)
            .Select(i => $"left {i.ToString("d5", CultureInfo.InvariantCulture)}\n"));
        Assert.Null(FileManifest.Decode(Encoding.UTF8.GetBytes("compeer files 1\n" + Root + many), out var problem));
        Assert.Contains("10001 files; at most 10000", problem, StringComparison.Ordinal);

        var large = string.Concat(Enumerable.Range(0, 5).Select(i => $"file 644 m m 1 {60 << 20} {Hash} {i}\n"));
        Assert.Null(FileManifest.Decode(Encoding.UTF8.GetBytes("compeer files 1\n" + Root + large), out problem));
        Assert.Contains("at most 268435456 are taken", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "b", true)]
    [InlineData("a/b", "../c", true)]
    [InlineData("a/b", "../../c", false)]
    [InlineData("a", "b/../../c", false)]
    [InlineData("a", "/b", false)]
    [InlineData("a", "", false)]
    [InlineData("a", "b\n", false)]
    public void ProblemOfLink_Target_StaysInside(string name, string target, bool stays) =>
        Assert.Equal(stays, FileNames.ProblemOfLink(name, target).Length == 0);
}
