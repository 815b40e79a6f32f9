using Compeer.Api;

namespace Compeer.Daemon.Passive;

/// <summary>A way by which others send results, off as long as its settings file is not there.</summary>
internal interface IPassiveWay : IAsyncDisposable
{
    /// <summary>Its settings file.</summary>
    public string SettingsPath { get; }

    /// <summary>What is counted.</summary>
    public PassiveCounters Counters { get; }

    /// <summary>How it is; null when it is off.</summary>
    public PassiveWayStatus? Status { get; }

    /// <summary>Works by what the settings file says now. A file with errors changes nothing; one that is gone turns the way off. An
    /// address that is taken is tried again at each call.</summary>
    /// <param name="isChanged">Whether the file may say something else than at the last call.</param>
    public ValueTask FollowAsync(bool isChanged);
}
