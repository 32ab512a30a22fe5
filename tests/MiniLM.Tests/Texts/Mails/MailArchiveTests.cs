using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using MiniLM.Assets;
using MiniLM.Texts;
using MiniLM.Texts.Mails;

namespace MiniLM.Tests.Texts.Mails;

public sealed class MailArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Mails_are_labelled_by_their_folder_and_read_once()
    {
        string path = Write(
            ("package/data/easy-ham-1/00001.txt", "Subject: a\n\nMeeting at noon."),
            ("package/data/easy-ham-1/00001.json", "{}"),
            ("package/data/hard-ham-1/00001.txt", "Subject: b\n\nNewsletter."),
            ("package/data/spam-2/00001.txt", "Subject: c\n\nWIN $100 now!"),
            ("package/data/spam-2/00002.txt", "Subject: d\n\nwin $999 NOW"),
            ("package/data/spam-2/00003.txt", "Subject: e\n\n"),
            ("package/README.txt", "Subject: f\n\nNo mail."));

        Assert.Equal(
            [new LabelledText("Meeting at noon.", false), new LabelledText("Newsletter.", false), new LabelledText("WIN $100 now!", true)],
            await MailArchive.ReadAsync(path));
    }

    [Fact]
    public async Task An_archive_cut_short_is_refused_with_its_path()
    {
        string path = Write(
            ("package/data/easy-ham-1/1.txt", "Subject: a\n\n" + Noise(50_000)), ("package/data/spam-1/1.txt", "Subject: a\n\n" + Noise(50_000)));
        byte[] bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)]);

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => MailArchive.ReadAsync(path));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_file_or_mails_of_one_kind_alone_are_refused()
    {
        string text = _folder.Write("mails.tgz", "Subject: a\n\nNo archive.");
        string ham = Write(("package/data/easy-ham-2/1.txt", "Subject: a\n\nHam."));

        Assert.Contains(text, (await Assert.ThrowsAsync<InvalidDataException>(() => MailArchive.ReadAsync(text))).Message, StringComparison.Ordinal);
        Assert.Contains("spam", (await Assert.ThrowsAsync<InvalidDataException>(() => MailArchive.ReadAsync(ham))).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_whole_corpus_is_read()
    {
        var cache = new AssetCache(AssetCache.DefaultFolder, new NpmPackageSource());
        string path = cache.PathOf(AssetCatalog.Mails);
        Skip.IfNot(File.Exists(path), $"The mails are not in {cache.Folder}; running the experiment puts them there.");

        var mails = await MailArchive.ReadAsync(path);

        Assert.InRange(mails.Count(mail => mail.IsPositive), 1_000, 1_896);
        Assert.InRange(mails.Count(mail => !mail.IsPositive), 3_000, 4_150);
        Assert.DoesNotContain(mails, mail => mail.Text.Contains("\nReceived: ", StringComparison.Ordinal));
        Assert.Equal(mails.Count, mails.Select(mail => mail.Text).Distinct().Count());
    }

    public void Dispose() => _folder.Dispose();

    private static string Noise(int length)
    {
        var random = new Random(1);
        return string.Concat(Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(26))));
    }

    private string Write(params (string Name, string Text)[] files)
    {
        string path = Path.Combine(_folder.Path, $"{Guid.NewGuid():N}.tgz");
        using var file = File.Create(path);
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip);
        foreach (var (name, text) in files)
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        return path;
    }
}
