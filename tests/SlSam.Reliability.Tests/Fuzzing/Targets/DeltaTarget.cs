using SlSam.Reliability.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Reliability.Tests.Fuzzing.Targets;

/// <summary>What sparse fine-tuning has changed, read, merged into a model and taken out again.</summary>
internal sealed class DeltaTarget : FuzzTarget
{
    private const string FileName = "delta.safetensors";

    private readonly SmallClassifier _model = new();
    private readonly Dictionary<string, Tensor> _before;

    public DeltaTarget() => _before = _model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone());

    public override string Name => "sparse delta";

    public override int Share => 10;

    /// <summary>A delta may be one of another model.</summary>
    public override bool IsDocumented(Exception exception) => exception is InvalidDataException or ArgumentException;

    public override void Read(FuzzInput input)
    {
        using var delta = SparseDelta.Load(Write(input));
        delta.Merge(_model);
        delta.Unmerge(_model);
        using var scope = NewDisposeScope();
        if (_model.state_dict().Any(pair => !pair.Value.eq(_before[pair.Key]).all().item<bool>()))
        {
            throw new FuzzFailure("What was merged and taken out again has left something.");
        }
    }

    public override FuzzInput Generate(Random random) => One(FileName, MadeUpSafetensors.Make(random, ["stem.weight.indices", "stem.weight.base", "stem.weight.values"]));

    public override void Mend(FuzzInput input, Random random) => input[FileName] = MadeUpSafetensors.Mend(input[FileName]);

    public override void Dispose()
    {
        foreach (var tensor in _before.Values)
        {
            tensor.Dispose();
        }

        _model.Dispose();
        base.Dispose();
    }

    protected override IEnumerable<FuzzInput> CreateValid()
    {
        using var scope = NewDisposeScope();
        var path = Path.Combine(Folder, FileName);
        var weight = _model.get_parameter("stem.weight")!.detach();
        var indices = tensor(new long[] { 0, 5, 63 });
        SafetensorsWriter.Write(
            path,
            new Dictionary<string, Tensor>
            {
                ["stem.weight.indices"] = indices,
                ["stem.weight.base"] = weight.take(indices),
                ["stem.weight.values"] = ones(3),
            },
            new Dictionary<string, string> { ["format"] = "SlSam sparse delta 1", ["shape:stem.weight"] = "8,8" });
        yield return One(FileName, File.ReadAllBytes(path));
    }
}
