using System.Text;
using System.Text.RegularExpressions;

namespace MiniLM.Texts.Mails;

/// <summary>A mail, or a part of one (RFC 2045): what its headers say about its body, and the body, a character for each byte.</summary>
internal sealed partial class MailPart
{
    private readonly string _body;
    private readonly string _transferEncoding;
    private readonly string? _charset;

    private MailPart(IReadOnlyDictionary<string, string> headers, string body)
    {
        _body = body;
        string type = headers.GetValueOrDefault("content-type", "");
        MediaType = Media().Match(type) is { Success: true } media ? media.Value.ToLowerInvariant() : "text/plain";
        _charset = Parameter(type, "charset");
        Boundary = MediaType.StartsWith("multipart/", StringComparison.Ordinal) ? Parameter(type, "boundary") : null;
        _transferEncoding = headers.GetValueOrDefault("content-transfer-encoding", "").Trim().ToLowerInvariant();
    }

    /// <summary>Type and subtype in lower case; text/plain where the headers do not say.</summary>
    public string MediaType { get; }

    /// <summary>What stands between the parts of a mail that has several, else null.</summary>
    public string? Boundary { get; }

    /// <summary>Reads headers up to the first empty line; what follows is the body.</summary>
    public static MailPart Parse(string text)
    {
        int end = text.StartsWith('\n') ? 0 : text.IndexOf("\n\n", StringComparison.Ordinal) + 1;
        string body = end > 0 || text.StartsWith('\n') ? text[(end + 1)..] : "";
        string head = end > 0 ? text[..end] : text.StartsWith('\n') ? "" : text;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in Fold().Replace(head, " ").Split('\n'))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                headers.TryAdd(line[..colon].Trim(), line[(colon + 1)..]);
        }
        return new MailPart(headers, body);
    }

    /// <summary>The parts between the boundaries, each with headers of its own.</summary>
    public IEnumerable<string> Split(string boundary)
    {
        string[] pieces = ("\n" + _body).Split("\n--" + boundary);
        foreach (string piece in pieces.Skip(1))
        {
            if (piece.StartsWith("--", StringComparison.Ordinal))
                yield break;
            int line = piece.IndexOf('\n', StringComparison.Ordinal);
            if (line >= 0)
                yield return piece[(line + 1)..];
        }
    }

    /// <summary>The body as text.</summary>
    public string Decode()
    {
        byte[] bytes = _transferEncoding switch
        {
            "base64" => FromBase64(_body),
            "quoted-printable" => FromQuotedPrintable(_body),
            _ => Encoding.Latin1.GetBytes(_body),
        };
        return (EncodingOf(_charset) ?? Guess(bytes)).GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    /// <summary>As much as is valid: cut off lines and other things between the digits are common.</summary>
    private static byte[] FromBase64(string text)
    {
        string digits = NoDigit().Replace(text, "");
        string padding = (digits.Length % 4) switch { 2 => "==", 3 => "=", _ => "" };
        return Convert.FromBase64String(digits[..(digits.Length - (digits.Length % 4 == 1 ? 1 : 0))] + padding);
    }

    private static byte[] FromQuotedPrintable(string text)
    {
        string joined = SoftBreak().Replace(text, "");
        var bytes = new List<byte>(joined.Length);
        for (int index = 0; index < joined.Length; index++)
        {
            if (joined[index] == '=' && index + 2 < joined.Length
                && char.IsAsciiHexDigit(joined[index + 1]) && char.IsAsciiHexDigit(joined[index + 2]))
            {
                bytes.Add(Convert.ToByte(joined.Substring(index + 1, 2), 16));
                index += 2;
            }
            else
            {
                bytes.Add((byte)joined[index]);
            }
        }
        return [.. bytes];
    }

    private static Encoding? EncodingOf(string? name)
    {
        // What calls itself ASCII or Latin-1 and is not is Windows' Western code page, as browsers know (WHATWG, Encoding).
        if (name is null)
            return null;
        if (name.ToLowerInvariant() is "us-ascii" or "ascii" or "iso-8859-1" or "latin1")
            name = "windows-1252";
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Encoding Guess(byte[] bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static string? Parameter(string header, string name)
    {
        var match = Regex.Match(
            header, $"""[;\s]{name}\s*=\s*(?:"(?<value>[^"]*)"|(?<value>[^;\s]+))""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return match.Success && match.Groups["value"].Length > 0 ? match.Groups["value"].Value : null;
    }

    [GeneratedRegex(@"\n[ \t]+")]
    private static partial Regex Fold();

    [GeneratedRegex(@"(?<=^\s*)[a-zA-Z]+/[a-zA-Z0-9.+-]+")]
    private static partial Regex Media();

    [GeneratedRegex(@"=[ \t]*\n")]
    private static partial Regex SoftBreak();

    [GeneratedRegex(@"[^A-Za-z0-9+/]+")]
    private static partial Regex NoDigit();
}
