using Compeer.Cli.Keys;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary>What became of a registration, for people.</summary>
internal static class RegistrationAnswer
{
    /// <summary>Writes it.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell(CommandContext context, string command, IReadOnlyCollection<KeyLine> answer)
    {
        foreach (var line in answer)
        {
            if (line.Verb == KeyVerb.Did)
            {
                context.Out.WriteLine(line.Text);
            }
            else if (line.Verb == KeyVerb.Failed)
            {
                context.Error.WriteLine($"mon {command}: {line.Text}");
            }
        }

        return answer.Any(line => line.Verb == KeyVerb.Failed) ? ExitCodes.Failure : ExitCodes.Success;
    }
}
