using Compeer.Engine.Model;

namespace Compeer.Livestatus.Tables;

/// <summary>What operators changed, as Naemon's bits (<c>MODATTR</c>).</summary>
internal static class ModifiedAttributes
{
    /// <summary>The bits of these settings.</summary>
    public static long Of(OperatorSettings settings)
    {
        var bits = 0L;
        foreach (var setting in settings.Values.Keys)
        {
            bits |= Of(setting);
        }

        return bits;
    }

    private static long Of(OperatorSetting setting) => setting switch
    {
        OperatorSetting.Notifications => 1,
        OperatorSetting.ActiveChecks => 2,
        OperatorSetting.PassiveChecks => 4,
        OperatorSetting.EventHandlerEnabled => 8,
        OperatorSetting.FlapDetection => 16,
        OperatorSetting.Obsession => 128,
        OperatorSetting.EventHandler => 256,
        OperatorSetting.CheckCommand => 512,
        OperatorSetting.CheckInterval => 1024,
        OperatorSetting.RetryInterval => 2048,
        OperatorSetting.MaxCheckAttempts => 4096,
        OperatorSetting.CheckPeriod => 16384,
        OperatorSetting.NotificationPeriod => 65536,
        _ => 0,
    };
}
