using Compeer.Engine.Model;

namespace Compeer.Engine.Flapping;

/// <summary>What a result makes of an object's flapping.</summary>
/// <param name="History">Its last states from now on.</param>
/// <param name="IsFlapping">Whether it flaps from now on.</param>
/// <param name="Threshold">The threshold that decided, per cent.</param>
internal readonly record struct FlapDecision(StateHistory History, bool IsFlapping, double Threshold);
