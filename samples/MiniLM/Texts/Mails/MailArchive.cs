using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace MiniLM.Texts.Mails;

/// <summary>Reads SpamAssassin's public corpus from its package's gzipped tar archive: a mail is positive if it is spam.</summary>
/// <remarks>
/// Only what a mail says is kept: headers name the list or the filter that it came through, and so its label. Of mails that begin with the
/// same letters, as those of one campaign do, the first is kept, so that none of them is learned by heart and then asked for.
/// </remarks>
public static class MailArchive
{
    private const string Folder = "package/data/";
    private const int LettersCompared = 200;

    /// <summary>Reads all mails that say something, in the order of the archive.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged or holds no mails of one kind.</exception>
    public static async Task<List<LabelledText>> ReadAsync(string path, CancellationToken cancellation = default)
    {
        var mails = new List<LabelledText>();
        var beginnings = new HashSet<string>(StringComparer.Ordinal);
        int read = 0;
        try
        {
            await using var compressed = File.OpenRead(path);
            await using var unzipped = new GZipStream(compressed, CompressionMode.Decompress);
            await using var entries = new TarReader(unzipped);
            while (await entries.GetNextEntryAsync(cancellationToken: cancellation).ConfigureAwait(false) is { } entry)
            {
                if (IsSpam(entry.Name) is not { } isSpam || entry.DataStream is not { } data)
                    continue;
                using var bytes = new MemoryStream();
                await data.CopyToAsync(bytes, cancellation).ConfigureAwait(false);
                string text = MailText.Of(bytes.ToArray());
                if (Beginning(text) is { Length: > 0 } beginning && beginnings.Add(beginning))
                    mails.Add(new LabelledText(text, isSpam));
                read++;
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new InvalidDataException(
                $"'{path}' cannot be read as an archive of mails, after the first {read} of them: {exception.Message}", exception);
        }
        foreach (bool isSpam in new[] { false, true })
            if (!mails.Exists(mail => mail.IsPositive == isSpam))
                throw new InvalidDataException($"'{path}' holds no mail that is {(isSpam ? "spam" : "ham")}, but {read} mails in all.");
        return mails;
    }

    /// <summary>What the folder of a mail says about it; null for a file that is none.</summary>
    private static bool? IsSpam(string name)
    {
        if (!name.StartsWith(Folder, StringComparison.Ordinal) || !name.EndsWith(".txt", StringComparison.Ordinal))
            return null;
        string group = name[Folder.Length..].Split('/')[0];
        return group.StartsWith("spam-", StringComparison.Ordinal) ? true
            : group.Contains("ham-", StringComparison.Ordinal) ? false
            : null;
    }

    /// <summary>The first letters of a text: without digits, case and punctuation, by which mails of one campaign differ.</summary>
    private static string Beginning(string text)
    {
        var letters = new StringBuilder(LettersCompared);
        foreach (char character in text)
        {
            if (char.IsLetter(character))
                letters.Append(char.ToLowerInvariant(character));
            if (letters.Length == LettersCompared)
                break;
        }
        return letters.ToString();
    }
}
