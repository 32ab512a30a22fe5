using SlSam.Benchmarks.Reporting;
using SlSam.Benchmarks.Statistics;

namespace SlSam.Benchmarks.Tests;

public sealed class ReportTests
{
    [Theory]
    [InlineData(1.14, 1.10, 1.20, Verdict.Met)]
    [InlineData(1.16, 1.14, 1.18, Verdict.WithinNoise)]
    [InlineData(1.16, 1.155, 1.165, Verdict.Missed)]
    [InlineData(double.NaN, double.NaN, double.NaN, Verdict.Missed)]
    public void A_bar_is_missed_where_the_whole_interval_is_above_it(double middle, double low, double high, object verdict)
    {
        var measure = new Measure("a ratio", new Estimate(middle, low, high), 1.15);

        Assert.Equal(verdict, measure.Verdict);
        Assert.Equal(verdict.Equals(Verdict.Missed), new SectionReport("", [new("other", Estimate.Exact(9)), measure]).Missed);
    }

    [Fact]
    public void A_row_names_bar_estimate_interval_and_verdict()
    {
        Assert.Equal(
            "| peak | <= 0.75 | 0.76 | 0.74 to 0.78 | missed, within the noise |", new Measure("peak", new Estimate(0.76, 0.74, 0.78), 0.75).ToString());
        Assert.Equal("| state | <= 2.00 % | 1.50 % |  | met |", new Measure("state", Estimate.Exact(0.015), 0.02, "0.00 %").ToString());
        Assert.Equal("| a step |  | 12.3 ms |  |  |", new Measure("a step", Estimate.Exact(12.34), Format: "0.0 ms").ToString());
    }

    [Fact]
    public void A_section_replaces_what_stood_in_its_place_and_nothing_else()
    {
        const string page = "before\n<!-- measured lora x -->\nold\n<!-- end of lora x -->\nbetween\n<!-- measured steps -->\n<!-- end of steps -->\nafter\n";

        var filled = MeasuredPage.Fill(page, "lora x", "\nnew\n");

        Assert.Equal(page.Replace("old", "new"), filled);
        Assert.Equal(filled, MeasuredPage.Fill(filled!, "lora x", "new"));
        Assert.Null(MeasuredPage.Fill(page, "memory", "new"));
    }
}
