using System.Text;

namespace SlSam.Generators.Emitting;

/// <summary>Writes lines of C# at the indentation of the block they are in. Every line ends in a line feed, on every system.</summary>
internal sealed class CodeWriter
{
    private const string Indentation = "    ";

    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _atStartOfBlock = true;

    /// <summary>Writes a line; one without text stays empty.</summary>
    public void Line(string text = "")
    {
        if (text.Length > 0)
        {
            for (var i = 0; i < _depth; i++)
                _text.Append(Indentation);
            _text.Append(text);
        }

        _text.Append('\n');
        _atStartOfBlock = false;
    }

    /// <summary>Writes a line that belongs to the one above, a step further in.</summary>
    public void Continuation(string text) => Line(Indentation + text);

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

    public override string ToString() => _text.ToString();
}
