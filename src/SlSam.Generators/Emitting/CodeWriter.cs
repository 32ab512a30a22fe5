using System.Runtime.CompilerServices;
using System.Text;

namespace SlSam.Generators.Emitting;

/// <summary>Writes lines of C# at the indentation of the block they are in. Every line ends in a line feed, on every system.</summary>
internal sealed class CodeWriter
{
    private const int SpacesPerBlock = 4;
    private const int UsualLength = 16 * 1024;

    // A thread emits one file after the other: their buffer is one.
    [ThreadStatic]
    private static StringBuilder? s_buffer;

    private readonly StringBuilder _text = s_buffer ?? new StringBuilder(UsualLength);
    private int _depth;
    private bool _atStartOfBlock = true;

    public CodeWriter() => s_buffer = null;

    /// <summary>Writes a line; one without text stays empty.</summary>
    public void Line(string text = "")
    {
        if (text.Length > 0)
            Indent(_depth).Append(text);
        EndLine();
    }

    /// <summary>Writes a line whose parts go into the text one by one.</summary>
    public void Line([InterpolatedStringHandlerArgument("")] InterpolatedLine line)
    {
        _ = line;
        EndLine();
    }

    /// <summary>Writes a line that belongs to the one above, a step further in.</summary>
    public void Continuation(string text)
    {
        Indent(_depth + 1).Append(text);
        EndLine();
    }

    /// <summary>Writes a line that belongs to the one above, part by part.</summary>
    public void Continuation([InterpolatedStringHandlerArgument("")] InterpolatedContinuation line)
    {
        _ = line;
        EndLine();
    }

    /// <summary>Sets what follows apart from what came before, unless it is the first in its block.</summary>
    public void Separate()
    {
        if (!_atStartOfBlock)
            Line();
    }

    public void OpenBlock()
    {
        Line("{");
        _depth++;
        _atStartOfBlock = true;
    }

    /// <param name="end">What ends the statement that the block belongs to.</param>
    public void CloseBlock(string end = "")
    {
        _depth--;
        Line("}" + end);
    }

    /// <summary>What was written. The writer is done with then.</summary>
    public string Finish()
    {
        var text = _text.ToString();
        _text.Clear();
        s_buffer = _text;
        return text;
    }

    private StringBuilder Indent(int depth) => _text.Append(' ', depth * SpacesPerBlock);

    private void EndLine()
    {
        _text.Append('\n');
        _atStartOfBlock = false;
    }

    /// <summary>An interpolated string that is written as it is read.</summary>
    [InterpolatedStringHandler]
    internal readonly struct InterpolatedLine
    {
        private readonly StringBuilder _text;

        public InterpolatedLine(int literalLength, int formattedCount, CodeWriter writer)
        {
            _ = literalLength + formattedCount;
            _text = writer.Indent(writer._depth);
        }

        public void AppendLiteral(string text) => _text.Append(text);

        public void AppendFormatted(string? text) => _text.Append(text);
    }

    /// <summary>An interpolated string that is written as it is read, a step further in.</summary>
    [InterpolatedStringHandler]
    internal readonly struct InterpolatedContinuation
    {
        private readonly StringBuilder _text;

        public InterpolatedContinuation(int literalLength, int formattedCount, CodeWriter writer)
        {
            _ = literalLength + formattedCount;
            _text = writer.Indent(writer._depth + 1);
        }

        public void AppendLiteral(string text) => _text.Append(text);

        public void AppendFormatted(string? text) => _text.Append(text);
    }
}
