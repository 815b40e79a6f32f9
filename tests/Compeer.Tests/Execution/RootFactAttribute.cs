using Compeer.Platform.Processes;

namespace Compeer.Tests.Execution;

/// <summary>A test that only root can make; for others it is named as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = SystemUser.IsRoot ? null : "needs root, to be two users";
}
