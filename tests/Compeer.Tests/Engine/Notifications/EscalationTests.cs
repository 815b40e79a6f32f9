namespace Compeer.Tests.Engine.Notifications;

/// <summary>Escalations: by number, state and period, with their contacts and intervals.</summary>
public sealed class EscalationTests : NotificationHarness
{
    private static readonly string[] Other = ["host_name web1", "contacts eve", "first_notification 1", "last_notification 0"];

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

    [Fact]
    public void Escalations_ThatApplyTogether_TakeThePlaceOfTheObjectsContacts()
    {
        var other = Block("serviceescalation", Other, "service_description HTTP");
        Begin(more: Escalation("first_notification 1\nlast_notification 0") + other);
        Result("HTTP", 1);
        Assert.Equal(["eve PROBLEM web1/HTTP 1"], Told);
    }

    [Fact]
    public void Interval_OfAnEscalationThatDoesNotApply_IsNone()
    {
        var later = Block("serviceescalation", Other, "service_description HTTP\nfirst_notification 5\nnotification_interval 2");
        Begin(more: Escalation("first_notification 1\nlast_notification 0\nnotification_interval 10") + later);
        Result("HTTP", 1);
        _ = Told;
        Result("HTTP", 1, minutes: 5);
        Assert.Empty(Told);
    }

    /// <summary>The shortest of those that say one; one that says none leaves it to the others.</summary>
    [Theory]
    [InlineData("", "", 10)]
    [InlineData("notification_interval 2", "notification_interval 5", 2)]
    [InlineData("notification_interval 5", "notification_interval 2", 2)]
    [InlineData("", "notification_interval 5", 5)]
    public void Interval_OfSeveralEscalations_IsTheShortest(string first, string second, int minutes)
    {
        var other = Block("serviceescalation", Other, "service_description HTTP\n" + second);
        Begin(more: Escalation($"first_notification 1\nlast_notification 0\n{first}") + other);
        Result("HTTP", 1);
        _ = Told;
        Result("HTTP", 1, minutes - 1);
        Assert.Empty(Told);
        Result("HTTP", 1, minutes: 1);
        Assert.NotEmpty(Told);
    }

    [Theory]
    [InlineData("S1", "ada")]
    [InlineData("HTTP", "eve")]
    [InlineData("S9", "ada")]
    public void Escalation_IsThatOfItsService(string name, string contact)
    {
        string[] service = ["host_name web1", "check_command check", "max_check_attempts 1"];
        var others = Block("service", service, "service_description S1\ncontacts ada")
            + Block("service", service, "service_description S9\ncontacts eve")
            + Block("serviceescalation", Other, "service_description S9\ncontacts ada");
        Begin(more: Escalation("first_notification 1\nlast_notification 0") + others);
        Result(name, 1);
        Assert.StartsWith(contact + " PROBLEM", Assert.Single(Told), StringComparison.Ordinal);
    }

    private static string Escalation(string lines, bool isOfHost = false) =>
        NotificationTestsText.Escalation(lines, isOfHost) + "define timeperiod {\n timeperiod_name never\n}\n";
}
