using System.Text;
using Compeer.Configuration.Text;
using Compeer.Daemon.Log;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;

namespace Compeer.Daemon.QueryHandler;

/// <summary>
/// Tells subscribers of results, in the form of Naemon's channels. While there are any, the present moment is compared with the one before
/// four times a second: of several results of an object within that time the last is told. Nobody subscribed, nothing is done.
/// </summary>
/// <param name="view">Gives the present moment.</param>
/// <param name="log">Where failures are told.</param>
/// <param name="timeProvider">The time.</param>
internal sealed class ResultRadio(
    Func<CancellationToken, Task<EngineSnapshot>> view, DaemonLog log, TimeProvider timeProvider) : IAsyncDisposable
{
    private const string HostChannel = "hostchecks";
    private const string ServiceChannel = "servicechecks";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly HashSet<Subscriber> _subscribers = [];
    private readonly CancellationTokenSource _stopping = new();
    private Task _telling = Task.CompletedTask;
    private bool _isTelling;

    /// <summary>The channels.</summary>
    public static IReadOnlyList<(string Name, string Description)> Channels { get; } =
        [(HostChannel, "Host check results"), (ServiceChannel, "Service check results")];

    /// <summary>Somebody wants what comes on a channel, or no longer.</summary>
    public void Set(Subscriber subscriber, string channel, bool isWanted)
    {
        subscriber.Set(channel, isWanted);
        lock (_lock)
        {
            _ = subscriber.IsSubscribed ? _subscribers.Add(subscriber) : _subscribers.Remove(subscriber);
            if (!_isTelling && _subscribers.Count > 0 && !_stopping.IsCancellationRequested)
            {
                _isTelling = true;
                _telling = Task.Run(TellAsync);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        Task telling;
        lock (_lock)
        {
            telling = _telling;
        }

        await telling.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task TellAsync()
    {
        try
        {
            var before = await view(_stopping.Token).ConfigureAwait(false);
            while (Subscribers() is { Length: > 0 } subscribers)
            {
                await Task.Delay(Glance, timeProvider, _stopping.Token).ConfigureAwait(false);
                var now = await view(_stopping.Token).ConfigureAwait(false);
                Tell(before, now, subscribers);
                before = now;
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops.
        }
        catch (Exception fault)
        {
            log.Error($"subscribers of results are not told any more: {fault}");
        }
    }

    /// <summary>Those that are there still; when there are none the telling ends.</summary>
    private Subscriber[] Subscribers()
    {
        lock (_lock)
        {
            _subscribers.RemoveWhere(subscriber => !subscriber.IsSubscribed);
            _isTelling = _subscribers.Count > 0;
            return [.. _subscribers];
        }
    }

    private static void Tell(EngineSnapshot before, EngineSnapshot now, Subscriber[] subscribers)
    {
        // After a reload an index may mean another object; what came in that moment is not told.
        if (before.Configuration != now.Configuration)
        {
            return;
        }

        var hosts = now.Objects.Hosts;
        for (var index = 0; index < now.Count; index++)
        {
            (var was, var state) = (before[new CheckableId(index)], now[new CheckableId(index)]);
            if (ReferenceEquals(was, state) || was.LastCheckTicks == state.LastCheckTicks)
            {
                continue;
            }

            var isHost = index < hosts.Length;
            var service = isHost ? null : now.Objects.Services[index - hosts.Length];
            var name = service is null ? hosts[index].Name : $"{service.Host.Name};{service.Description}";
            byte[] line =
            [
                .. ConfigurationText.Encode(name),
                .. Encoding.ASCII.GetBytes($" from {was.State} -> {state.State}: "),
                .. state.Output,
                (byte)'\n',
            ];
            foreach (var subscriber in subscribers)
            {
                subscriber.Tell(isHost ? HostChannel : ServiceChannel, line);
            }
        }
    }
}
