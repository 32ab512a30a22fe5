using MiniLM.Texts;

namespace MiniLM.Tests.Texts;

public sealed class TextSplitTests
{
    private static readonly List<LabelledText> Reviews =
        Enumerable.Range(0, 100).Select(index => new LabelledText($"review {index}", index >= 50)).ToList();

    [Fact]
    public void Both_sets_are_half_positive_shuffled_and_apart()
    {
        var split = TextSplit.Draw(Reviews, training: 60, heldOut: 20, seed: 3);

        Assert.Equal((60, 30), (split.Training.Count, split.Training.Count(review => review.IsPositive)));
        Assert.Equal((20, 10), (split.HeldOut.Count, split.HeldOut.Count(review => review.IsPositive)));
        Assert.Equal(80, split.Training.Concat(split.HeldOut).Distinct().Count());
        Assert.InRange(split.Training.Take(30).Count(review => review.IsPositive), 5, 25);
    }

    [Fact]
    public void The_seed_alone_decides_what_is_held_out()
    {
        var first = TextSplit.Draw(Reviews, training: 60, heldOut: 20, seed: 3);

        Assert.Equal(first.HeldOut, TextSplit.Draw(Reviews, training: 20, heldOut: 20, seed: 3).HeldOut);
        Assert.Equal(first.Training, TextSplit.Draw(Reviews, training: 60, heldOut: 20, seed: 3).Training);
        Assert.NotEqual(first.HeldOut.ToHashSet(), TextSplit.Draw(Reviews, training: 60, heldOut: 20, seed: 4).HeldOut.ToHashSet());
    }

    [Theory]
    [InlineData(90, 20)]
    [InlineData(3, 20)]
    [InlineData(20, 0)]
    public void Sizes_that_cannot_be_drawn_are_refused(int training, int heldOut) =>
        Assert.Throws<ArgumentException>(() => TextSplit.Draw(Reviews, training, heldOut, seed: 3));

}
