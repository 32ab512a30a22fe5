using SlSam.LibTorch.Tests.Reference;
using SlSam.Runtime.Tests.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Lora;

/// <summary>
/// Adapters that a program of a few lines reads and writes in PyTorch, by nothing but what PEFT and safetensors document: keys, shapes, ranks and scales by
/// pattern, W + scale * B A. Both sides must compute the same logits.
/// </summary>
public sealed class PeftPythonTests : IDisposable
{
    /// <summary>Reads and writes safetensors, and runs <see cref="Tagger"/> on weights by name.</summary>
    private const string Library = """
        import json, os, re, struct
        types = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "I64": torch.int64}

        def load(path):
            raw = open(path, "rb").read()
            length = struct.unpack("<Q", raw[:8])[0]
            tensors = {}
            for name, entry in json.loads(raw[8:8 + length]).items():
                if name != "__metadata__":
                    begin, end = (8 + length + offset for offset in entry["data_offsets"])
                    tensors[name] = torch.frombuffer(bytearray(raw[begin:end]), dtype=types[entry["dtype"]]).reshape(entry["shape"])
            return tensors

        def save(path, tensors):
            header, data = {"__metadata__": {"format": "pt"}}, b""
            for name, tensor in tensors.items():
                values = tensor.contiguous().numpy().tobytes()
                kind = next(kind for kind in types if types[kind] == tensor.dtype)
                header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(values)]}
                data += values
            text = json.dumps(header).encode()
            text += b" " * (-len(text) % 8)
            open(path, "wb").write(struct.pack("<Q", len(text)) + text + data)

        def value(patterns, path, otherwise):
            return next((patterns[key] for key in patterns if re.match(rf"(.*\.)?({key})$", path)), otherwise)

        def is_one(path, names):
            return any(path == name or path.endswith("." + name) for name in names or [])

        def apply(weights, folder):
            config = json.load(open(folder + "/adapter_config.json"))
            assert config["peft_type"] == "LORA" and config["bias"] == "none" and not config["fan_in_fan_out"]
            left = load(folder + "/adapter_model.safetensors")
            for key in sorted(left):
                if key not in left:
                    continue
                assert key.startswith("base_model.model."), key
                name = key[len("base_model.model."):]
                match = re.match(r"(.*)\.(lora_A\.weight|lora_embedding_A)$", name)
                if match is None:
                    if re.search(r"\.(lora_B\.weight|lora_embedding_B)$", name) is None:
                        assert is_one(name.rpartition(".")[0], config["modules_to_save"]), name
                        weights[name] = left.pop(key)
                    continue
                path = match.group(1)
                assert is_one(path, config["target_modules"]), path
                a, b = left.pop(key), left.pop(key.replace("_A", "_B"))
                r, alpha = value(config["rank_pattern"], path, config["r"]), value(config["alpha_pattern"], path, config["lora_alpha"])
                assert a.shape[0] == r and b.shape[1] == r, path
                if match.group(2) == "lora_embedding_A":
                    delta = (b @ a).T
                elif a.dim() == 3:
                    delta = F.conv1d(a.transpose(0, 1), b).transpose(0, 1)
                else:
                    delta = b @ a
                weights[path + ".weight"] = weights[path + ".weight"] + (alpha / math.sqrt(r) if config["use_rslora"] else alpha / r) * delta
            assert not left, left.keys()
            return weights

        def forward(w, tokens):
            hidden = F.embedding(tokens, w["tokens.weight"])
            for block in ("blocks.0.", "blocks.1."):
                mixed = F.conv1d(hidden.transpose(1, 2), w[block + "conv.weight"], w[block + "conv.bias"], padding=1).transpose(1, 2).tanh()
                projected = F.linear(mixed, w[block + "query.weight"], w[block + "query.bias"])
                hidden = F.layer_norm(hidden + projected, [6], w[block + "norm.weight"], w[block + "norm.bias"])
            hidden = F.linear(hidden.mean(1), w["head.hidden.weight"], w["head.hidden.bias"]).tanh()
            return F.linear(hidden, w["head.classifier.weight"], w["head.classifier.bias"])

        """;

    private readonly SafetensorsBytes _files = new();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tagger _model;
    private readonly Tensor _input;

