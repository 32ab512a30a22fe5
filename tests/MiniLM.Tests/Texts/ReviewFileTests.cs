using MiniLM.Texts;

namespace MiniLM.Tests.Texts;

public sealed class ReviewFileTests
{
    [Fact]
    public async Task Reviews_are_read_without_markup_and_doublets()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write(
            "reviews.json",
            """
            [{"t":"Good.<br /><br />Really <BR>good.","s":1}, {"s":0,"t":"Bad\u0096 &#345; &amp; &lt;br&gt; 3 < 4"},
             {"t":"Good.<br /><br />Really <BR>good.","s":1}, {"t":"","s":0}]
            """);

        var reviews = await ReviewFile.ReadAsync(path);

        Assert.Equal(
            [new LabelledText("Good.  Really  good.", true), new LabelledText("Bad  ř &   3 < 4", false), new LabelledText("", false)], reviews);
    }

    [Theory]
    [InlineData("""[{"t":"a","s":1},{"t":"b","s":2}]""", "after the first 1 ", "review 1 is 2")]
    [InlineData("""[{"t":"a","s":1},{"t":"b"}]""", "after the first 1 ", "missing")]
    [InlineData("""[{"s":1}]""", "after the first 0 ", "'t'")]
    [InlineData("""[null]""", "after the first 0 ", "'t'")]
    [InlineData("""[{"t":"a","s":"1"}]""", "after the first 0 ", "$[0].s")]
    [InlineData("""[{"t":"a","s":1},{"t":"b","s""", "after the first ", "reviews.json")]
    [InlineData("""{"t":"a","s":1}""", "after the first 0 ", "reviews.json")]
    [InlineData("", "after the first 0 ", "reviews.json")]
    public async Task A_malformed_file_is_refused_with_the_place(string json, string place, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("reviews.json", json);

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => ReviewFile.ReadAsync(path));

        Assert.Contains(place, exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }
}
