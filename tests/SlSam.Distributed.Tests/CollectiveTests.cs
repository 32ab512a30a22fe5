using SlSam.Distributed.Tests.Workplace;

namespace SlSam.Distributed.Tests;

/// <summary>The calls of a process group by themselves.</summary>
[Collection(SessionGroup.Name)]
public sealed class CollectiveTests(Session session)
{
    [SkippableTheory]
    [InlineData(2)]
    [InlineData(4)]
    public void All_processes_have_the_same_result(int count)
    {
        double[] Expected(Func<IEnumerable<double>, double> combine) =>
            [.. new[] { 0, 3, 1, 4, 2, 5 }.Select(element => combine(Enumerable.Range(1, count).Select(rank => (double)(element + rank))))];

        for (var rank = 0; rank < count; rank++)
        {
            var finding = session[count, "Collectives", rank];
            Assert.Equal(Expected(values => values.Sum()), finding["Sum"]);
            Assert.Equal(Expected(values => values.Aggregate((left, right) => left * right)), finding["Product"]);
            Assert.Equal(Expected(values => values.Min()), finding["Minimum"]);
            Assert.Equal(Expected(values => values.Max()), finding["Maximum"]);
            Assert.Equal([rank, count, rank], finding["place"]);
            Assert.Equal([40.0], finding["bytes"]);
        }
    }

    [SkippableTheory]
    [InlineData(2)]
    [InlineData(4)]
    public void Tensors_of_any_type_and_layout_are_taken_over_from_the_root(int count)
    {
        var root = session[count, "Collectives", 1]["broadcast"];
        Assert.Equal(41, root.Length);
        for (var rank = 0; rank < count; rank++)
        {
            Assert.Equal(root, session[count, "Collectives", rank]["broadcast"]);
        }
    }
}
