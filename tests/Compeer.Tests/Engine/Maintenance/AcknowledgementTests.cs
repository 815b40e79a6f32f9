using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Comments;
using Compeer.Engine.Events;

namespace Compeer.Tests.Engine.Maintenance;

/// <summary>Acknowledgements of one engine that owns everything.</summary>
public sealed class AcknowledgementTests : EntryHarness
{
    [Theory]
    [InlineData("ACKNOWLEDGE_HOST_PROBLEM;web1", "web1")]
    [InlineData("ACKNOWLEDGE_SVC_PROBLEM;web1;HTTP", "HTTP")]
    public void Give_OfAProblem_HoldsAndHasAComment(string command, string name)
    {
        Start();
        Result(name, 1);
        Output.Clear();
        Assert.Null(Give($"{command};1;1;0;anna;seen; ordered"));
        var given = Engine.AcknowledgementOf(name == "web1" ? Web1 : Http);
        Assert.Equal((AcknowledgementKind.Sticky, "anna", "seen; ordered", true), (given.Kind, given.Author, given.Text, given.Notifies));
        var comment = Assert.Single(Comments());
        Assert.Equal((CommentKind.Acknowledgement, "anna", "seen; ordered"), (comment.Kind, comment.Author, comment.Text));
        Assert.Equal(comment.Id, given.CommentId);
        Assert.Equal(
            [new EntryChange.OfComment(comment.Id, comment), new EntryChange.OfAcknowledgement(given.Id, given)], Output.Entries);
        var happened = Assert.Single(Output.Events, happened => happened.Kind == EventKind.AcknowledgementGiven);
        Assert.True(happened.IsMarked);
    }

    [Theory]
    [InlineData("ACKNOWLEDGE_HOST_PROBLEM;web1;1;1;0;anna;seen", "there is no problem to acknowledge")]
    [InlineData("ACKNOWLEDGE_SVC_PROBLEM_EXPIRE;web1;HTTP;1;1;0;5;anna;seen", "its end is past")]
    [InlineData("ACKNOWLEDGE_SVC_PROBLEM;web1;HTTP;1;2;0;anna;seen", "Failed validation of notify as type bool (argument 2)")]
    public void Give_WhatCannotBe_SaysWhy(string command, string reason)
    {
        Start();
        Result("HTTP", 1);
        Assert.Equal(reason, Give(command));
        Assert.Empty(Acknowledgements());
        Assert.Empty(Comments());
    }

    [Theory]
    [InlineData(0, 0, "12", false, 0)]
    [InlineData(0, 1, "12", false, 1)]
    [InlineData(0, 0, "11", true, 1)]
    [InlineData(1, 0, "12", true, 1)]
    [InlineData(1, 0, "10", false, 0)]
    [InlineData(2, 1, "120", false, 1)]
    [InlineData(1, 0, "101", false, 0)]
    public void Holds_StickyUntilRecovery_OthersUntilTheStateChanges(int sticky, int persistent, string codes, bool holds, int comments)
    {
        Start();
        Result("HTTP", codes[0] - '0');
        Clock.Move(TimeSpan.FromSeconds(1));
        Give($"ACKNOWLEDGE_SVC_PROBLEM;web1;HTTP;{sticky};0;{persistent};anna;seen");
        foreach (var code in codes[1..])
        {
            Clock.Move(TimeSpan.FromSeconds(1));
            Result("HTTP", code - '0');
        }

        Assert.Equal(holds, Engine.AcknowledgementOf(Http).Kind != AcknowledgementKind.None);
        Assert.Equal(holds ? 1 : 0, Acknowledgements().Count);
        Assert.Equal(comments, Comments().Count);
        Assert.Equal(!holds, Output.Entries.Any(entry => entry is EntryChange.OfAcknowledgement { Value: null }));
    }

    [Fact]
    public void Holds_ByActiveResults_GoesWithRecovery()
    {
        Start();
        Finish(Engine, "web1", 2);
        Give("ACKNOWLEDGE_HOST_PROBLEM;web1;0;0;0;anna;seen");
        Finish(Engine, "web1", 2);
        Assert.Single(Acknowledgements());
        Finish(Engine, "web1", 0);
        Assert.Empty(Acknowledgements());
        Assert.Empty(Comments());
    }