    public PeftPythonTests()
    {
        manual_seed(13);
        _model = new Tagger();
        _model.eval();
        (_input, _) = Tagger.Batch();
        SafetensorsWriter.Write(Base, _model.state_dict());
    }

    private string Base => _files.PathTo("base.safetensors");

    private string Tokens => $"torch.tensor([{string.Join(',', _input.data<long>().ToArray())}]).reshape({_input.shape[0]}, {_input.shape[1]})";

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_we_save_means_in_Python_what_it_means_here(bool rankStabilized)
    {
        var folder = _files.PathTo("adapter");
        Tensor logits;
        using (var lora = new LoraModel(
            _model,
            path => new LoraOptions { Rank = path.Contains('0', StringComparison.Ordinal) ? 2 : 3, Alpha = path == "tokens" ? 5 : 4, RankStabilized = rankStabilized },
            LoraTargets.Named("tokens", "conv", "query"),
            LoraTargets.Named("classifier")))
        {
            using var _ = no_grad();
            foreach (var parameter in lora.parameters().Where(parameter => parameter.requires_grad))
            {
                parameter.normal_();
            }

            lora.Save(folder);
            logits = _model.call(_input);
        }

        PyTorch.AssertSame(
            $"{Library}out.update(logits=forward(apply(load('{Base}'), '{folder}'), {Tokens}))", [("logits", logits)]);
    }

    [SkippableFact]
    public void What_Python_saves_means_here_what_it_means_there()
    {
        var folder = _files.PathTo("adapter");
        var theirs = PyTorch.Run($$"""
            {{Library}}
            torch.manual_seed(17)
            os.makedirs("{{folder}}")
            ranks, prefix, tensors = {"tokens": 2, "blocks.0.query": 1, "blocks.1.query": 3, "blocks.1.conv": 2}, "base_model.model.", {}
            for path, r in ranks.items():
                a, b = (".lora_embedding_A", ".lora_embedding_B") if path == "tokens" else (".lora_A.weight", ".lora_B.weight")
                tail, end = ([3], [1]) if path.endswith("conv") else ([], [])
                tensors[prefix + path + a] = torch.randn([r, 11 if path == "tokens" else 6] + tail, dtype=torch.float64)
                tensors[prefix + path + b] = torch.randn([6, r] + end, dtype=torch.float64)
            tensors[prefix + "head.classifier.weight"] = torch.randn(3, 6, dtype=torch.float64)
            tensors[prefix + "head.classifier.bias"] = torch.randn(3, dtype=torch.float64)
            save("{{folder}}/adapter_model.safetensors", tensors)
            json.dump({
                "alpha_pattern": {"blocks\\.[01]\\.query": 6}, "auto_mapping": None, "base_model_name_or_path": "x", "bias": "none", "corda_config": None,
                "eva_config": None, "exclude_modules": None, "fan_in_fan_out": False, "inference_mode": True, "init_lora_weights": True, "kasa_config": None,
                "layer_replication": None, "layers_pattern": None, "layers_to_transform": None, "loftq_config": {}, "lora_alpha": 16, "lora_bias": False,
                "lora_dropout": 0.05, "megatron_config": None, "megatron_core": "megatron.core", "modules_to_save": ["classifier"], "peft_type": "LORA", "r": 2,
                "rank_pattern": {"0.query": 1, "1.query": 3}, "revision": None, "target_modules": ["query", "tokens", "blocks.1.conv"], "task_type": "SEQ_CLS",
                "trainable_token_indices": None, "use_dora": False, "use_qalora": False, "qalora_group_size": 16, "use_rslora": False,
            }, open("{{folder}}/adapter_config.json", "w"))
            out.update(logits=forward(apply(load("{{Base}}"), "{{folder}}"), {{Tokens}}))
            """)["logits"];

        using var lora = LoraModel.Load(_model, folder);
        _model.eval();
        var ours = _model.call(_input);

        Assert.Equal(theirs.Shape, ours.shape);
        Assert.All(ours.reshape(-1).data<double>().ToArray().Zip(theirs.Values), pair => Assert.Equal(pair.Second, pair.First, 1e-12 * Math.Max(1, Math.Abs(pair.Second))));
    }

    public void Dispose()
    {
        _model.Dispose();
        _scope.Dispose();
        _files.Dispose();
    }
}
