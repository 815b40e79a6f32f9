namespace Compeer.Tests.Engine.Notifications;

/// <summary>Escalations: by number, state and period, with their contacts and intervals.</summary>
public sealed class EscalationTests : NotificationHarness
{
    [Theory]
    [InlineData("web1", "first_notification 2\nlast_notification 2", "ada,eve,ada")]
    [InlineData("HTTP", "first_notification 2\nlast_notification 2", "ada,eve,ada")]
    [InlineData("HTTP", "first_notification 2\nlast_notification 0", "ada,eve,eve")]
    [InlineData("HTTP", "first_notification 1\nlast_notification 0\nescalation_options c,u", "ada,ada,ada")]
    [InlineData("web1", "first_notification 1\nlast_notification 0\nescalation_options u", "ada,ada,ada")]
    [InlineData("HTTP", "first_notification 1\nlast_notification 0\nescalation_period never", "ada,ada,ada")]
    public void Escalation_ThatApplies_HasItsContactsInThePlaceOfTheObjects(string name, string lines, string contacts)
    {
        Begin(more: Escalation(lines, isOfHost: name == "web1"));
        var told = new List<string>();
        for (var time = 0; time < 3; time++)
        {
            Result(name, 1, minutes: 10);
            told.AddRange(Told.Select(line => line.Split(' ')[0]));
            EndAll();
        }

        Assert.Equal(contacts.Split(','), told);
    }

    [Fact]
    public void Recovery_GoesToThoseOfTheLastProblem()
    {
        Begin(more: Escalation("first_notification 2\nlast_notification 2\nescalation_options w,r"));
        Result("HTTP", 1);
        Result("HTTP", 1, minutes: 10);
        _ = Told;
        Result("HTTP", 0);
        Assert.Equal(["eve RECOVERY web1/HTTP 3"], Told);
    }

    [Fact]
    public void Interval_OfTheEscalation_Counts()
    {
        Begin(more: Escalation("first_notification 1\nlast_notification 0\nnotification_interval 2"));
        Result("HTTP", 1);
        Assert.Single(Told);
        Result("HTTP", 1, minutes: 2);
        Assert.Single(Told);
    }

    private static string Escalation(string lines, bool isOfHost = false) =>
        NotificationTestsText.Escalation(lines, isOfHost) + "define timeperiod {\n timeperiod_name never\n}\n";
}
