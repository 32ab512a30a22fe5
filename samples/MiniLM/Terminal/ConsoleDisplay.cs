using Spectre.Console;

namespace MiniLM.Terminal;

/// <summary>The display that fits where a program's output goes.</summary>
public static class ConsoleDisplay
{
    /// <summary>One that draws on a terminal, or one that writes plain lines where there is none.</summary>
    public static IDisplay Create() =>
        !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi ? new TerminalDisplay(AnsiConsole.Console) : new PlainDisplay(Console.Out);
}
