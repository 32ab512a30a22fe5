using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SlSam.LibTorch.Tests.Modules;

/// <summary>Registration of components, names, modes, conversion and disposal.</summary>
public class ModuleTests
{
    private class Block : Module<Tensor, Tensor>
    {
        private readonly Linear inner = Linear(2, 2);

        public Block() : base(nameof(Block)) => RegisterComponents();

        public override Tensor forward(Tensor input) => inner.call(input);
    }

    private class Model : Module<Tensor, Tensor>
    {
        public readonly Parameter scale = Parameter(ones(2));
        [ComponentName(Name = "head")] public readonly Linear last = Linear(2, 3);
        public readonly ModuleList<Block> blocks;
        public Tensor offset = zeros(2);
        private readonly List<Module> unregistered = [Linear(1, 1)];

        public Model(int depth = 2) : base(nameof(Model))
        {
            blocks = new ModuleList<Block>(Enumerable.Range(0, depth).Select(_ => new Block()).ToArray());
            RegisterComponents();
        }

        public Parameter learned { get; set; } = Parameter(zeros(1));

        public override Tensor forward(Tensor input)
        {
            var x = input * scale + offset;
            foreach (var block in blocks) x = block.call(x);
            return last.call(x) + learned;
        }
    }

    [Fact]
    public void FieldsBecomeComponentsUnderTheirNames()
    {
        using var scope = NewDisposeScope();
        using var model = new Model();
        string[] expected =
        [
            "scale", "<learned>k__BackingField", "head.weight", "head.bias", "blocks.0.inner.weight", "blocks.0.inner.bias", "blocks.1.inner.weight", "blocks.1.inner.bias",
        ];
        Assert.Equal(expected, model.named_parameters().Select(named => named.name));
        Assert.Equal(["scale", "<learned>k__BackingField"], model.named_parameters(recurse: false).Select(named => named.name));
        Assert.Equal(["offset"], model.named_buffers().Select(named => named.name));
        Assert.Equal(["head", "blocks"], model.named_children().Select(named => named.name));
        Assert.Equal(
            ["head", "blocks", "blocks.0", "blocks.1", "blocks.0.inner", "blocks.1.inner"],
            model.named_modules().Select(named => named.name));
        Assert.Equal([.. expected, "offset"], model.state_dict().Keys);
    }

    [Fact]
    public void ComponentsAreFoundByDottedNames()
    {
        using var scope = NewDisposeScope();
        using var model = new Model();
        Assert.Same(model.last.weight, model.get_parameter("head.weight"));
        Assert.True(model.has_parameter("blocks.1.inner.bias"));
        Assert.False(model.has_parameter("blocks.2.inner.bias"));
        Assert.Null(model.get_parameter("last.weight"));
        Assert.Same(model.offset, model.get_buffer("offset"));
        Assert.False(model.has_buffer("scale"));
    }

    [Fact]
    public void ASharedParameterIsListedOnce()
    {
        using var scope = NewDisposeScope();
        using var first = Linear(2, 2);
        using var second = Linear(first.weight);
        using var both = Sequential(("a", first), ("b", second));
        Assert.Equal(["a.weight", "a.bias"], both.named_parameters().Select(named => named.name));
    }

    [Fact]
    public void NamesAreTakenOnce()
    {
        using var scope = NewDisposeScope();
        using var model = new Model();
        Assert.Throws<InvalidOperationException>(() => model.register_module("head", Linear(1, 1)));
        Assert.Throws<InvalidOperationException>(() => model.register_parameter("scale", Parameter(zeros(1))));
        Assert.Throws<InvalidOperationException>(() => model.register_buffer("offset", zeros(1)));
        Assert.Throws<ArgumentException>(() => model.register_module("a.b", Linear(1, 1)));
        Assert.Throws<ArgumentException>(() => model.register_module("", Linear(1, 1)));
    }

    [Fact]
    public void AListRegistersItsModulesWhenItIsRegistered()
    {
        using var scope = NewDisposeScope();
        using var list = ModuleList(Linear(1, 1), Linear(1, 1, hasBias: false));
        Assert.Empty(list.parameters());

        using var parent = new Parent(list);
        Assert.Equal(["list.0.weight", "list.0.bias", "list.1.weight"], parent.named_parameters().Select(named => named.name));
        Assert.Equal(2, list.Count);
    }

    private sealed class Parent : Module<Tensor, Tensor>
    {
        public Parent(Module child) : base(nameof(Parent)) => register_module("list", child);

        public override Tensor forward(Tensor input) => input;
    }

