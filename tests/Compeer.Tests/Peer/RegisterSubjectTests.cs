using System.Text;
using Compeer.Cluster.Model;
using Compeer.Peer;

namespace Compeer.Tests.Peer;

/// <summary>What values are about decides which groups of nodes get them.</summary>
public sealed class RegisterSubjectTests
{
    /// <summary>Contacts are told by all nodes: what is changed of them goes from masters to all pollers, and never back.</summary>
    [Theory]
    [InlineData(RegisterKind.ContactSettings, "ada", RegisterScope.Program)]
    [InlineData(RegisterKind.OperatorSettings, "\n", RegisterScope.Program)]
    [InlineData(RegisterKind.OperatorSettings, "web1", RegisterScope.Object)]
    [InlineData(RegisterKind.CheckState, "web1\nHTTP", RegisterScope.Object)]
    [InlineData(RegisterKind.Notifications, "web1\nHTTP", RegisterScope.Object)]
    [InlineData(RegisterKind.Deliveries, "web1\nHTTP", RegisterScope.Object)]
    public void Of_Kind_IsTheScope(RegisterKind kind, string name, RegisterScope scope)
    {
        ReadOnlyMemory<byte> key = Encoding.UTF8.GetBytes(name);
        var subject = RegisterSubjects.Of(new RegisterKey(kind, key, Setting: kind == RegisterKind.ContactSettings ? 3u : 0), [1]);

        Assert.Equal(scope, subject.Scope);
        Assert.Equal(scope == RegisterScope.Object ? name : "", Encoding.UTF8.GetString(subject.Object.Span));
    }
}
