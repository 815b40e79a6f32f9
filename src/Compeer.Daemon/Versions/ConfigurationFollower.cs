using System.Globalization;
using System.Threading.Channels;
using Compeer.Cluster.Model;
using Compeer.Configuration.Versions;
using Compeer.Daemon.Log;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Versions;

/// <summary>
/// Brings this node to the newest configuration of its history: fetches its manifest, then the files that are not here, has it
/// validated and taken up, and says why when that cannot be. Gives other nodes what they fetch. A task of its own does all of it, one
/// thing after the other; the loop only hands over.
/// </summary>
/// <param name="store">What is kept here.</param>
/// <param name="taker">Takes it up.</param>
/// <param name="loop">Is told what is wanted.</param>
/// <param name="log">Says how it goes.</param>
internal sealed class ConfigurationFollower(
    VersionStore store, IConfigurationTaker taker, Action<ConfigurationInput> loop, DaemonLog log) : IAsyncDisposable
{
    /// <summary>The most that the files of a configuration may take that another node sends, bytes.</summary>
    public const long MaxConfigurationBytes = 2L << 30;

    /// <summary>The longest time between two tries to take up a configuration that could not be taken up.</summary>
    private static readonly TimeSpan TryAgainAtMost = TimeSpan.FromSeconds(60);

    /// <summary>Bounded by those who write to it: of what is fetched and of what each neighbour fetches, the cluster machine has so
    /// many pieces under way and no more.</summary>
    private readonly Channel<ClusterEffect> _inputs =
        Channel.CreateUnbounded<ClusterEffect>(new UnboundedChannelOptions { SingleReader = true });

    private readonly ContentGathering _gathering = new(store.Content);
    private readonly CancellationTokenSource _ending = new();
    private ConfigurationVersion? _target;
    private IDisposable? _holding;
    private string _refused = "";
    private TimeSpan _pause;
    private Task _work = Task.CompletedTask;

    /// <summary>After this a configuration that could not be taken up is tried again, and each time after twice as long, up to a minute: a
    /// full disk may have room by then.</summary>
    public TimeSpan TryAgain { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Begins to work.</summary>
    public void Start() => _work = Task.Run(RunAsync);

    /// <summary>Something of the cluster that is for this part; never waits.</summary>
    public void Post(ClusterEffect effect) => _inputs.Writer.TryWrite(effect);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
            limit.CancelAfter(_refused.Length > 0 ? _pause : Timeout.InfiniteTimeSpan);
            try
            {
                var input = await _inputs.Reader.ReadAsync(limit.Token).ConfigureAwait(false);
                await GuardAsync(() => HandleAsync(input)).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!_ending.IsCancellationRequested && _target is { } target)
            {
                _pause = _pause * 2 < TryAgainAtMost ? _pause * 2 : TryAgainAtMost;
                await GuardAsync(() => GoAsync(target)).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Does something; what the disk does not let it do is the reason why the configuration is refused.</summary>
    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Refuse(SystemError.Words(exception));
        }
    }

    private async Task HandleAsync(ClusterEffect effect)
    {
        switch (effect)
        {
            case ClusterEffect.Behind behind:
                _refused = "";
                _pause = TryAgain;
                await GoAsync(behind.Version).ConfigureAwait(false);
                break;
            case ClusterEffect.Content piece:
                await TakeAsync(piece).ConfigureAwait(false);
                break;
            case ClusterEffect.ReadContent read:
                Give(read);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(effect), effect, "nothing for this part");
        }
    }

    /// <summary>Goes for a version: asks for what is missing, or takes it up.</summary>
    private async Task GoAsync(ConfigurationVersion target)
    {
        if (_target != target)
        {
            _gathering.Clear();
            _holding?.Dispose();
            _holding = store.Hold(target.Hash);
        }

        _target = target;
        if (!ConfigurationManifest.IsHash(target.Hash))
        {
            Refuse("it is named by something that is no hash of a configuration");
            return;
        }

        if (store.Content.Read(target.Hash) is not { } bytes)
        {
            Want([(target.Hash, ConfigurationManifest.MaxBytes)]);
            return;
        }

        var (manifest, problem) = ConfigurationManifest.Decode(bytes.Span);
        if (manifest is null)
        {
            Refuse(problem);
            return;
        }

        if (manifest.Files.Sum(file => file.Bytes) is > MaxConfigurationBytes and var total)
        {
            Refuse($"its files have {total} bytes; at most {MaxConfigurationBytes} are taken from another node");
            return;
        }

        var missing = manifest.Files.Where(file => !file.IsOutside && !store.Content.Has(file.Hash))
            .DistinctBy(file => file.Hash).Select(file => (file.Hash, file.Bytes)).ToList();
        if (missing.Count > 0)
        {
            Want(missing);
            return;
        }

        await TakeUpAsync(target, manifest).ConfigureAwait(false);
    }

    private void Want(IReadOnlyList<(string Hash, long Bytes)> contents)
    {
        foreach (var (hash, bytes) in contents)
        {
            _gathering.Want(hash, bytes);
        }

        loop(new ConfigurationInput.Want([.. contents.Select(content => content.Hash)]));
    }

    private async Task TakeAsync(ClusterEffect.Content piece)
    {
        if (_target is not { } target || !_gathering.Wanted.Contains(piece.Hash))
        {
            return;
        }

        if (_gathering.Take(piece) is { Length: > 0 } problem)
        {
            Refuse($"another node sent {problem}");
            return;
        }

        var received = piece.Offset + piece.Data.Length;
        loop(new ConfigurationInput.Taken(piece.Hash, received, received == piece.Total));
        if (_gathering.Wanted.Count == 0)
        {
            await GoAsync(target).ConfigureAwait(false);
        }
    }

    private async Task TakeUpAsync(ConfigurationVersion target, ConfigurationManifest manifest)
    {
        var problem = await taker.TakeUpAsync(manifest, target, $"from another node, where it was taken up as {target.Number}")
            .ConfigureAwait(false);
        if (problem.Length > 0)
        {
            Refuse(problem);
            return;
        }

        _refused = "";
        _target = null;
        _holding?.Dispose();
        loop(new ConfigurationInput.Refuse(null));
    }

    private void Give(ClusterEffect.ReadContent read)
    {
        var piece = store.Content.ReadPiece(read.Hash, read.Offset, read.Length);
        loop(new ConfigurationInput.Read(read.Link, read.Hash, read.Offset, piece?.Total, piece?.Data ?? default));
    }

    private void Refuse(string reason)
    {
        _gathering.Clear();
        if (reason != _refused)
        {
            var number = _target?.Number.ToString(CultureInfo.InvariantCulture);
            log.Error($"configuration {number} of other nodes is not taken up here: {reason}; this node keeps its own, and the others "
                + "run all checks as long as it does");
        }

        _refused = reason;
        var shown = reason.Length <= RefusedConfiguration.MaxReasonLength ? reason : reason[..RefusedConfiguration.MaxReasonLength];
        loop(new ConfigurationInput.Refuse(new RefusedConfiguration(_target?.Hash ?? "", shown)));
    }
}
