namespace MiniLM.Terminal;

/// <summary>What a program shows while it works.</summary>
public interface IDisplay
{
    /// <summary>Shows a line of text.</summary>
    void Say(string line);

    /// <summary>Shows how work advances.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="total">How much there is to do.</param>
    /// <param name="unit">In what that is counted.</param>
    /// <param name="work">Does it.</param>
    Task<T> TrackAsync<T>(string title, long total, ProgressUnit unit, Func<IProgressReport, Task<T>> work);

    /// <summary>Shows a table.</summary>
    /// <param name="columns">The headings; the first column is aligned to the left, the others to the right.</param>
    /// <param name="rows">The cells of each row.</param>
    /// <param name="legend">What to know about it.</param>
    void ShowTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, string legend);
}

/// <summary>In what progress is counted.</summary>
public enum ProgressUnit
{
    /// <summary>Pieces of work: steps, reviews.</summary>
    Count,

    /// <summary>Bytes.</summary>
    Bytes,
}
