using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Events;

/// <summary>What was told as bytes: other versions read it.</summary>
public sealed class NotificationStateCodecTests
{
    private static readonly NotificationState Told = new()
    {
        Number = 3,
        LastTicket = 9,
        LastTicks = 100,
        NextTicks = 200,
        NotifiedOn = StateOptions.Down | StateOptions.Unreachable,
        NoMore = true,
        Reason = NotificationReason.NotYet,
        ReasonTicks = 300,
        Acknowledged = new EntryId(7, 5),
        LeftOut = [new LeftOutContact("eve", NotificationReason.OutsidePeriod)],
        Pending =
        [
            new PendingNotification(9, NotificationType.Custom, 100)
            {
                State = 2,
                Number = 3,
                IsEscalated = true,
                Author = "Bob",
                Comment = "hello",
                Recipients = ["ada", "eve"],
                Left = [new NotificationDelivery("ada", 1), new NotificationDelivery("", 0)],
            },
        ],
    };

    [Fact]
    public void BytesNeverChange()
    {
        var bytes = NotificationStateCodec.Encode(Told);
        Assert.Equal(Told, NotificationStateCodec.Decode(bytes));
        Assert.Equal(
            "08031009186420C80128303001381540AC024A070A036576651003522D0809100918642002280330013A03426F62420568656C6C6F4A03616461"
                + "4A0365766552070A03616461100152005A18000000000000000700000000000000000000000000000005",
            Convert.ToHexString(bytes));
    }

    [Fact]
    public void None_IsNothing()
    {
        Assert.Empty(NotificationStateCodec.Encode(NotificationState.None));
        Assert.Equal(NotificationState.None, NotificationStateCodec.Decode([]));
    }

    [Theory]
    [InlineData("FF")]
    [InlineData("08FFFFFFFFFFFFFFFFFF01")] // a number below zero
    [InlineData("18FFFFFFFFFFFFFFFFFF01")] // a time before all
    [InlineData("52040801100F")] // cut
    [InlineData("520408011063")] // a type of a later version
    public void Decode_WhatThisVersionCannotRead_IsNull(string hex) =>
        Assert.Null(NotificationStateCodec.Decode(Convert.FromHexString(hex)));
}
