using MiniLM.Assets;
using MiniLM.Texts;
using MiniLM.Texts.Mails;

namespace SlSam.Experiments.Data;

/// <summary>Where a data set comes from.</summary>
/// <param name="Name">Its name on the command line and in records.</param>
/// <param name="Title">Its name in the results.</param>
/// <param name="Question">What is asked about a text.</param>
/// <param name="Asset">The file that holds it; null if it is made here.</param>
/// <param name="ReadAsync">Reads the texts from that file.</param>
internal sealed record DataSource(
    string Name, string Title, string Question, Asset? Asset, Func<string, CancellationToken, Task<List<LabelledText>>> ReadAsync)
{
    /// <summary>Film reviews and mails.</summary>
    public static IReadOnlyList<DataSource> Real { get; } =
    [
        new("imdb", "IMDB", "does the reviewer like the film?", AssetCatalog.Reviews, ReviewFile.ReadAsync),
        new("mails", "SpamAssassin", "is the mail, without its headers, spam?", AssetCatalog.Mails, MailArchive.ReadAsync),
    ];

    /// <summary>Stand-ins that the program makes itself.</summary>
    public static IReadOnlyList<DataSource> MadeUp { get; } =
    [
        new("imdb", "Made-up reviews", "does the reviewer like the film?", null, (_, _) => Task.FromResult(SyntheticReviews.Create(1_000, seed: 1))),
        new("mails", "Made-up reviews, others", "does the reviewer like the film?", null, (_, _) => Task.FromResult(SyntheticReviews.Create(1_000, seed: 2))),
    ];

    /// <summary>Made-up texts that are at least as long as what is read of a text, so that each batch is as large as it can be.</summary>
    public static DataSource Long { get; } = new("long", "Long texts", "none", null, (_, _) =>
    {
        var sentences = SyntheticReviews.Create(1_200, seed: 3);
        return Task.FromResult(sentences.Chunk(6)
            .SelectMany(some => new[] { false, true }.Select(positive => new LabelledText(
                string.Join(' ', Enumerable.Repeat(string.Join(' ', some.Where(review => review.IsPositive == positive).Select(review => review.Text)), 4)),
                positive)))
            .ToList());
    });
}
