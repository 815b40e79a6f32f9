using Compeer.Configuration.Text;

namespace Compeer.Daemon.Platform;

/// <summary>
/// Lines for whoever ran the program. What they quote from the configuration comes out as the bytes that it has there, so that
/// files in Latin-1 neither end the output nor change in it.
/// </summary>
internal static class OutputLines
{
    public static void Write(Stream output, object line)
    {
        output.Write(ConfigurationText.Encode(line.ToString()));
        output.WriteByte((byte)'\n');
    }
}
