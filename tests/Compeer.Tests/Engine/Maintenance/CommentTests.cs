using Compeer.Engine.Comments;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Tests.Engine.Maintenance;

/// <summary>Comments, from the commands to what every node has.</summary>
public sealed class CommentTests : EntryHarness
{
    [Theory]
    [InlineData("ADD_HOST_COMMENT;web1;1;anna;disk; ordered", null)]
    [InlineData("ADD_SVC_COMMENT;web1;HTTP;1;anna;disk; ordered", "HTTP")]
    public void Add_IsThereAndGoesToAll(string command, string? service)
    {
        Start();
        Assert.Null(Give(command));
        var comment = Assert.Single(Comments());
        Assert.Equal((new ObjectName("web1", service), "anna", "disk; ordered"), (comment.Object, comment.Author, comment.Text));
        Assert.Equal((CommentKind.User, true, true), (comment.Kind, comment.IsPersistent, comment.IsExternal));
        Assert.Equal((1ul, Clock.Now.Wall.UtcTicks), (comment.Id.Number, comment.EntryTicks));
        Assert.Equal([new EntryChange.OfComment(comment.Id, comment)], Output.Entries);
    }

    [Fact]
    public void Delete_ByNumber_OfItsKindOfObjectOnly()
    {
        Start();
        Give("ADD_HOST_COMMENT;web1;1;anna;one");
        Give("ADD_SVC_COMMENT;web1;HTTP;1;anna;two");
        Assert.Equal("there is no comment 2 of a host", Give("DEL_HOST_COMMENT;2"));
        Assert.Equal("there is no comment 7 of a service", Give("DEL_SVC_COMMENT;7"));
        Assert.Equal("there is no comment 0 of a service", Give("DEL_SVC_COMMENT;0"));
        Output.Clear();
        Assert.Null(Give("DEL_HOST_COMMENT;1"));
        Assert.Equal("two", Assert.Single(Comments()).Text);
        Assert.Null(Assert.IsType<EntryChange.OfComment>(Assert.Single(Output.Entries)).Value);
        Assert.Null(Give("DEL_SVC_COMMENT;2"));
        Assert.Empty(Comments());

        // A number is not used again.
        Give("ADD_HOST_COMMENT;web1;1;anna;three");
        Assert.Equal(3ul, Assert.Single(Comments()).Id.Number);
    }

    [Theory]
    [InlineData("DEL_ALL_HOST_COMMENTS;web1", "service,other")]
    [InlineData("DEL_ALL_SVC_COMMENTS;web1;HTTP", "host,more,other")]
    public void DeleteAll_OfOneObject(string command, string left)
    {
        Start();
        Give("ADD_HOST_COMMENT;web1;1;anna;host");
        Give("ADD_HOST_COMMENT;web1;0;anna;more");
        Give("ADD_SVC_COMMENT;web1;HTTP;1;anna;service");
        Give("ADD_HOST_COMMENT;web2;1;anna;other");
        Assert.Null(Give(command));
        Assert.Equal(left.Split(','), Comments().Select(comment => comment.Text));
    }

    [Theory]
    [InlineData(EngineLimits.EntryAuthor + 1, 1, "the author is longer than 256 characters")]
    [InlineData(1, EngineLimits.EntryText + 1, "the comment is longer than 8192 characters")]
    [InlineData(EngineLimits.EntryAuthor, EngineLimits.EntryText, null)]
    public void Add_TooLong_IsRefusedAndSaysWhy(int author, int text, string? refusal)
    {
        Start();
        Assert.Equal(refusal, Give($"ADD_HOST_COMMENT;web1;1;{new string('a', author)};{new string('t', text)}"));
        Assert.Equal(refusal is null ? 1 : 0, Comments().Count);
        Assert.Equal(refusal is not null, Output.Lines().Any(line => line.EndsWith($"({refusal})", StringComparison.Ordinal)));
    }

    [Fact]
    public void Add_TooMany_IsRefused()
    {
        Start();
        for (ulong number = 1; number <= EngineLimits.Comments; number++)
        {
            Engine.Take(Clock.Now, Foreign(number, "web1"), Output);
        }

        Assert.Equal("there would be more than 100000 comments", Give("ADD_HOST_COMMENT;web1;1;anna;one more"));
    }

