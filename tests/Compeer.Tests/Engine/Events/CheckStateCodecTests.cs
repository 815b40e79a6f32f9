using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Google.Protobuf;

namespace Compeer.Tests.Engine.Events;

public sealed class CheckStateCodecTests
{
    private static readonly CheckState Full = new()
    {
        State = 2,
        LastState = 1,
        LastHardState = 3,
        Attempt = 4,
        IsSoft = true,
        HostProblemAtLastCheck = true,
        HasBeenChecked = true,
        LastCheckTicks = 101,
        NextCheckTicks = 102,
        LastStateChangeTicks = 103,
        LastHardStateChangeTicks = 104,
        LastTimeState0Ticks = 105,
        LastTimeState1Ticks = 106,
        LastTimeState2Ticks = 107,
        LastTimeState3Ticks = 108,
        LatencyTicks = 109,
        ExecutionTicks = 110,
        History = new EventHistory
        {
            EventId = 111,
            LastEventId = 112,
            ProblemStartTicks = 113,
            ProblemEndTicks = 114,
            LastProblemStartTicks = 115,
        },
        StateHistory = new StateHistory(116),
        IsFlapping = true,
        IsPassive = true,
        Text = "outlongperf"u8.ToArray(),
        OutputLength = 3,
        LongOutputLength = 4,
    };

    /// <summary>The schema as every release must keep it. A new field adds bytes at the end; nothing else may change.</summary>
    [Fact]
    public void Encode_EveryField_BytesNeverChange()
    {
        const string Golden = "0802100118032004280130013801"
            + "40654866506758686069686A706B786C80016D88016E"
            + "92010" + "36F7574" + "9A01046C6F6E67" + "A2010470657266"
            + "A8016FB00170B80171C00172C80173" + "D00174D80101" + "E00101";
        Assert.Equal(Golden, Convert.ToHexString(CheckStateCodec.Encode(Full)));
    }

    [Fact]
    public void Encode_AfterOthers_HasNothingOfThem()
    {
        var encoder = new CheckStateEncoder();
        var empty = new CheckState { State = 0, LastState = 0, LastHardState = 0, Attempt = 1 };
        var large = Full with { Text = new byte[2000], LongOutputLength = 1990 };
        foreach (var state in new[] { Full, empty, large, Full, empty })
        {
            Assert.Equal(CheckStateCodec.Encode(state), encoder.Encode(state).ToArray());
        }
    }

    [Fact]
    public void Decode_Encoded_IsTheSame()
    {
        var decoding = CheckStateCodec.Decode(CheckStateCodec.Encode(Full));
        Assert.Null(decoding.Error);
        Assert.Equal("out", decoding.State!.Output.Text());
        Assert.Equal("long", decoding.State.LongOutput.Text());
        Assert.Equal("perf", decoding.State.PerformanceData.Text());
        Assert.Equal(Full, decoding.State with { Text = Full.Text });
    }

    [Fact]
    public void Decode_TextThatIsNotUtf8_IsKept()
    {
        byte[] text = [0, 0xFF, 0xC3, 0x28, (byte)'\n'];
        var state = Full with { Text = text, OutputLength = 2, LongOutputLength = 2 };
        Assert.Equal(text, CheckStateCodec.Decode(CheckStateCodec.Encode(state)).State!.Text.ToArray());
    }

    [Fact]
    public void Decode_FieldsOfALaterRelease_AreSkipped()
    {
        // Field 99, a number, and field 100, bytes.
        byte[] later = [.. CheckStateCodec.Encode(Full), 0x98, 0x06, 0x05, 0xA2, 0x06, 0x02, 0x01, 0x02];
        Assert.Equal(Full, CheckStateCodec.Decode(later).State! with { Text = Full.Text });
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "state 4", "0 to 3 are allowed" },
        { "no attempt", "it starts at 1" },
        { "huge attempt", "it starts at 1" },
        { "negative time", "a check state with the time -1" },
        { "time after the last", "a check state with the time" },
        { "event beyond all", "a check state with the events 112 and" },
        { "negative event", "a check state with the events -1 and" },
        { "long text", "at most 65536 are allowed" },
        { "too many bytes", "at most" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Decode_WhatNoEncoderWrites_IsAnError(string what, string expected)
    {
        var message = CheckStateMessage.Parser.ParseFrom(CheckStateCodec.Encode(Full));
        switch (what)
        {
            case "state 4":
                message.State = 4;
                break;
            case "no attempt":
                message.Attempt = 0;
                break;
            case "huge attempt":
                message.Attempt = uint.MaxValue;
                break;
            case "negative time":
                message.NextCheck = -1;
                break;
            case "time after the last":
                message.Latency = long.MaxValue;
                break;
            case "event beyond all":
                message.EventId = EventHistory.HighestEventId + 1;
                break;
            case "negative event":
                message.LastEventId = -1;
                break;
            case "long text":
                message.Output = ByteString.CopyFrom(new byte[EngineLimits.TextPart + 1]);
                break;
            default:
                message.LongOutput = ByteString.CopyFrom(new byte[CheckStateCodec.LongestEncoding]);
                break;
        }

        var decoding = CheckStateCodec.Decode(message.ToByteArray());
        Assert.Null(decoding.State);
        Assert.Contains(expected, decoding.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_DamagedBytes_NeverThrows()
    {
        var good = CheckStateCodec.Encode(Full);
        var random = new Random(11);
        var refused = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var bad = good[..random.Next(1, good.Length + 1)];
            for (var change = random.Next(4); change >= 0; change--)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            }

            var decoding = CheckStateCodec.Decode(bad);
            Assert.True(decoding.State is null != decoding.Error is null);
            refused += decoding.Error is null ? 0 : 1;
        }

        Assert.InRange(refused, 2000, 19_900);
    }

    [Fact]
    public void Decode_LongestTexts_AreWithinTheLimit()
    {
        var text = new byte[3 * EngineLimits.TextPart];
        const int Longest = EngineLimits.TextPart;
        var state = Full with { Text = text, OutputLength = Longest, LongOutputLength = Longest };
        Assert.Null(CheckStateCodec.Decode(CheckStateCodec.Encode(state)).Error);
    }
}
