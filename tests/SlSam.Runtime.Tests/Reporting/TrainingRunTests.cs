using System.Text.Json.Nodes;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Reporting;

public sealed class TrainingRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Path => System.IO.Path.Combine(_folder.FullName, "run.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_run_is_read_as_it_was_written()
    {
        var run = Record();
        run.Save(Path);
        var read = TrainingRun.Load(Path);
        Assert.Equal(run.ToJson(), read.ToJson());
        Assert.Equal(run.Steps.Loss, read.Steps.Loss);
        Assert.Equal(run.Arms[2].GradientNorm, read.Arms[2].GradientNorm);
        Assert.Contains(float.NaN, read.Arms[2].GradientNorm);
        Assert.Equal(run.Totals, read.Totals);
        Assert.Equal(double.NaN, read.Evaluations[0].Loss);
        Assert.Equal("16", read.Configuration.Settings["batch size"]);
        Assert.Equal(0.4, read.Configuration.Options!.Value.GetProperty("sparsity").GetDouble());
        Assert.Equal("0.01", read.Configuration.RuleSettings["learningRate"]);
        Assert.Equal(("cpu", "Float32", __version__), (read.Environment.Device, read.Environment.ElementType, read.Environment.Torch));
        Assert.Equal(["stem", "blocks[0]", "blocks[1]", "head"], read.Layers.Select(layer => layer.Name));
    }

    public static TheoryData<string, Action<JsonNode>> Damages => new()
    {
        { "its format is 'other'", run => run["format"] = "other" },
        { "version 2", run => run["version"] = 2 },
        { "'steps.loss' has 5 values for 6 points", run => run["steps"]!["loss"]!.AsArray().RemoveAt(0) },
        { "head: probability", run => run["arms"]![3]!["probability"]!.AsArray().Add(0.5) },
        { "totals", run => run["totals"] = "none" },
        { "missing required properties", run => run.AsObject().Remove("layers") },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void What_is_no_run_is_refused_with_its_reason(string reason, Action<JsonNode> damage)
    {
        var run = JsonNode.Parse(Record().ToJson())!;
        damage(run);
        File.WriteAllText(Path, run.ToJsonString());
        var exception = Assert.Throws<InvalidDataException>(() => TrainingRun.Load(Path));
        Assert.Contains(Path, exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever stands in the place of any value, a run is read, whole enough to be written again, or refused.</summary>
    [Fact]
    public void A_value_of_another_kind_anywhere_is_read_or_refused()
    {
        var text = Record().ToJson();
        var (read, refused) = (0, 0);
        foreach (var path in Paths(JsonNode.Parse(text)!, []))
        {
            foreach (var replacement in new[] { "null", "-1", "1e99", "\"x\"", "[]", "[null]", "{}", "true" })
            {
                var run = JsonNode.Parse(text)!;
                var owner = path.SkipLast(1).Aggregate(run, (node, key) => key is int index ? node[index]! : node[(string)key]!);
                if (path[^1] is int place)
                {
                    owner[place] = JsonNode.Parse(replacement);
                }
                else
                {
                    owner[(string)path[^1]] = JsonNode.Parse(replacement);
                }

                File.WriteAllText(Path, run.ToJsonString());
                try
                {
                    TrainingRun.Load(Path).ToJson();
                    read++;
                }
                catch (InvalidDataException)
                {
                    refused++;
                }
            }
        }

        Assert.True(read > 100 && refused > 500, $"{read} read, {refused} refused");
    }

    [Fact]
    public void A_truncated_file_is_refused()
    {
        var text = Record().ToJson();
        File.WriteAllText(Path, text[..(text.Length / 2)]);
        Assert.Throws<InvalidDataException>(() => TrainingRun.Load(Path));
    }

    [Fact]
    public void Options_of_a_type_of_ones_own_are_called_by_its_name()
    {
        using var scope = NewDisposeScope();
        using var model = new StagedClassifier(blocks: 1, width: 4, classes: 2);
        using var optimizer = new StagedClassifierSlSam(model, new OwnOptions(), UpdateRule.Sgd(0.1));
        using var recorder = new RunRecorder(optimizer);
        var run = recorder.ToRun();
        Assert.Equal("OwnOptions", run.Name);
        Assert.Null(run.Configuration.Options);
        run.Save(Path);
        Assert.Equal("OwnOptions", TrainingRun.Load(Path).Configuration.Method);
    }

    /// <summary>The places of all values; of a list, its first two elements stand for all.</summary>
    private static IEnumerable<object[]> Paths(JsonNode node, object[] path)
    {
        var inner = node switch
        {
            JsonObject object_ => object_.Select(member => ((object)member.Key, member.Value)),
            JsonArray array => array.Take(2).Select((member, index) => ((object)index, member)),
            _ => [],
        };
        foreach (var (key, value) in inner)
        {
            object[] place = [.. path, key];
            yield return place;
            if (value is not null)
            {
                foreach (var deeper in Paths(value, place))
                {
                    yield return deeper;
                }
            }
        }
    }

    private static TrainingRun Record()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = new StagedClassifier(blocks: 2, width: 4, classes: 2);
        using var optimizer = new StagedClassifierSlSam(model, new SlSamOptions { Sparsity = 0.4 }, UpdateRule.AdamW(0.01));
        var settings = new Dictionary<string, string> { ["batch size"] = "16" };
        using var recorder = new RunRecorder(optimizer, new RunRecorderOptions { Settings = settings });
        var batch = Batch.Random(4, 4, 2);
        for (var step = 0; step < 6; step++)
        {
            recorder.Add(optimizer.Step(batch.Input, batch.Loss));
        }

        recorder.AddEvaluation(accuracy: 0.1);
        return recorder.ToRun();
    }

    private sealed record OwnOptions : SharpnessOptions
    {
        public override LayerSelector CreateSelector(IReadOnlyList<Arm> arms) => new SamOptions().CreateSelector(arms);
    }
}
