using System.Collections.Immutable;

namespace Compeer.Cluster.Model;

/// <summary>What the parts of one machine share: who and when it is, and where effects go.</summary>
internal sealed class ClusterContext(ClusterOptions options, ConfigurationVersion version, TimeSpan longestCheck)
{
    private readonly NoticeLimiter _notices = new();
    private ClusterEffects _effects = new();

    public ClusterOptions Options { get; } = options;

    public ConfigurationVersion Version { get; private set; } = version;

    /// <summary>Rises with every taking up of a configuration, also of one that has the same version.</summary>
    public long Generation { get; private set; }

    public NodeId Self { get; } = options.Self;

    /// <summary>This run; it moves on when another run of this node turns out to have been later.</summary>
    public Run Run { get; private set; } = new(options.Self, options.Incarnation);

    /// <summary>What the next run of this node will find.</summary>
    public DurableState Durable { get; private set; } = options.Durable;

    public ClusterTime Now { get; private set; }

    public TimeSpan Monotonic => Now.Monotonic;

    public void Begin(ClusterTime now, ClusterEffects effects)
    {
        Now = now;
        _effects = effects;
        _notices.Advance(effects, Monotonic);
    }

    /// <summary>How far the wall clock of another node is ahead of this node's; zero when that is not known.</summary>
    public Func<NodeId?, TimeSpan> ClockAheadOf { get; set; } = _ => TimeSpan.Zero;

    /// <summary>The groups of pollers below this node.</summary>
    public ImmutableArray<PollerGroup> Groups { get; set; } = [];

    /// <summary>The number of this run's last write; its reports say it.</summary>
    public long Written { get; set; }

    /// <summary>The longest that a check of this configuration may take.</summary>
    public TimeSpan LongestCheck { get; private set; } = longestCheck;

    public void TakeUp(ConfigurationVersion version, TimeSpan longestCheck) =>
        (Version, LongestCheck, Generation) = (version, longestCheck, Generation + 1);

    /// <summary>What is whose is another matter than before, though the configuration is the same.</summary>
    public void Reconsider() => Generation++;

    /// <summary>Gives the present configuration another number.</summary>
    public void Renumber(ConfigurationVersion version) => Version = version;

    public void MoveTo(long incarnation) => Run = new Run(Self, incarnation);

    /// <summary>Replaces what the next run will find: to be called before anything is sent that depends on it.</summary>
    public void Persist(DurableState state)
    {
        if (state != Durable)
        {
            Durable = state;
            Emit(new ClusterEffect.Persist(state));
        }
    }

    public void Emit(ClusterEffect effect) => _effects.Add(effect);

    public void Notice(NoticeLevel level, string text) => _notices.Add(_effects, Monotonic, level, text);

    /// <summary>A notice about what just happened; if it goes on, <see cref="NoticeOnce"/> says no more of it for ten minutes.</summary>
    public void NoticeNow(string subject, NoticeLevel level, string text)
    {
        _ = _notices.IsDue(Monotonic, subject);
        Notice(level, text);
    }

    /// <summary>A notice about something that goes on: once in ten minutes per subject.</summary>
    public void NoticeOnce(string subject, NoticeLevel level, string text)
    {
        if (_notices.IsDue(Monotonic, subject))
        {
            Notice(level, text);
        }
    }
}
