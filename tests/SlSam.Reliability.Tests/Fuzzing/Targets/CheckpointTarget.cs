using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SlSam.Reliability.Tests.Killing;

namespace SlSam.Reliability.Tests.Fuzzing.Targets;

/// <summary>A training checkpoint; what has loaded one must be able to train on.</summary>
internal sealed class CheckpointTarget : FuzzTarget
{
    private const string Manifest = "training.json", Weights = "model.safetensors", Others = "training.safetensors";

    private readonly SmallRun _run = new();
    private string[] _words = [];

    public override string Name => "training checkpoint";

    public override int Share => 10;

    /// <summary>The description of everything that is remembered is made for each load.</summary>
    public override long MostManagedBytes(long length) => (1 << 20) + 100 * length;

    /// <summary>Moments come with the first step that updates a layer, and go with a checkpoint from before it.</summary>
    public override long TensorsKept => 32;

    public override void Read(FuzzInput input)
    {
        input.Write(Folder);
        TrainingCheckpoint.Load(Folder, _run.Optimizer, sameSettings: false);
        _run.Train();
    }

    /// <summary>The step after a load may find a learning rate that no update rule can use.</summary>
    public override bool IsDocumented(Exception exception) => exception is InvalidDataException
        || (exception is InvalidOperationException && exception.Message.StartsWith("The learning rate", StringComparison.Ordinal));

    public override FuzzInput Generate(Random random)
    {
        var input = new FuzzInput(Valid[0]);
        var made = new MadeUpJson(random, _words);
        input[Manifest] = Encoding.UTF8.GetBytes(random.Next(2) == 0
            ? made.Object()
            : Encoding.UTF8.GetString(input[Manifest]).Replace("\"state\":", $"\"state\": {made.Object()}, \"{_words[random.Next(_words.Length)]}\":", StringComparison.Ordinal));
        Mend(input, random);
        return input;
    }

    /// <summary>Notes the lengths and checksums of the files that are there.</summary>
    public override void Mend(FuzzInput input, Random random)
    {
        try
        {
            input[Weights] = MadeUpSafetensors.Mend(input[Weights]);
            input[Others] = MadeUpSafetensors.Mend(input[Others]);
            var manifest = JsonNode.Parse(input[Manifest])!;
            foreach (var name in new[] { Weights, Others })
            {
                manifest["files"]![name] = new JsonObject { ["bytes"] = input[name].Length, ["sha256"] = Convert.ToHexString(SHA256.HashData(input[name])) };
            }

            input[Manifest] = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            // It stays damaged.
        }
    }

    public override void Dispose()
    {
        _run.Dispose();
        base.Dispose();
    }

    protected override IEnumerable<FuzzInput> CreateValid()
    {
        for (var step = 0; step < 3; step++)
        {
            var folder = Path.Combine(Folder, $"{step}");
            TrainingCheckpoint.Save(folder, _run.Optimizer, step, data: new JsonObject { ["epoch"] = step });
            var input = One(Manifest, File.ReadAllBytes(Path.Combine(folder, Manifest)));
            input[Weights] = File.ReadAllBytes(Path.Combine(folder, Weights));
            input[Others] = File.ReadAllBytes(Path.Combine(folder, Others));
            _words = [.. _words.Union(MadeUpJson.WordsOf(Encoding.UTF8.GetString(input[Manifest])))];
            _run.Train();
            yield return input;
        }
    }
}
