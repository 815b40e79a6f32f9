namespace Compeer.Engine.Events;

/// <summary>From one configuration to the next, as an event names it.</summary>
internal interface IConfigurationStep
{
}
