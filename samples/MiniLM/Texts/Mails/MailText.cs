using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace MiniLM.Texts.Mails;

/// <summary>What a mail says: its body without headers, attachments, transfer encoding and markup.</summary>
public static partial class MailText
{
    /// <summary>Parts within parts that are looked into; real mails need three or four.</summary>
    private const int DeepestPart = 8;

    /// <summary>The text of a mail, as it was received; empty if there is none.</summary>
    /// <remarks>Nothing that a mail contains is an error: what cannot be decoded is left out, or read byte by byte.</remarks>
    public static string Of(ReadOnlySpan<byte> mail) => Spaces().Replace(Read(Text(mail), DeepestPart), " ").Trim();

    private static string Read(string mail, int depth)
    {
        var part = MailPart.Parse(mail);
        if (part.Boundary is { } boundary && depth > 0)
            return ReadParts(part, boundary, depth - 1);
        return part.MediaType switch
        {
            "text/html" => PlainText(part.Decode()),
            "message/rfc822" when depth > 0 => Read(part.Decode(), depth - 1),
            var type when type.StartsWith("text/", StringComparison.Ordinal) => LooksLikeHtml(part.Decode(), out string text) ? PlainText(text) : text,
            _ => "",
        };
    }

    /// <summary>All parts of a mail that say something, or the first of them where they say the same.</summary>
    private static string ReadParts(MailPart whole, string boundary, int depth)
    {
        var texts = new List<string>();
        foreach (string part in whole.Split(boundary))
            if (Read(part, depth) is { } text && !string.IsNullOrWhiteSpace(text))
                texts.Add(text);
        return whole.MediaType == "multipart/alternative" ? texts.FirstOrDefault("") : string.Join('\n', texts);
    }

    /// <summary>One character for each byte: what a byte means is known when the part that it is in is decoded.</summary>
    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>Some mails send a web page as plain text.</summary>
    private static bool LooksLikeHtml(string decoded, out string text)
    {
        text = decoded;
        return PageStart().IsMatch(decoded);
    }

    private static string PlainText(string html) => WebUtility.HtmlDecode(Tag().Replace(Hidden().Replace(html, " "), " "));

    [GeneratedRegex(@"[\s\u0000-\u001F\u007F-\u009F\u00A0]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^\s*<(!doctype|html|head|body|table|center|font|p|div)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PageStart();

    [GeneratedRegex(
        @"<!--.*?(-->|$)|<(script|style|title)\b.*?(</\2\s*>|$)",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"</?[a-z!][^>]*(>|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
