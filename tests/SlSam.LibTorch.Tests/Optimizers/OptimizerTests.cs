using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.LibTorch.Tests.Optimizers;

/// <summary>Groups, state, and optimizers written outside the provider.</summary>
public class OptimizerTests
{
    [Fact]
    public void OptionsOutOfRangeAreRefused()
    {
        var parameters = new[] { nn.Parameter(zeros(1)) };
        Assert.Throws<ArgumentException>(() => optim.SGD(parameters, -1));
        Assert.Throws<ArgumentException>(() => optim.SGD(parameters, 1, nesterov: true));
        Assert.Throws<ArgumentException>(() => optim.Adam(parameters, beta1: 1));
        Assert.Throws<ArgumentException>(() => optim.AdamW(parameters, beta2: -0.1));
        Assert.Throws<ArgumentException>(() => optim.AdamW(parameters, weight_decay: -0.1));
    }

    [Fact]
    public void ZeroGradFillsWithZeros()
    {
        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(ones(2));
        using var optimizer = optim.SGD([parameter], 0.1);
        parameter.sum().backward();
        optimizer.zero_grad();
        Assert.Equal([0f, 0f], parameter.grad!.data<float>().ToArray());
    }

    [Fact]
    public void StateGoesFromOneOptimizerToAnother()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (nn.Parameter(ones(2)), nn.Parameter(ones(2)));
        using var first = optim.AdamW([a], 0.1, amsgrad: true);
        using var second = optim.AdamW([b], 0.7, amsgrad: true);
        Step(first, a);
        Step(first, a);
        using (no_grad()) b.copy_(a);

        second.load_state_dict(first.state_dict());
        Assert.True(second.state_dict().State.Single().ApproximatelyEquals(first.state_dict().State.Single()));

        Step(first, a);
        Step(second, b);
        Assert.Equal(a.data<float>().ToArray(), b.data<float>().ToArray());
        Assert.Equal(0.1, second.ParamGroups.Single().LearningRate);
    }

    private static void Step(optim.Optimizer optimizer, Parameter parameter)
    {
        optimizer.zero_grad();
        using var loss = parameter.pow(3).sum();
        loss.backward();
        optimizer.step();
    }

    [Fact]
    public void AStepLeavesNoTensorsBehind()
    {
        using var model = nn.Linear(3, 2);
        using var optimizer = optim.AdamW(model.parameters());
        using (var loss = model.call(ones(1, 3)).sum()) loss.backward();
        optimizer.step();

        var before = Tensor.TotalCount;
        optimizer.step();
        optimizer.step();
        Assert.Equal(before, Tensor.TotalCount);
    }

    /// <summary>An optimizer as code outside the provider writes one.</summary>
    private sealed class Outside : optim.Optimizer
    {
        public Outside(IEnumerable<Parameter> parameters, double rate) : base(IntPtr.Zero) => _parameter_groups =
        [
            new ParamGroup { Parameters = parameters, Options = new OptimizerOptions { LearningRate = rate, InitialLearningRate = rate } },
        ];

        public override Tensor? step(Func<Tensor>? closure = null) => closure?.Invoke();

        public override void zero_grad()
        {
        }

        public override IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);
    }

    [Fact]
    public void AnOutsideOptimizerIsScheduled()
    {
        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(ones(2));
        using var optimizer = new Outside([parameter], 0.5);
        var scheduler = optim.lr_scheduler.ExponentialLR(optimizer, 0.5);
        scheduler.step();
        Assert.Equal(0.25, optimizer.ParamGroups.Single().LearningRate);
        Assert.Same(parameter, optimizer.parameters().Single());
    }
}
