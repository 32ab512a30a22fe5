using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SlSam.LibTorch.Tests.Modules;

/// <summary>Sequences and lists of modules and parameters.</summary>
public class ContainerTests
{
    [Fact]
    public void ASequenceNamesItsModulesByPosition()
    {
        using var scope = NewDisposeScope();
        using var sequence = Sequential(Linear(2, 3), ReLU()).append("out", Linear(3, 1, hasBias: false));
        Assert.Equal(["0.weight", "0.bias", "out.weight"], sequence.named_parameters().Select(named => named.name));
        Assert.Equal(["0", "1", "out"], sequence.named_children().Select(named => named.name));
        Assert.Equal(3, sequence.Count);
        Assert.IsType<ReLU>(sequence[1]);
    }

    [Fact]
    public void APartOfASequenceSharesItsModules()
    {
        using var scope = NewDisposeScope();
        using var sequence = Sequential(Linear(2, 3), ReLU(), Linear(3, 1));
        var part = sequence[1..];
        Assert.Equal(2, part.Count);
        Assert.Same(sequence[2], part[1]);
        Assert.Equal(2, sequence[(null, 2)].Count);
        Assert.Throws<IndexOutOfRangeException>(() => sequence[(0, 4)]);
    }

    [Fact]
    public void ASequenceDisposesWhatItsModulesPassOn()
    {
        var alive = new List<Tensor>();
        using var sequence = Sequential(Linear(2, 3), Tanh(), Linear(3, 1));
        ((Linear)sequence[0]).register_forward_hook((_, _, result) =>
        {
            alive.Add(result);
            return result;
        });
        using var input = ones(1, 2);
        using var output = sequence.call(input);
        Assert.True(alive.Single().IsInvalid);
        Assert.False(input.IsInvalid);
        Assert.False(output.IsInvalid);
    }

    [Fact]
    public void AnEmptySequenceReturnsAnotherHandleToItsInput()
    {
        using var sequence = Sequential();
        using var input = ones(2);
        using (var output = sequence.call(input))
        {
            Assert.NotSame(input, output);
        }

        Assert.False(input.IsInvalid);
    }

    [Fact]
    public void AListOfParametersNamesThemByPosition()
    {
        using var scope = NewDisposeScope();
        using var list = ParameterList(Parameter(zeros(1)), Parameter(zeros(2)));
        list.append(Parameter(zeros(3)));
        Assert.Equal(["0", "1", "2"], list.named_parameters().Select(named => named.name));
        Assert.Same(list[1], list.get_parameter("1"));
        Assert.False(list.has_parameter("3"));

        list.to(ScalarType.Float64);
        Assert.All(list, parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
    }

    [Fact]
    public void ModulesWithoutParametersRefuseThem()
    {
        using var scope = NewDisposeScope();
        using var module = ReLU();
        Assert.Throws<InvalidOperationException>(() => module.register_parameter("p", Parameter(zeros(1))));
        Assert.Throws<InvalidOperationException>(() => module.register_buffer("b", zeros(1)));
        Assert.Throws<InvalidOperationException>(() => module.register_module("m", Linear(1, 1)));
    }
}
