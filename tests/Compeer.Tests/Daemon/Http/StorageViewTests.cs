using System.Text;
using Compeer.Cluster.Model;
using Compeer.Daemon.Http;
using Compeer.Tests.Engine.Notifications;

namespace Compeer.Tests.Daemon.Http;

/// <summary>What is kept and what was told, as metrics.</summary>
public sealed class StorageViewTests : NotificationHarness
{
    [Fact]
    public void Metrics_OfNotifications_AreThoseOfTheEngine()
    {
        Begin();
        Result("web1", 1);
        EndAll();
        Result("web1", 0);
        EndAll();
        Give("DISABLE_HOST_NOTIFICATIONS;web1");
        Result("web1", 1);
        var text = new StringBuilder();
        StorageView.Add(text, Engine.Snapshot(Clock.Now), new StorageFigures(new StreamFigures(14, 0, 0), TimeSpan.Zero), keeper: null);
        var lines = text.ToString().Split('\n');
        Assert.Contains("compeer_notifications_sent_total 2", lines);
        Assert.Contains("compeer_notifications_failed_total 0", lines);
        Assert.Contains("compeer_notifications_suppressed_total 1", lines);
        Assert.Contains("compeer_history_entries 14", lines);
    }
}
