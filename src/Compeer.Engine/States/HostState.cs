namespace Compeer.Engine.States;

/// <summary>The states of hosts.</summary>
internal static class HostState
{
    public const byte Up = 0;
    public const byte Down = 1;
    public const byte Unreachable = 2;
}
