using System.Text;
using System.Text.Json.Nodes;
using SlSam.Runtime.Tests.Checkpoints;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Lora;

/// <summary>Adapters in the files of Hugging Face PEFT: as its documentation lays them out, and never a model that is changed by half.</summary>
public sealed class PeftFormatTests : IDisposable
{
    private const string ConfigName = "adapter_config.json", WeightsName = "adapter_model.safetensors";

    private readonly SafetensorsBytes _files = new();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tagger _model;
    private readonly Tensor _input;

    public PeftFormatTests()
    {
        manual_seed(11);
        _model = new Tagger();
        (_input, _) = Tagger.Batch();
    }

    [Fact]
    public void A_saved_folder_is_laid_out_as_PEFT_documents()
    {
        using var lora = Trained(_model);
        lora.Save(_files.PathTo("adapter"), baseModel: "some/tagger", path => path.Replace("blocks.", "layer.", StringComparison.Ordinal));

        Assert.Equal(
            """
            {
              "alpha_pattern": {},
              "auto_mapping": null,
              "base_model_name_or_path": "some/tagger",
              "bias": "none",
              "fan_in_fan_out": false,
              "inference_mode": true,
              "init_lora_weights": true,
              "layers_pattern": null,
              "layers_to_transform": null,
              "lora_alpha": 4,
              "lora_dropout": 0.1,
              "modules_to_save": [
                "head.classifier"
              ],
              "peft_type": "LORA",
              "r": 2,
              "rank_pattern": {},
              "revision": null,
              "target_modules": [
                "tokens",
                "layer.0.conv",
                "layer.0.query",
                "layer.1.conv",
                "layer.1.query"
              ],
              "task_type": null,
              "use_dora": false,
              "use_rslora": false
            }
            """,
            File.ReadAllText(_files.PathTo("adapter/" + ConfigName)));
        using var weights = SafetensorsFile.Open(_files.PathTo("adapter/" + WeightsName));
        Assert.Equal("pt", weights.Metadata["format"]);
        Assert.Equal(
            [
                "base_model.model.head.classifier.bias: Float64 [3]",
                "base_model.model.head.classifier.weight: Float64 [3, 6]",
                "base_model.model.layer.0.conv.lora_A.weight: Float64 [2, 6, 3]",
                "base_model.model.layer.0.conv.lora_B.weight: Float64 [6, 2, 1]",
                "base_model.model.layer.0.query.lora_A.weight: Float64 [2, 6]",
                "base_model.model.layer.0.query.lora_B.weight: Float64 [6, 2]",
                "base_model.model.layer.1.conv.lora_A.weight: Float64 [2, 6, 3]",
                "base_model.model.layer.1.conv.lora_B.weight: Float64 [6, 2, 1]",
                "base_model.model.layer.1.query.lora_A.weight: Float64 [2, 6]",
                "base_model.model.layer.1.query.lora_B.weight: Float64 [6, 2]",
                "base_model.model.tokens.lora_embedding_A: Float64 [2, 11]",
                "base_model.model.tokens.lora_embedding_B: Float64 [6, 2]",
            ],
            weights.Entries.Select(entry => entry.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_saved_and_loaded_computes_the_same_bits()
    {
        using var other = new Tagger();
        other.load_state_dict(_model.state_dict());
        Tensor expected;
        using (var lora = Trained(_model))
        {
            lora.Save(_files.PathTo("adapter"));
            _model.eval();
            expected = _model.call(_input);
        }

        using var loaded = LoraModel.Load(other, _files.PathTo("adapter"));
        other.eval();

        Assert.True(Snapshot.Same(expected, other.call(_input)));
        Assert.Equal(new LoraOptions { Rank = 2, Alpha = 4, Dropout = 0.1 }, loaded.Adapters[0].Adapter.Options);
        Assert.Equal(["model.head.classifier.bias", "model.head.classifier.weight"],
            loaded.named_parameters().Where(each => each.parameter.requires_grad && !each.name.Contains(".lora.", StringComparison.Ordinal)).Select(each => each.name).Order());
    }

    /// <summary>One adapter of rank 1 on the first query, another of rank 2 on the second, put together by hand.</summary>
    [Fact]
    public void A_folder_of_PEFT_changes_the_weights_by_scale_times_B_A()
    {
        var before = new[] { 0, 1 }.Select(block => Weight(block).clone()).ToArray();
        string folder = Write(Config(), Weights());

        using (var lora = LoraModel.Load(_model, folder, path => path.Replace("blocks.", "encoder.layer.", StringComparison.Ordinal)))
        {
            lora.Merge();
        }

        // alpha / sqrt r is 3 / 1 for the first, 8 / sqrt 2 for the second.
        AssertDelta(before[0], 0, 3, ones(6, 1).mul(0.5).mm(ones(1, 6).mul(2)));
        AssertDelta(before[1], 1, 8 / Math.Sqrt(2), ones(6, 2).mul(0.5).mm(ones(2, 6).mul(2)));
    }

    public static TheoryData<string, string, string> Refused => new()
    {
        { "peft_type", "\"IA3\"", "peft_type is 'IA3'" },
        { "use_dora", "true", "use_dora is true" },
        { "fan_in_fan_out", "true", "fan_in_fan_out is true" },
        { "trainable_token_indices", "[1]", "trainable_token_indices is [1]" },
        { "bias", "\"all\"", "bias is 'all'" },
        { "init_lora_weights", "\"pissa_niter_4\"", "pissa_niter_4" },
        { "r", "0", "r is 0" },
        { "r", "1.5", "r is 1.5" },
        { "r", "\"8\"", "r is \"8\"" },
        { "lora_alpha", "-1", "Alpha" },
        { "lora_dropout", "1", "Dropout" },
        { "rank_pattern", "{\"(\": 2}", "(" },
        { "rank_pattern", "{}", "[1, 6]" },
        { "rank_pattern", "{\"query\": 2147483647}", "the rank of 'encoder.layer.0.query' is 2147483647" },
        { "alpha_pattern", "{\"query\": 0}", "query is 0" },
        { "alpha_pattern", "{\"query\": 1e999}", "query is 1e999" },
        { "lora_alpha", "1e999", "lora_alpha is 1e999" },
        { "kasa_config", "{\"r\": 1}", "kasa_config" },
        { "modules_to_save", "[null]", "null" },
        { "modules_to_save", "[\"head.classifier\"]", "head.classifier" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_loaded_is_named_and_leaves_the_model_as_it_was(string property, string value, string named)
    {
        var config = JsonNode.Parse(Config())!.AsObject();
        config[property] = JsonNode.Parse(value);
        string folder = Write(config.ToJsonString(), Weights());

        AssertRefused(folder, named);
    }

    [Fact]
    public void Paths_that_the_model_does_not_have_are_named()
    {
        string folder = Write(Config(), Weights());

        var exception = Assert.Throws<InvalidDataException>(() => LoraModel.Load(_model, folder));

        Assert.Contains("'encoder.layer.0.query', 'encoder.layer.1.query'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("peftPath", exception.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => LoraModel.Load(_model, _files.PathTo("")));
    }

    /// <summary>Random bytes of both files replaced, cut and doubled.</summary>
    [Fact]
    public void Damaged_files_are_refused_or_loaded_and_never_leave_the_model_between()
    {
        var random = new Random(5);
        byte[] config = Encoding.UTF8.GetBytes(Config()), weights = Weights();
        int refused = 0;
        for (int round = 0; round < 1_500; round++)
        {
            byte[] first = round % 2 == 0 ? Damage(random, config) : config, second = round % 2 == 0 ? weights : Damage(random, weights);
            string folder = Write(first, second);
            var before = new Snapshot(_model);
            var trainable = Trainable();
            try
            {
                LoraModel.Load(_model, folder, path => path.Replace("blocks.", "encoder.layer.", StringComparison.Ordinal)).Dispose();
            }
            catch (InvalidDataException)
            {
                refused++;
            }

            Assert.Empty(before.Changed());
            Assert.Equal(trainable, Trainable());
            Directory.Delete(folder, recursive: true);
        }

        Assert.InRange(refused, 500, 1_499);
    }

    public void Dispose()
    {
        _model.Dispose();
        _scope.Dispose();
        _files.Dispose();
    }

    private static LoraModel Trained(Tagger model)
    {
        var lora = new LoraModel(
            model, new LoraOptions { Rank = 2, Alpha = 4, Dropout = 0.1 }, LoraTargets.Named("tokens", "conv", "query"), LoraTargets.Named("classifier"));
        using var _ = no_grad();
        foreach (var (_, adapter) in lora.Adapters)
        {
            adapter.A.normal_();
            adapter.B.normal_();
        }

        model.get_parameter("head.classifier.weight")!.normal_();
        return lora;
    }

    private static string Config() =>
        """
        {"peft_type": "LORA", "r": 2, "lora_alpha": 8, "use_rslora": true, "lora_dropout": 0.0, "bias": "none", "task_type": "SEQ_CLS", "target_modules": ["query"],
         "rank_pattern": {"layer.0.query": 1}, "alpha_pattern": {"0.query": 3}, "modules_to_save": null, "init_lora_weights": true, "unknown": [1, {}]}
        """;

    private static byte[] Weights()
    {
        var data = new List<byte>();
        var entries = new List<string>();
        foreach (int block in new[] { 0, 1 })
        {
            Add($"base_model.model.encoder.layer.{block}.query.lora_A.weight", [1 + block, 6], 2f);
            Add($"base_model.model.encoder.layer.{block}.query.lora_B.weight", [6, 1 + block], 0.5f);
        }

        return SafetensorsBytes.Bytes($"{{{string.Join(',', entries)}}}", [.. data]);

        void Add(string name, int[] shape, float value)
        {
            int begin = data.Count;
            for (int index = 0; index < shape[0] * shape[1]; index++)
            {
                data.AddRange(BitConverter.GetBytes(value));
            }

            entries.Add($$"""
                "{{name}}":{"dtype":"F32","shape":[{{shape[0]}},{{shape[1]}}],"data_offsets":[{{begin}},{{data.Count}}]}
                """);
        }
    }

    private static byte[] Damage(Random random, byte[] bytes)
    {
        var damaged = bytes.ToList();
        for (int count = random.Next(1, 4); count > 0; count--)
        {
            int at = random.Next(damaged.Count);
            switch (random.Next(4))
            {
                case 0: damaged[at] = (byte)random.Next(256); break;
                case 1: damaged[at] = (byte)"0123456789{}[],:\"-.eE"[random.Next(21)]; break;
                case 2: damaged.RemoveRange(at, Math.Min(damaged.Count - at - 1, random.Next(1, 9))); break;
                default: damaged.InsertRange(at, damaged.GetRange(at, Math.Min(damaged.Count - at, random.Next(1, 9)))); break;
            }
        }

        return [.. damaged];
    }

    private Tensor Weight(int block) => _model.get_parameter($"blocks.{block}.query.weight")!;

    private void AssertDelta(Tensor before, int block, double scale, Tensor product)
    {
        using var difference = Weight(block).sub(before).sub(product.mul(scale).to(ScalarType.Float64)).abs().max();
        Assert.InRange(difference.item<double>(), 0, 1e-6);
    }

    private void AssertRefused(string folder, string named)
    {
        var before = new Snapshot(_model);
        var trainable = Trainable();

        var exception = Assert.Throws<InvalidDataException>(
            () => LoraModel.Load(_model, folder, path => path.Replace("blocks.", "encoder.layer.", StringComparison.Ordinal)));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.Empty(before.Changed());
        Assert.Equal(trainable, Trainable());
    }

    private string[] Trainable() => [.. _model.named_parameters().Where(each => each.parameter.requires_grad).Select(each => each.name)];

    private string Write(string config, byte[] weights) => Write(Encoding.UTF8.GetBytes(config), weights);

    private string Write(byte[] config, byte[] weights)
    {
        string folder = _files.PathTo(Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, ConfigName), config);
        File.WriteAllBytes(Path.Combine(folder, WeightsName), weights);
        return folder;
    }
}
