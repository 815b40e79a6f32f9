using System.Net.Sockets;
using System.Runtime.InteropServices;
using Compeer.Platform.Errors;

namespace Compeer.Tests.Platform;

public sealed class SystemErrorTests
{
    [Fact]
    public void Words_EveryErrno_AreOurs()
    {
        for (var errno = 1; errno < 134; errno++)
        {
            var words = SystemError.Words(errno);
            Assert.Matches("^[a-z][^\n]*[a-z0-9)]$", words);
            Assert.False(words.Equals(Marshal.GetPInvokeErrorMessage(errno), StringComparison.OrdinalIgnoreCase), words);
        }
    }

    [Theory]
    [InlineData(Errno.TooManyFiles, "LimitNOFILE=")]
    [InlineData(Errno.TooManyFilesInSystem, "fs.file-max")]
    [InlineData(Errno.Again, "TasksMax=")]
    [InlineData(Errno.NoSpace, "make room")]
    public void Words_WhereSomethingCanBeDone_SayWhat(int errno, string advice) =>
        Assert.Contains(advice, SystemError.Words(errno), StringComparison.Ordinal);

    [Fact]
    public void Of_ExceptionsOfTheRuntime_FindsTheErrno()
    {
        Assert.Equal(Errno.NoEntry, Of(() => File.ReadAllBytes("/nonexistent/x")));
        Assert.Equal(Errno.NoEntry, Of(() => File.ReadAllBytes("/nonexistent")));
        Assert.Equal(Errno.AccessDenied, Of(() => File.ReadAllBytes("/")));
        Assert.Equal(Errno.NoSpace, Of(() => File.WriteAllText("/dev/full", "x")));
        Assert.Equal(Errno.NameTooLong, Of(() => File.WriteAllText("/tmp/" + new string('x', 300), "")));
        Assert.Equal(111, Of(Connect));
        Assert.Null(SystemError.Of(new InvalidOperationException("ours")));
    }

    [Fact]
    public void Words_ExceptionOfTheRuntime_AreNotTheRuntimes()
    {
        var full = Record.Exception(() => File.WriteAllText("/dev/full", "x"));
        Assert.Equal("no space is left on the disk (see df and df -i); make room", SystemError.Words(full));
        Assert.Equal("ours", SystemError.Words(new InvalidOperationException("ours")));
    }

    [Theory]
    [InlineData(SocketError.TryAgain, "no name server answers")]
    [InlineData(SocketError.HostNotFound, "no machine of that name")]
    [InlineData(SocketError.NoData, "no machine of that name")]
    [InlineData(SocketError.NoRecovery, "the name server refuses")]
    public void Words_NameWithoutAnAddress_SpeakOfTheName(SocketError error, string words) =>
        Assert.Contains(words, SystemError.Words(new SocketException((int)error)), StringComparison.Ordinal);

    private static int? Of(Action action) => SystemError.Of(Record.Exception(action));

    private static void Connect()
    {
        // Nobody listens on port 1 of the loopback.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(System.Net.IPAddress.Loopback, 1);
    }
}