    [Fact]
    public void Flapping_HasACommentUntilItEnds()
    {
        Engine = Start("enable_flap_detection=1", Objects.Replace("attempts 3", "attempts 1", StringComparison.Ordinal));
        foreach (var code in "02020202")
        {
            Finish(Engine, "HTTP", code - '0');
        }

        var comment = Assert.Single(Comments());
        Assert.Equal((CommentKind.Flapping, "(Naemon Process)", false), (comment.Kind, comment.Author, comment.IsPersistent));
        Assert.Equal(
            "This service is flapping: it changes too often (35.5% change >= 30.0% threshold). "
                + "Notifications are held back until it ceases to.",
            comment.Text);
        foreach (var _ in Enumerable.Range(0, 19))
        {
            Finish(Engine, "HTTP", 0);
        }

        Assert.Empty(Comments());
    }

    [Theory]
    [InlineData("PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;{0};x", "DISABLE_SVC_FLAP_DETECTION;web1;HTTP")]
    [InlineData("PROCESS_HOST_CHECK_RESULT;web1;{0};x", "DISABLE_FLAP_DETECTION")]
    public void Flapping_ByResultsFromOutside_HasACommentUntilDetectionIsOff(string command, string off)
    {
        Engine = Start("enable_flap_detection=1", Objects.Replace("attempts 3", "attempts 1", StringComparison.Ordinal));
        foreach (var code in "01010101")
        {
            Give(command.Replace("{0}", code.ToString(), StringComparison.Ordinal));
        }

        var comment = Assert.Single(Comments());
        var (kind, sign) = comment.Object.Service is null ? ("host", ">") : ("service", ">=");
        Assert.Equal(CommentKind.Flapping, comment.Kind);
        Assert.StartsWith($"This {kind} is flapping: ", comment.Text, StringComparison.Ordinal);
        Assert.Contains($"% change {sign} 30.0% threshold)", comment.Text, StringComparison.Ordinal);
        Give(off);
        Assert.Empty(Comments());
    }

    [Fact]
    public void Gain_OfAnObjectThatCeasedToFlap_RemovesWhatItsOwnerLeft()
    {
        Start();
        Engine.Lose(Clock.Now, [Web1], discardRunning: false);
        var left = Foreign(4, "web1") with { };
        Engine.Take(Clock.Now, left with { Value = left.Value! with { Kind = CommentKind.Flapping } }, Output);
        Assert.Single(Comments());
        Engine.Gain(Clock.Now, [Web1], TimeSpan.Zero, Output);
        Assert.Empty(Comments());
    }

    [Fact]
    public void Take_OfAnotherNode_IsTakenOnceAndRemoved()
    {
        Start();
        var foreign = Foreign(4, "web1");
        Assert.True(Engine.Take(Clock.Now, foreign, Output));
        Assert.True(Engine.Take(Clock.Now, foreign, Output));
        Assert.Single(Comments());
        Assert.False(Engine.Take(Clock.Now, Foreign(5, "none"), Output));
        Assert.Empty(Output.Entries);
        Give("ADD_HOST_COMMENT;web1;1;anna;mine");
        Assert.Equal([4ul, 5ul], Comments().Select(comment => comment.Id.Number));
        Assert.True(Engine.Take(Clock.Now, foreign with { Value = null }, Output));
        Assert.Equal("mine", Assert.Single(Comments()).Text);
    }

    [Fact]
    public void TakeUp_OfAnotherConfiguration_KeepsCommentsOfObjectsThatStay()
    {
        Start();
        Give("ADD_SVC_COMMENT;web1;HTTP;1;anna;stays");
        Give("ADD_HOST_COMMENT;web2;1;anna;goes");
        var smaller = Load("", Objects.Replace("host_name web1\n", "host_name web1\n", StringComparison.Ordinal));
        var after = new EngineConfiguration(smaller.Main!, smaller.Objects!, Site.Zone);
        Engine.TakeUp(Clock.Now, EngineChange.Prepare(Site, after), Output);
        Assert.Equal("stays", Assert.Single(Comments()).Text);
        Assert.Null(Give("DEL_ALL_SVC_COMMENTS;web1;HTTP"));
        Assert.Empty(Comments());
    }

    [Theory]
    [InlineData(0, 1, 5, 6)]
    [InlineData(0, 3, 5, 6)]
    [InlineData(1, 3, 5, 7)]
    [InlineData(2, 3, 5, 8)]
    [InlineData(2, 3, 8, 11)]
    [InlineData(0, 2, 0, 2)]
    public void Numbers_OfNodesThatKnowOfEachOther_NeverMeet(int place, int places, ulong above, ulong expected) =>
        Assert.Equal(expected, new EntryNumbering(new EntryWriter(0, 1), place, places).Above(above));

    private static EntryChange.OfComment Foreign(ulong number, string host) => new(
        new EntryId(number, 9),
        new Comment
        {
            Id = new EntryId(number, 9),
            Object = new ObjectName(host, null),
            EntryTicks = 1,
            Author = "otto",
            Text = "foreign",
            Kind = CommentKind.User,
        });
}
