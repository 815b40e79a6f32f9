using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Engine.Model;
using Compeer.Engine.States;

namespace Compeer.Engine.Import;

/// <summary>What the block of a host or service says of its state and of what was told, by Naemon's
/// <c>xrddefault_read_state_information</c>.</summary>
internal static class RetainedStates
{
    private const int HighestHostState = 2;
    private const int HighestServiceState = 3;

    /// <summary>Its state; null when it was never checked, or says a state that there is not.</summary>
    public static CheckState? StateOf(in RetainedValues values, in EffectiveSettings settings, bool keepsSchedule)
    {
        var highest = settings.IsHost ? HighestHostState : HighestServiceState;
        var (state, last, lastHard) = (values.Number("current_state"), values.Number("last_state"), values.Number("last_hard_state"));
        if (!values.Flag("has_been_checked") || Math.Max(state, Math.Max(last, lastHard)) > highest)
        {
            return null;
        }

        var isSoft = state != 0 && values.Number("state_type") == 0;

        var attempt = (int)Math.Clamp(values.Number("current_attempt"), 1, settings.Checking.MaxCheckAttempts);
        var changed = values.Time("last_state_change");
        var hardChanged = values.Time("last_hard_state_change");
        var output = Part(values.Text("plugin_output"), isEscaped: false);
        var longOutput = Part(values.Text("long_plugin_output"), isEscaped: true);
        return AttemptRule.Fit(new CheckState
        {
            State = (byte)state,
            LastState = (byte)last,
            LastHardState = (byte)lastHard,
            Attempt = attempt,
            IsSoft = isSoft,
            HasBeenChecked = true,
            LastCheckTicks = values.Time("last_check"),
            NextCheckTicks = keepsSchedule ? values.Time("next_check") : 0,
            LastStateChangeTicks = changed,
            LastHardStateChangeTicks = hardChanged == 0 ? changed : hardChanged,
            LastTimeState0Ticks = values.Time(settings.IsHost ? "last_time_up" : "last_time_ok"),
            LastTimeState1Ticks = values.Time(settings.IsHost ? "last_time_down" : "last_time_warning"),
            LastTimeState2Ticks = values.Time(settings.IsHost ? "last_time_unreachable" : "last_time_critical"),
            LastTimeState3Ticks = settings.IsHost ? 0 : values.Time("last_time_unknown"),
            LatencyTicks = Span(values.Decimal("check_latency")),
            ExecutionTicks = Span(values.Decimal("check_execution_time")),
            StateHistory = HistoryOf(values.Text("state_history")),
            IsFlapping = values.Flag("is_flapping"),
            IsPassive = values.Flag("check_type"),
            History = EventsOf(values, state != 0, changed),
            Text = new byte[][] { output, longOutput, Part(values.Text("performance_data"), isEscaped: false) }
                .SelectMany(part => part).ToArray(),
            OutputLength = output.Length,
            LongOutputLength = longOutput.Length,
        }, settings);
    }

    /// <summary>What was told; <see cref="NotificationState.None"/> for nothing.</summary>
    public static NotificationState ToldOf(in RetainedValues values, in EffectiveSettings settings)
    {
        var last = values.Time("last_notification");
        var told = new NotificationState
        {
            Number = (int)Math.Min(values.Number("current_notification_number"), int.MaxValue),
            LastTicks = last,
            NotifiedOn = OptionsOf(values),
        };
        if (values.Number("current_state") != 0 && last != 0)
        {
            // When the next one may be sent: as Naemon reckons it, but for escalations, which have it reckoned anew when they apply.
            var interval = settings.Notifying.Interval;
            told = told with
            {
                NoMore = interval == TimeSpan.Zero,
                NextTicks = interval == TimeSpan.Zero ? 0 : Math.Min(last + interval.Ticks, DateTimeOffset.MaxValue.UtcTicks),
            };
        }

        return told == NotificationState.None ? NotificationState.None : told;
    }

    private static StateOptions OptionsOf(in RetainedValues values)
    {
        StateOptions options = default;
        foreach (var (key, option) in (ReadOnlySpan<(string, StateOptions)>)
        [
            ("notified_on_down", StateOptions.Down), ("notified_on_unreachable", StateOptions.Unreachable),
            ("notified_on_warning", StateOptions.Warning), ("notified_on_unknown", StateOptions.Unknown),
            ("notified_on_critical", StateOptions.Critical),
        ])
        {
            options |= values.Flag(key) ? option : default;
        }

        return options;
    }

    /// <summary>Nagios does not say when a problem began, only when the state last changed.</summary>
    private static EventHistory EventsOf(in RetainedValues values, bool isProblem, long changed)
    {
        var (began, ended) = (values.Time("problem_start"), values.Time("problem_end"));
        var history = new EventHistory
        {
            EventId = Math.Min(values.Number("current_event_id"), EventHistory.HighestEventId),
            LastEventId = Math.Min(values.Number("last_event_id"), EventHistory.HighestEventId),
            ProblemStartTicks = isProblem && began == 0 ? changed : began,
            ProblemEndTicks = isProblem ? 0 : ended,
        };
        return history == EventHistory.None ? EventHistory.None : history;
    }

    private static StateHistory HistoryOf(string text)
    {
        var history = default(StateHistory);
        foreach (var state in text.Split(','))
        {
            history = state.Length == 1 && state[0] is >= '0' and <= '3' ? history.With((byte)(state[0] - '0')) : history;
        }

        return history;
    }

    private static long Span(double seconds) => (long)(seconds * TimeSpan.TicksPerSecond);

    /// <summary>A part of the output, no longer than it may be.</summary>
    private static byte[] Part(string text, bool isEscaped)
    {
        var bytes = ConfigurationText.Encode(isEscaped ? Unescaped(text) : text);
        return bytes.Length <= EngineLimits.TextPart ? bytes : bytes[..EngineLimits.TextPart];
    }

    private static string Unescaped(string text)
    {
        var line = new System.Text.StringBuilder(text.Length);
        for (var place = 0; place < text.Length; place++)
        {
            var next = text[place] == '\\' && place + 1 < text.Length ? text[place + 1] : '\0';
            if (next is 'n' or '\\')
            {
                line.Append(next == 'n' ? '\n' : '\\');
                place++;
            }
            else
            {
                line.Append(text[place]);
            }
        }

        return line.ToString();
    }
}