    [Theory]
    [InlineData("REMOVE_SVC_ACKNOWLEDGEMENT;web1;HTTP", 0)]
    [InlineData("REMOVE_HOST_ACKNOWLEDGEMENT;web1", 1)]
    public void Remove_OfTheObject(string command, int left)
    {
        Start();
        Result("HTTP", 2);
        Give("ACKNOWLEDGE_SVC_PROBLEM;web1;HTTP;1;0;0;anna;seen");
        Assert.Null(Give(command));
        Assert.Equal((left, left), (Acknowledgements().Count, Comments().Count));
    }

    [Fact]
    public void Expire_EndsByItself()
    {
        Start();
        Result("HTTP", 2);
        Assert.Null(Give($"ACKNOWLEDGE_SVC_PROBLEM_EXPIRE;web1;HTTP;1;0;0;{Seconds + 10};anna;seen"));
        Assert.Equal(Seconds + 10, new DateTimeOffset(Assert.Single(Comments()).ExpiresTicks, TimeSpan.Zero).ToUnixTimeSeconds());
        Pass(9);
        Assert.Single(Acknowledgements());
        Pass(1);
        Assert.Equal(AcknowledgementKind.None, Engine.AcknowledgementOf(Http).Kind);
        Assert.Empty(Acknowledgements());
        Assert.Empty(Comments());
    }

    /// <summary>Who does not own the object leaves it to the owner, and counts it as over; as the next owner he takes it away.</summary>
    [Fact]
    public void Expire_OfAnObjectElsewhere_IsOverAndLeftToItsOwner()
    {
        Start();
        Result("HTTP", 2);
        Assert.Null(Give($"ACKNOWLEDGE_SVC_PROBLEM_EXPIRE;web1;HTTP;1;0;0;{Seconds + 10};anna;seen"));
        Engine.Lose(Clock.Now, [Http], discardRunning: false, Output);
        Pass(9);
        Assert.NotEqual(AcknowledgementKind.None, Engine.AcknowledgementOf(Http).Kind);
        Pass(30);
        Assert.Equal(AcknowledgementKind.None, Engine.AcknowledgementOf(Http).Kind);
        Assert.Single(Acknowledgements());
        Assert.Single(Comments());
        Engine.Gain(Clock.Now, [Http], TimeSpan.Zero, Output);
        Assert.Empty(Acknowledgements());
        Assert.Empty(Comments());
    }

    [Fact]
    public void Give_Again_TakesThePlaceOfTheFormer()
    {
        Start();
        Result("HTTP", 2);
        Give("ACKNOWLEDGE_SVC_PROBLEM;web1;HTTP;1;0;0;anna;one");
        Give("ACKNOWLEDGE_SVC_PROBLEM;web1;HTTP;0;0;0;otto;two");
        Assert.Equal(("otto", AcknowledgementKind.Normal), (Engine.AcknowledgementOf(Http).Author, Engine.AcknowledgementOf(Http).Kind));
        Assert.Equal("two", Assert.Single(Comments()).Text);
    }

    [Fact]
    public void Take_ThatCameAtTheOwner_CountsForItsProblemOnly()
    {
        Start();
        Result("HTTP", 2);
        Give("ACKNOWLEDGE_SVC_PROBLEM;web1;HTTP;1;1;0;anna;seen");
        var given = Output.Entries.OfType<EntryChange.OfAcknowledgement>().Single();

        Start();
        Result("HTTP", 2);
        Output.Clear();
        Engine.Take(Clock.Now, given, Output);
        Assert.Equal("anna", Engine.AcknowledgementOf(Http).Author);
        Assert.True(Assert.Single(Output.Events, happened => happened.Kind == EventKind.AcknowledgementGiven).IsMarked);

        Start();
        Clock.Move(TimeSpan.FromSeconds(5));
        Result("HTTP", 2);
        Output.Clear();
        Engine.Take(Clock.Now, given, Output);
        Assert.Equal(AcknowledgementKind.None, Engine.AcknowledgementOf(Http).Kind);
        Assert.False(Output.Events[0].IsMarked);
        Assert.Contains(Output.Entries, entry => entry is EntryChange.OfAcknowledgement { Value: null });
    }

    [Fact]
    public void State_OfTheFormerOwner_TakesAwayWhatDoesNotHold()
    {
        Start();
        Result("HTTP", 2);
        Give("ACKNOWLEDGE_SVC_PROBLEM;web1;HTTP;1;1;0;anna;seen");
        Engine.Store(Http, Engine[Http] with { State = 0 }, TimeSpan.Zero, Output);
        Assert.Empty(Acknowledgements());
    }
}
