using SlSam.Compiler.Tests.Harness;

namespace SlSam.Docs.Tests;

/// <summary>The figures of docs/choosing.md are those of docs/results.md.</summary>
public class ChoosingTests
{
    [Fact]
    public void Each_method_has_the_cost_the_memory_and_the_accuracies_of_its_row()
    {
        var results = Rows("docs/results.md", "method").GroupBy(cells => cells[0]).ToDictionary(rows => rows.Key, rows => rows.First());
        var choices = Rows("docs/choosing.md", "you want").ToList();

        Assert.NotEmpty(choices);
        Assert.All(choices, choice =>
        {
            var measured = results[choice[2]];
            Assert.Equal([Mean(measured[5]), measured[7], $"{Mean(measured[1])} %", $"{Mean(measured[2])} %"], choice[3..]);
        });
    }

    /// <summary>What stands before the spread.</summary>
    private static string Mean(string cell) => cell.Split(' ')[0];

    /// <summary>The cells of the first table whose first column is called so.</summary>
    private static IEnumerable<string[]> Rows(string page, string firstColumn) => File.ReadLines(Path.Combine(Repository.Root, page))
        .SkipWhile(line => !line.StartsWith($"| {firstColumn} |", StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|', ' ').Split('|').Select(cell => cell.Trim()).ToArray());
}
