using System.Text;
using SlSam.Reliability.Tests.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Reliability.Tests.Fuzzing.Targets;

/// <summary>A folder of Hugging Face PEFT, loaded into a model that must be as it was afterwards.</summary>
internal sealed class AdapterTarget : FuzzTarget
{
    private const string Config = "adapter_config.json", Weights = "adapter_model.safetensors";

    private readonly SmallClassifier _model = new();
    private readonly Parameter _weight;
    private readonly Tensor _before;
    private string[] _words = [];

    public AdapterTarget()
    {
        _weight = _model.get_parameter("stem.weight")!;
        _before = _weight.detach().clone();
    }

    public override string Name => "PEFT adapter";

    public override int Share => 10;

    /// <summary>A layer that is named may be none that can be adapted.</summary>
    public override bool IsDocumented(Exception exception) => exception is InvalidDataException or ArgumentException;

    /// <summary>Each pattern is compiled and compared with every path.</summary>
    public override long MostManagedBytes(long length) => (1 << 20) + 2000 * length;

    public override void Read(FuzzInput input)
    {
        input.Write(Folder);
        try
        {
            using var adapted = LoraModel.Load(_model, Folder);
        }
        finally
        {
            using var scope = NewDisposeScope();
            if (!_weight.eq(_before).all().item<bool>() || !_weight.requires_grad || _model.modules().Any(module => module is LoraAdapter))
            {
                throw new FuzzFailure("It has changed the model.");
            }
        }
    }

    public override FuzzInput Generate(Random random)
    {
        var input = new FuzzInput(Valid[0]);
        if (random.Next(2) == 0)
        {
            input[Config] = Encoding.UTF8.GetBytes(new MadeUpJson(random, _words).Object());
        }
        else
        {
            input[Weights] = MadeUpSafetensors.Make(random, [.. _words.Where(word => word.StartsWith("base_model.", StringComparison.Ordinal)), "a"]);
        }

        return input;
    }

    public override void Mend(FuzzInput input, Random random) => input[Weights] = MadeUpSafetensors.Mend(input[Weights]);

    public override void Dispose()
    {
        _before.Dispose();
        _model.Dispose();
        base.Dispose();
    }

    protected override IEnumerable<FuzzInput> CreateValid()
    {
        using (var lora = new LoraModel(_model, new LoraOptions { Rank = 2, Dropout = 0.1 }, LoraTargets.Named("stem"), LoraTargets.Named("head")))
        {
            lora.Save(Folder, "some/model");
        }

        var input = One(Config, File.ReadAllBytes(Path.Combine(Folder, Config)));
        input[Weights] = File.ReadAllBytes(Path.Combine(Folder, Weights));
        input[Config] = Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(input[Config]).Replace("\"rank_pattern\": {}", "\"rank_pattern\": {\"ste[m]\": 2}", StringComparison.Ordinal)
                .Replace("\"alpha_pattern\": {}", "\"alpha_pattern\": {\"(.*)stem\": 4}", StringComparison.Ordinal));
        _words =
        [
            .. MadeUpJson.WordsOf(Encoding.UTF8.GetString(input[Config])), "LORA", "stem", "head", "norm", "drop", "all-linear", "(a+)+b",
            "base_model.model.stem.lora_A.weight", "base_model.model.stem.lora_B.weight", "base_model.model.norm.lora_A.weight", "base_model.model.head.weight",
            "base_model.model.head.bias", "base_model.model..lora_A.weight",
        ];
        yield return input;
    }
}
