using Compeer.Engine.Events;
using Compeer.Engine.Freshness;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Checks;

/// <summary>
/// Looks from time to time at the objects that this node owns and that have <c>check_freshness</c>; what was heard of too long ago is
/// checked, also where active checks are off (Naemon <c>check_service_result_freshness</c>, <c>check_host_result_freshness</c>).
/// </summary>
internal sealed class FreshnessWatch(EngineState engine)
{
    /// <summary>Between two of many checks that one look asks for: a sender of results that fails makes all of them stale at
    /// once.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    /// <summary>When there is something to do; null for never.</summary>
    public TimeSpan? NextWake => (Next(isHost: true), Next(isHost: false)) switch
    {
        ({ } hosts, { } services) => hosts < services ? hosts : services,
        var (hosts, services) => hosts ?? services,
    };

    /// <summary>Looks, when it is time.</summary>
    public void Advance(EngineTime now, Transition transition)
    {
        Look(isHost: true, now, transition);
        Look(isHost: false, now, transition);
    }

    /// <summary>Whether the last result of an object is fresh.</summary>
    public bool IsFresh(CheckableId id, EngineTime now) => StaleFor(id, engine.Site.Effective(id), now, out _) is null;

    private TimeSpan? Next(bool isHost)
    {
        var site = engine.Site;
        var isOn = isHost ? site.Program.HostFreshness : site.Program.ServiceFreshness;
        return isOn && engine.Began is { } began && !site.Perishable(isHost).IsEmpty
            ? engine.Freshness.Next(isHost) ?? began + Interval(isHost)
            : null;
    }

    private TimeSpan Interval(bool isHost) =>
        isHost ? engine.Site.Main.Freshness.HostInterval : engine.Site.Main.Freshness.ServiceInterval;

    private void Look(bool isHost, EngineTime now, Transition transition)
    {
        if (Next(isHost) <= now.Monotonic)
        {
            FindStale(isHost, now, transition);
        }
    }

    private void FindStale(bool isHost, EngineTime now, Transition transition)
    {
        var interval = Interval(isHost);
        engine.Emit(MonitoringEvent.FreshnessLooked(now, isHost, now.Monotonic + interval), transition);
        CheckableId[] stale = [.. engine.Site.Perishable(isHost).Where(id => TellIfStale(id, now, transition))];
        var step = stale.Length == 0 || interval / stale.Length > Step ? Step : interval / stale.Length;
        for (var place = 0; place < stale.Length; place++)
        {
            engine.Emit(MonitoringEvent.Freshened(now, stale[place], now.Monotonic + (place * step)), transition);
        }
    }

    private bool TellIfStale(CheckableId id, EngineTime now, Transition transition)
    {
        var site = engine.Site;

        // One that is forced already is on its way.
        if (!site.IsOwned[id.Index] || engine.Running.Contains(id) || site.Schedule.IsForced(id))
        {
            return false;
        }

        var settings = site.Effective(id);
        var checking = settings.Checking;
        var isWatched = settings.CheckCommand is not null
            && (checking.ActiveChecksEnabled || checking.PassiveChecksEnabled)
            && (settings.IsHost || checking.CheckInterval > TimeSpan.Zero || settings.Definition.Processing.FreshnessThreshold != 0)
            && site.Schedule.IsInPeriod(checking, now.Wall);
        if (!isWatched || StaleFor(id, settings, now, out var threshold) is not { } age)
        {
            return false;
        }

        engine.Emit(MonitoringEvent.FoundStale(now, id, age, threshold), transition);
        return true;
    }

    private long? StaleFor(CheckableId id, in EffectiveSettings settings, EngineTime now, out long threshold)
    {
        var site = engine.Site;
        var state = site.States[id.Index].ByClock(site.Clocks.Ahead(id));
        threshold = FreshnessRule.Threshold(state, settings, site.Main.Freshness.AdditionalLatency);
        var started = site.MacroContext.Started;
        var known = site.Since is { } since ? now.Wall - (now.Monotonic - since) : started;
        return FreshnessRule.StaleFor(state, settings, threshold, new FreshnessTimes(started, known, engine.Freshness.Jumped), now.Wall);
    }
}
