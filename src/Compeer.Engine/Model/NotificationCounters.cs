namespace Compeer.Engine.Model;

/// <summary>What became of notifications at this node since its start.</summary>
/// <param name="Sent">Commands of contacts that ended well.</param>
/// <param name="Failed">Commands that failed so often that they are given up.</param>
/// <param name="Suppressed">Notifications that were held back, each counted when its reason is another one than before: a problem that
/// stays in a downtime is held back once, not with each result.</param>
public readonly record struct NotificationCounters(long Sent, long Failed, long Suppressed);
