using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>Three peers see one problem, and one of them tells of it.</summary>
public sealed class NotificationTests : ClusterTest
{
    private readonly string _told;
    private readonly SiteConfiguration _site;

    public NotificationTests()
    {
        _told = Path.Combine(Folder.Path, "told");
        _site = TracedSite(hosts: 6, services: 0)
            .Command("tell", $"/bin/sh -c 'echo \"$NOTIFICATIONTYPE$ $HOSTNAME$ $NOTIFICATIONNUMBER$\" >> {_told}'")
            .Command("down", $"{SiteConfiguration.PluginFolder}/check_dummy 2 gone")
            .Text("define contact {\n contact_name eve\n host_notification_commands tell\n service_notification_commands tell\n"
                + " host_notification_options d,u,r\n service_notification_options w,u,c,r\n minimum_value 0\n}\n")
            .Host("gone", "down", interval: 2, retry: 1, attempts: 2)
            .Text("define hostescalation {\n host_name gone\n contacts eve\n first_notification 1\n last_notification 0\n"
                + " notification_interval 0\n}\n");
    }

    [Fact]
    public async Task Problem_IsToldOnce_AndNotAgainByWhoeverTakesOver()
    {
        var cluster = await StartClusterAsync(_site);
        await Eventually.HoldsAsync(
            "a host fails",
            "a contact was told",
            Limits.Agreement,
            () => Lines().Length > 0 ? null : "nobody was told",
            cluster.Nodes[0]);
        Assert.Equal(["PROBLEM gone 1"], Lines());

        await Eventually.HoldsAsync(
            "after the command",
            "every peer knows that it was told",
            Limits.Agreement,
            async () =>
            {
                foreach (var node in cluster.Nodes)
                {
                    var notification = (await node.ObjectAsync(ObjectName.Of("gone"))).Notification!;
                    if (notification is not { Number: 1, Pending: 0 })
                    {
                        return $"{node.Name}: {notification}";
                    }
                }

                return null;
            },
            cluster.Nodes[0]);

        // All of them have the line in their logs by now, or soon.
        var told = (await cluster[0].OwnersAsync())[ObjectName.Of("gone")];
        var owner = cluster.Nodes.Single(node => node.Name == told);
        Assert.Contains(
            owner.LogTexts, line => line.StartsWith("HOST NOTIFICATION: eve;gone;DOWN;tell;", StringComparison.Ordinal));
        var killedAt = TimeProvider.System.GetUtcNow();
        owner.Kill();
        MonitorNode[] others = [.. cluster.Nodes.Where(node => node != owner)];
        await Eventually.HoldsAsync(
            "the owner is killed",
            "the next owner has checked the host and knows why nobody is to be told",
            Limits.Agreement,
            async () =>
            {
                var found = await others[0].ObjectAsync(ObjectName.Of("gone"));
                return found is { Notification.Reason: "NoMore" } && found.LastCheck > killedAt ? null : $"{found}";
            },
            others[0]);
        Assert.Equal(["PROBLEM gone 1"], Lines());
    }

    private string[] Lines() => File.Exists(_told) ? File.ReadAllLines(_told) : [];
}
