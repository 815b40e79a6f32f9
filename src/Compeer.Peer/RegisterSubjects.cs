using Compeer.Cluster.Model;
using Compeer.Configuration.Text;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Peer;

/// <summary>What the values of the cluster's registers are about: the cluster knows them as bytes.</summary>
internal static class RegisterSubjects
{
    /// <summary>What a value is about.</summary>
    public static RegisterSubject Of(RegisterKey key, ReadOnlySpan<byte> payload) => key.Kind switch
    {
        RegisterKind.CheckState or RegisterKind.Notifications or RegisterKind.Deliveries =>
            new RegisterSubject(RegisterScope.Object, key.Key),
        RegisterKind.OperatorSettings when OperatorRegisters.IsProgram(key) => new RegisterSubject(RegisterScope.Program),
        RegisterKind.OperatorSettings => new RegisterSubject(RegisterScope.Object, key.Key),

        // A contact is told by all nodes, each of what it owns.
        RegisterKind.ContactSettings => new RegisterSubject(RegisterScope.Program),

        // A removal, and the word that a downtime began, name an id and nothing else.
        _ when payload.IsEmpty || key.Setting != 0 => default,
        RegisterKind.Comments => Of(EntryCodec.Comment(payload)?.Object),
        RegisterKind.Downtimes => Of(EntryCodec.Downtime(payload)?.Object),
        RegisterKind.Acknowledgements => Of(EntryCodec.Acknowledgement(payload)?.Object),
        _ => default,
    };

    private static RegisterSubject Of(ObjectName? name) => name is not { } some ? default
        : new RegisterSubject(
            RegisterScope.Object, ConfigurationText.Encode(some.Service is null ? some.Host : $"{some.Host}\n{some.Service}"));
}
