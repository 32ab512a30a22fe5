using Spectre.Console;

namespace MiniLM.Terminal;

/// <summary>The display that fits where a program's output goes.</summary>
public static class ConsoleDisplay
{
    /// <summary>One that draws on a terminal, or one that writes plain lines where there is none.</summary>
    /// <param name="json">Whether another program reads along: a JSON object on each line.</param>
    public static IDisplay Create(bool json = false) =>
        json ? new JsonDisplay(Console.Out)
        : !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi ? new TerminalDisplay(Terminal()) : new PlainDisplay(Console.Out);

    /// <summary>Where output goes to a terminal, bars move, wherever input comes from.</summary>
    private static IAnsiConsole Terminal() => AnsiConsole.Create(new AnsiConsoleSettings { Interactive = InteractionSupport.Yes });
}
