using SlSam.LibTorch.Tests.Reference;
using SlSam.Runtime.Tests.Lora;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Perturbation;

/// <summary>Whole runs of ASAM against its published update in PyTorch (Kwon et al., ICML 2021, and the authors' code: T is |w| + eta for weights and 1 for biases).</summary>
public sealed class AdaptivePaperTests
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_is_that_of_the_published_update(bool includeBiases)
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        using var model = new Perceptron();
        var input = randn(6, 4, dtype: ScalarType.Float64);
        var target = randn(6, 2, dtype: ScalarType.Float64);
        var start = model.named_parameters().Select(named => $"'{named.name}': {AdapterCase.Python(named.parameter)}.requires_grad_()").ToArray();
        using var optimizer = new TestOptimizer(
            model,
            new SamOptions { Rho = 0.7, Adaptive = new() { Eta = 0.05, IncludeBiases = includeBiases } },
            UpdateRule.Sgd(0.05, momentum: 0.9, weightDecay: 0.01) with { DecayedTensors = DecayedTensors.All });
        for (var step = 0; step < 8; step++)
        {
            optimizer.Step(() => (model.call(input) - target).square().sum());
        }

        PyTorch.AssertSame(
            $$"""
            P = { {{string.Join(", ", start)}} }
            x, y = {{AdapterCase.Python(input)}}, {{AdapterCase.Python(target)}}
            optimizer = torch.optim.SGD(P.values(), lr=0.05, momentum=0.9, weight_decay=0.01)
            rho, eta, scaled = 0.7, 0.05, lambda n: {{(includeBiases ? "True" : "'ias' not in n")}}
            def backward():
                optimizer.zero_grad()
                h = torch.tanh(F.linear(x, P['hidden.weight'], P['hidden.bias']))
                ((F.linear(h, P['output'], P['outputBias']) - y) ** 2).sum().backward()
            for step in range(8):
                backward()
                with torch.no_grad():
                    T = {n: p.abs() + eta if scaled(n) else torch.ones_like(p) for n, p in P.items()}
                    norm = torch.norm(torch.stack([torch.norm(T[n] * p.grad) for n, p in P.items()])) + 1e-16
                    eps = {n: rho * T[n] ** 2 * p.grad / norm for n, p in P.items()}
                    for n, p in P.items(): p.add_(eps[n])
                backward()
                with torch.no_grad():
                    for n, p in P.items(): p.sub_(eps[n])
                optimizer.step()
            out.update(P)
            """,
            model.named_parameters().Select(named => (named.name, (Tensor)named.parameter)),
            tolerance: 1e-9);
    }

    /// <summary>A module as a layer, and a weight and a bias that are layers themselves.</summary>
    private sealed class Perceptron : nn.Module<Tensor, Tensor>, ISamModel
    {
        private readonly Linear _hidden = nn.Linear(4, 5, dtype: ScalarType.Float64);
        private readonly Parameter _output = new(randn(2, 5, dtype: ScalarType.Float64));
        private readonly Parameter _outputBias = new(randn(2, dtype: ScalarType.Float64));

        public Perceptron()
            : base(nameof(Perceptron))
        {
            register_module("hidden", _hidden);
            register_parameter("output", _output);
            register_parameter("outputBias", _outputBias);
        }

        public override Tensor forward(Tensor input) => nn.functional.linear(_hidden.call(input).tanh(), _output, _outputBias);

        IReadOnlyList<SamLayer> ISamModel.CreateLayers() =>
        [
            new SamLayer("hidden", SamLayerKind.Linear, -1, _hidden),
            new SamLayer("output", SamLayerKind.Parameter, -1, _output),
            new SamLayer("outputBias", SamLayerKind.Parameter, -1, _outputBias),
        ];
    }
}
