using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Wire;

/// <summary>
/// Holds the numbers of link.proto still. A change that breaks this breaks clusters of mixed versions: append, never
/// renumber, never reuse.
/// </summary>
public sealed class LinkSchemaTests
{
    private const string Golden = """
        Ack:
          frames=1 UInt64
        Answered:
          origin=1 Bytes
          incarnation=2 Int64
          number=3 Int64
          failure=4 String
          hops=5 UInt32
        CheckTest:
          number=1 Int64
          host=2 Bytes
          service=3 Bytes
        CheckTestResult:
          number=1 Int64
          outcome=2 UInt32
          code=3 Int32
          output=4 Bytes
          started_at=5 Int64
          duration=6 Int64
        Configuration:
          number=1 Int64
          hash=2 String
          origin=3 Bytes
          history=4 Bytes
          ancestors=5 Fixed64
        ContentPart:
          hash=1 String
          offset=2 Int64
          total=3 Int64
          missing=4 Bool
          data=5 Bytes
          files=6 Bool
        ContentRequest:
          hash=1 String
          offset=2 Int64
          length=3 UInt32
          files=4 Bool
        Entries:
          kind=1 UInt32
          origin=2 Bytes
          items=3 Message
        Entry:
          number=1 Int64
          payload=2 Bytes
        FilesOffer:
          paths=1 Message
        FilesReport:
          paths=1 Message
        Frame:
          hello=1 Message
          pulse=2 Message
          reports=3 Message
          updates=4 Message
          sync_request=5 Message
          sync_done=6 Message
          ack=7 Message
          request=8 Message
          seen=9 Message
          refused=10 Message
          objects_request=11 Message
          objects=12 Message
          entries=13 Message
          streams=14 Message
          answered=15 Message
          content_request=20 Message
          content_part=21 Message
          files_offer=22 Message
          files_report=23 Message
          check_test=24 Message
          check_test_result=25 Message
        Hello:
          magic=1 Fixed64
          min_version=2 UInt32
          max_version=3 UInt32
          capabilities=4 UInt64
          node=5 Bytes
          incarnation=6 Int64
          software_version=7 String
          configuration=8 Message
          receiver_kind=9 UInt32
          silence_limit_ms=10 UInt32
          wall_ms=11 Int64
          receiver_groups=12 String
          receiver_silent=13 Bool
          uuid=14 String
        Known:
          origin=1 Bytes
          bounds=2 Int64
          dropped=3 Int64
          partial=4 Bool
        NodeKnowledge:
          node=1 Bytes
          known=2 Message
          incarnation=3 Int64
        Objects:
          hash=1 String
          keys=2 Fixed64
          more=3 Bool
        ObjectsRequest:
          hash=1 String
        OfferedPath:
          path=1 String
          hash=2 String
          version=3 Message
        PathReport:
          path=1 String
          hash=2 String
          outcome=3 UInt32
          reason=4 String
        Present:
          origin=1 UInt32
          numbers=2 Int64
        Pulse:
          sent_ticks=1 Int64
          echo_ticks=2 Int64
          echo_held_ticks=3 Int64
          wall_ms=4 Int64
          known=6 Message
          report_digest=7 Fixed64
          frames=8 UInt64
        Refused:
          reason=1 String
          code=2 UInt32
        Report:
          node=1 Bytes
          incarnation=2 Int64
          sequence=3 Int64
          revision=4 Int64
          acting=5 Bool
          leaving=6 Bool
          configuration=7 Message
          edges=8 Message
          configured=9 Bytes
          applied=10 Fixed64
          running=11 Fixed64
          written=12 Int64
          longest_check_ms=13 UInt32
          objects=14 UInt32
          held=15 UInt32
          unchecked=16 Message
          refused_hash=20 String
          refused_reason=21 String
          masters=22 Bytes
          pollers=23 Bytes
          shape=24 Fixed64
          silent=25 Bool
          sending=26 Fixed64
          edges_ahead_ms=27 SInt64
        Reports:
          reports=1 Message
        Request:
          owner=1 Bytes
          key=2 Bytes
          payload=3 Bytes
          hops=4 UInt32
          origin=5 Bytes
          incarnation=6 Int64
          number=7 Int64
        Run:
          node=1 Bytes
          incarnation=2 Int64
        Seen:
          nodes=1 Message
        StreamState:
          kind=1 UInt32
          origin=2 Bytes
          bounds=3 Int64
          floor=4 Int64
          wanted=5 Bool
        Streams:
          streams=1 Message
          frames=2 UInt64
        SyncDone:
          sync=1 UInt64
          known=2 Message
          listed=3 Bool
        SyncRequest:
          sync=1 UInt64
          known=2 Message
          elements=3 Fixed64
        Unchecked:
          number=1 UInt32
          exact=2 Bool
          names=3 String
          hosts=4 UInt32
        Update:
          origin=1 UInt32
          sequence=2 Int64
          clock=3 Fixed64
          kind=4 UInt32
          key=5 Bytes
          payload=6 Bytes
          epoch=7 UInt32
          setting=8 UInt32
          removed=9 Bool
        Updates:
          sync=1 UInt64
          origins=2 Bytes
          items=3 Message
          present=4 Message
        """;

    [Fact]
    public void Schema_AgainstWhatWasReleased_IsTheSame()
    {
        var lines = Compeer.Cluster.Wire.Proto.LinkReflection.Descriptor.MessageTypes
            .OrderBy(message => message.Name, StringComparer.Ordinal)
            .Select(message => message.Name + ":" + string.Concat(message.Fields.InDeclarationOrder()
                .Select(field => $"\n  {field.Name}={field.FieldNumber} {field.FieldType}")));

        Assert.Equal(Golden.ReplaceLineEndings("\n"), string.Join('\n', lines));
    }

    [Fact]
    public void Magic_AgainstWhatWasReleased_IsTheSame() => Assert.Equal(0x434F_4D50_4545_5201UL, ProtocolLimits.Magic);
}
