using System.Diagnostics;
using System.Text.Json.Nodes;
using SlSam.Reporting.TensorBoard;

namespace SlSam.Reporting.Tests.TensorBoard;

/// <summary>Event files, read back by a parser in Python that shares nothing with the writer.</summary>
public sealed class TensorBoardWriterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableFact]
    public void An_independent_parser_reads_what_was_recorded()
    {
        var norms = new List<double>();
        var run = Training.Run(new SlSamOptions { Sparsity = 0.3 }, 45, listen: recorder =>
        {
            recorder.Tell(new Norms(norms));
            return new TensorBoardWriter(recorder, Path.Combine(_folder.FullName, "run"));
        });
        var events = Read();
        Assert.Equal("brain.Event:2", events[0]!["version"]!.ToString());
        Assert.InRange((double)events[0]!["time"]!, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 3600, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1);

        Assert.Equal(run.Steps.First.Zip(run.Steps.Loss), Scalars(events, "loss/first_pass"));
        Assert.Equal(run.Steps.First.Zip(run.Steps.PerturbedLoss), Scalars(events, "loss/perturbed"));
        Assert.Equal(run.Steps.First.Zip(run.Steps.Cost), Scalars(events, "step/cost"));
        Assert.Equal(run.Steps.First.Zip(run.Arms[1].Probability).Where(pair => pair.First % 10 == 1), Scalars(events, "probability/blocks[0]"));
        Assert.Equal(run.Steps.First.Zip(run.Pairs[2].Balancedness).Where(pair => float.IsFinite(pair.Second)), Scalars(events, "balancedness/blocks[2]"));
        Assert.Equal(
            run.Evaluations.Select(each => (each.Step, (float)each.Accuracy)), Scalars(events, "evaluation/held-out/accuracy"));
        Assert.All(Scalars(events, "learning_rate/stem"), rate => Assert.Equal(0.01f, rate.Value));
        Assert.All(Scalars(events, "learning_rate/head"), rate => Assert.Equal(0.02f, rate.Value));
        Assert.Equal(45, Scalars(events, "learning_rate/head").Count);
        Assert.Empty(Scalars(events, "learning_rate/blocks[0]"));

        var text = Values(events, "configuration").Single().Value;
        Assert.Equal("text", text["plugin"]!.ToString());
        Assert.Contains("| update rule | AdamW |", text["text"]!.ToString(), StringComparison.Ordinal);

        AssertHistograms(Values(events, "gradient_norms").Select(each => each.Value["histogram"]!).ToList(), norms);
        AssertImage(Values(events, "layers").Last().Value, run);
    }

    [Fact]
    public void Checksums_are_those_of_the_standard()
    {
        // RFC 3720, B.4: 32 bytes of zeros, and of ones, have these CRC-32C.
        Assert.Equal(Mask(0x8a9136aa), EventFile.MaskedCrc(new byte[32]));
        Assert.Equal(Mask(0x62a8ab43), EventFile.MaskedCrc(Enumerable.Repeat(byte.MaxValue, 32).ToArray()));

        static uint Mask(uint crc) => ((crc >> 15) | (crc << 17)) + 0xa282ead8;
    }

    [Fact]
    public void A_histogram_counts_each_value_between_its_limits()
    {
        double[] values = [-3, -1e-5, 0, 0, 1e-13, 0.5, 1, 1, 250, double.NaN, double.PositiveInfinity];
        var histogram = Histograms.Of(values)!;
        var finite = values.Where(double.IsFinite).ToList();
        Assert.Equal((-3, 250, 9, finite.Sum()), (histogram.Min, histogram.Max, histogram.Num, histogram.Sum));
        for (var bucket = 1; bucket < histogram.BucketLimit.Count; bucket++)
        {
            var (low, high) = (histogram.BucketLimit[bucket - 1], histogram.BucketLimit[bucket]);
            Assert.True(low < high);
            Assert.Equal(finite.Count(value => value >= low && value < high), histogram.Bucket[bucket]);
        }

        Assert.Equal(9, histogram.Bucket.Sum());
        Assert.Null(Histograms.Of([double.NaN]));
    }

    /// <summary>Of each interval, the norms since the one before; the last values of the run are in none.</summary>
    private static void AssertHistograms(List<JsonNode> histograms, List<double> norms)
    {
        Assert.Equal(5, histograms.Count);
        var taken = 0;
        foreach (var histogram in histograms)
        {
            var count = (int)(double)histogram["num"]!;
            var part = norms.GetRange(taken, count);
            taken += count;
            Assert.Equal(part.Min(), (double)histogram["min"]!);
            Assert.Equal(part.Max(), (double)histogram["max"]!);
            Assert.Equal(part.Sum(), (double)histogram["sum"]!, 1e-12);
            Assert.Equal(count, histogram["counts"]!.AsArray().Sum(each => (double)each!));
        }

        Assert.InRange(taken, norms.Count / 2, norms.Count);
    }

    /// <summary>Where an arm was chosen its band is orange in the middle, and blue of its probability beside.</summary>
    private static void AssertImage(JsonNode value, TrainingRun run)
    {
        Assert.Equal("images", value["plugin"]!.ToString());
        var rows = value["image"]!.AsArray();
        var (height, width) = (rows.Count / run.Arms.Count, rows[0]!.AsArray().Count / 3 / run.Steps.First.Length);
        for (var arm = 0; arm < run.Arms.Count; arm++)
        {
            for (var point = 0; point < run.Steps.First.Length; point++)
            {
                var x = 3 * (point * width + width / 2);
                var (middle, edge) = (rows[arm * height + height / 2]!.AsArray(), rows[arm * height + 1]!.AsArray());
                Assert.Equal(run.Arms[arm].Active[point] == 1, (int)middle[x]! > 200 && (int)middle[x + 2]! < 50);
                Assert.Equal(240 + run.Arms[arm].Probability[point] * (36 - 240), (int)edge[x]!, 0.51);
            }
        }
    }

    private static List<(long Step, JsonNode Value)> Values(JsonArray events, string tag) =>
    [
        .. events.Where(each => each!["values"] is not null)
            .SelectMany(each => each!["values"]!.AsArray().Where(value => value!["tag"]!.ToString() == tag).Select(value => ((long)each["step"]!, value!))),
    ];

    private static List<(long Step, float Value)> Scalars(JsonArray events, string tag) =>
        [.. Values(events, tag).Select(each => (each.Step, (float)(double)each.Value["scalar"]!))];

    private JsonArray Read()
    {
        var path = Assert.Single(Directory.GetFiles(Path.Combine(_folder.FullName, "run")));
        Assert.Matches(@"^events\.out\.tfevents\.\d{10}\.", Path.GetFileName(path));
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "TensorBoard", "read_events.py"));
        start.ArgumentList.Add(path);
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            return JsonNode.Parse(output)!.AsArray();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new SkipException("python3 is not installed.");
        }
    }

    private sealed class Norms(List<double> norms) : IRunListener
    {
        public void OnStep(RecordedStep step) =>
            norms.AddRange(step.Optimizer.Arms.Where(arm => arm.IsActive).Select(arm => arm.GradientNorm));

        public void OnEvaluation(Evaluation evaluation)
        {
        }
    }
}