    [Fact]
    public void ModesReachAllModules()
    {
        using var scope = NewDisposeScope();
        using var model = new Model();
        model.eval();
        Assert.False(model.training);
        Assert.All(model.modules(), module => Assert.False(module.training));
        model.train();
        Assert.All(model.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void ApplyVisitsEveryModuleChildrenFirst()
    {
        using var scope = NewDisposeScope();
        using var model = new Model(1);
        var visited = new List<string>();
        model.apply(module => visited.Add(module.GetName()));
        Assert.Equal(["Linear", "Linear", "Block", "ModuleList", "Model"], visited);
    }

    [Fact]
    public void ConversionReplacesParametersKeepsGradientsAndSetsFields()
    {
        using var scope = NewDisposeScope();
        using var model = new Model();
        var weight = model.last.weight;
        var learned = model.learned;
        model.call(randn(4, 2)).sum().backward();
        using var gradient = model.last.weight.grad!.clone();

        Assert.Same(model, model.to(ScalarType.Float64));

        Assert.NotSame(weight, model.last.weight);
        Assert.NotSame(learned, model.learned);
        Assert.True(weight.IsInvalid);
        Assert.All(model.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        Assert.All(model.parameters(), parameter => Assert.True(parameter.is_leaf && parameter.requires_grad));
        Assert.Equal(ScalarType.Float64, model.offset.dtype);
        Assert.Same(model.last.weight, model.get_parameter("head.weight"));
        Assert.Same(model.learned, model.get_parameter("<learned>k__BackingField"));
        Assert.True(model.last.weight.grad!.allclose(gradient.to(ScalarType.Float64)));
        Assert.Equal(ScalarType.Float64, model.call(ones(1, 2, dtype: ScalarType.Float64)).dtype);
    }

    [Fact]
    public void ConversionToTheSameTypeReplacesNothing()
    {
        using var scope = NewDisposeScope();
        using var model = new Model();
        var before = model.parameters().ToArray();
        model.to(ScalarType.Float32).to(CPU);
        Assert.Equal(before, model.parameters(), ReferenceEqualityComparer.Instance);
    }

    [Fact]
    public void CountsOfBatchesStayIntegers()
    {
        using var scope = NewDisposeScope();
        using var module = BatchNorm1d(2).to(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, module.running_mean!.dtype);
        Assert.Equal(ScalarType.Int64, module.num_batches_tracked!.dtype);
        module.call(randn([3, 2], dtype: ScalarType.Float64));
        Assert.Equal(1, module.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void AStateDictionaryGoesFromOneModelToAnother()
    {
        using var scope = NewDisposeScope();
        using var source = new Model();
        using var target = new Model();
        source.offset.fill_(3);
        var (missing, unexpected) = target.load_state_dict(source.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        var input = randn(3, 2);
        Assert.True(source.call(input).allclose(target.call(input)));
        Assert.NotSame(source.last.weight, target.last.weight);
    }

    [Fact]
    public void StrictLoadingRefusesOtherNames()
    {
        using var scope = NewDisposeScope();
        using var model = new Model();
        var state = new Model(3).state_dict();
        state.Remove("head.bias");
        Assert.Throws<InvalidOperationException>(() => model.load_state_dict(state));

        var (missing, unexpected) = model.load_state_dict(state, strict: false);
        Assert.Equal(["head.bias"], missing);
        Assert.Equal(["blocks.2.inner.weight", "blocks.2.inner.bias"], unexpected);

        var (skipped, _) = model.load_state_dict(state, strict: false, skip: ["head.bias"]);
        Assert.Empty(skipped);
    }

    [Fact]
    public void GradientsAreRemovedOrZeroed()
    {
        using var scope = NewDisposeScope();
        using var module = Linear(2, 2);
        module.call(ones(1, 2)).sum().backward();
        module.zero_grad(set_to_none: false);
        Assert.Equal(0f, module.weight.grad!.abs().sum().item<float>());
        module.zero_grad();
        Assert.Null(module.weight.grad);
    }

    [Fact]
    public void DisposingAModelDisposesItsTree()
    {
        var model = new Model();
        var components = model.parameters().Concat(model.buffers()).ToArray();
        model.Dispose();
        Assert.All(components, component => Assert.True(component.IsInvalid));
    }

    [Fact]
    public void ParametersOutliveTheScopeTheirModuleWasMadeIn()
    {
        Linear module;
        using (NewDisposeScope())
        {
            module = Linear(2, 2);
        }

        Assert.False(module.weight.IsInvalid);
        module.Dispose();
    }

    [Fact]
    public void AParameterTakesItsTensorOver()
    {
        var data = ones(2);
        using var parameter = Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
    }
}
