namespace Compeer.Cluster.Model;

/// <summary>At most so many notices a minute; what is left out is counted and said.</summary>
internal sealed class NoticeLimiter
{
    public const int PerMinute = 60;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, TimeSpan> _lastOfSubject = [];
    private TimeSpan _windowEnd = TimeSpan.MinValue;
    private int _inWindow;
    private int _leftOut;

    /// <summary>Adds a notice unless there were too many.</summary>
    public void Add(ClusterEffects effects, TimeSpan now, NoticeLevel level, string text)
    {
        Advance(effects, now);
        if (_inWindow < PerMinute)
        {
            _inWindow++;
            effects.Add(new ClusterEffect.Notice(level, text));
        }
        else
        {
            _leftOut++;
        }
    }

    /// <summary>Says what was left out when its minute is over.</summary>
    public void Advance(ClusterEffects effects, TimeSpan now)
    {
        if (now < _windowEnd)
        {
            return;
        }

        if (_leftOut > 0)
        {
            effects.Add(new ClusterEffect.Notice(NoticeLevel.Warning, $"{_leftOut} further cluster messages left out"));
        }

        (_windowEnd, _inWindow, _leftOut) = (now + Window, 0, 0);
    }

    /// <summary>Whether a subject's turn has come: once in ten minutes.</summary>
    public bool IsDue(TimeSpan now, string subject)
    {
        if (_lastOfSubject.TryGetValue(subject, out var last) && now < last + (10 * Window))
        {
            return false;
        }

        if (_lastOfSubject.Count >= 1024)
        {
            _lastOfSubject.Clear();
        }

        _lastOfSubject[subject] = now;
        return true;
    }
}
