namespace Compeer.Engine.States;

/// <summary>The states a plugin can return; the numbers are those of services.</summary>
internal static class PluginState
{
    public const byte Ok = 0;
    public const byte Warning = 1;
    public const byte Critical = 2;
    public const byte Unknown = 3;
}
