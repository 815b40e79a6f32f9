namespace Compeer.Daemon.QueryHandler;

/// <summary>Answers the queries that name it. Any thread.</summary>
internal interface IQueryHandler
{
    /// <summary>How queries name it.</summary>
    public string Name { get; }

    /// <summary>What it is for, in one line.</summary>
    public string Description { get; }

    /// <summary>Answers.</summary>
    /// <param name="query">What stands behind the name; empty when nothing does.</param>
    /// <param name="subscriber">Who asks, for what comes later.</param>
    /// <param name="stopping">The daemon stops.</param>
    /// <exception cref="OperationCanceledException">It does.</exception>
    public Task<QueryAnswer> AnswerAsync(string query, Subscriber subscriber, CancellationToken stopping);
}
