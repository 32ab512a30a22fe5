using System.Globalization;

namespace MiniLM.Texts;

/// <summary>
/// Short reviews put together from a small grammar, for a machine without network: what each says about its film decides its label,
/// and the rest of the sentences says nothing either way.
/// </summary>
public static class SyntheticReviews
{
    private static readonly string[] Praise =
        ["wonderful", "brilliant", "moving", "superb", "charming", "gripping", "delightful", "clever", "beautiful", "excellent"];

    private static readonly string[] Blame =
        ["dreadful", "boring", "clumsy", "awful", "tedious", "shallow", "annoying", "lifeless", "ugly", "terrible"];

    private static readonly string[] Subjects =
        ["plot", "acting", "music", "ending", "camera work", "dialogue", "cast", "story", "pacing", "lead actor"];

    private static readonly string[] Frames =
        ["The {0} was {1}.", "I found the {0} {1}.", "What a {1} {0}!", "Honestly, the {0} is {1}.", "My friends called the {0} {1}."];

    private static readonly string[] Neutral =
    [
        "We saw it on a Sunday afternoon.", "It runs for two hours.", "The cinema was half full.", "My brother had bought the tickets.",
        "It is set in a small town by the sea.", "There is a book of the same name.", "The director has made three films before.",
        "Most of it was shot at night.",
    ];

    /// <summary>Distinct reviews, positive and negative ones by turns.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed that they are drawn by.</param>
    public static List<LabelledText> Create(int count, int seed)
    {
        var random = new Random(seed);
        var reviews = new List<LabelledText>(count);
        var texts = new HashSet<string>(StringComparer.Ordinal);
        while (reviews.Count < count)
        {
            bool positive = reviews.Count % 2 == 0;
            string text = Compose(positive ? Praise : Blame, random);
            if (texts.Add(text))
                reviews.Add(new LabelledText(text, positive));
        }
        return reviews;
    }

    private static string Compose(string[] opinions, Random random)
    {
        string[] sentences =
        [
            Pick(Neutral, random), Opinion(opinions, random), Pick(Neutral, random), Opinion(opinions, random),
        ];
        random.Shuffle(sentences);
        return string.Join(' ', sentences);
    }

    private static string Opinion(string[] opinions, Random random) => string.Format(
        CultureInfo.InvariantCulture, Pick(Frames, random), Pick(Subjects, random), Pick(opinions, random));

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];
}
