using System.Globalization;
using SlSam.LibTorch.Tests.Reference;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Lora;

/// <summary>Each kind of adapter against PyTorch's operators, against its own merged weight, and against the layer that it adapts.</summary>
public sealed class LoraAdapterTests : IDisposable
{
    private static readonly LoraOptions s_options = new() { Rank = 2, Alpha = 3 };

    private readonly DisposeScope _scope = NewDisposeScope();

    public LoraAdapterTests() => manual_seed(3);

    public static TheoryData<string> Cases => AdapterCase.Names;

    public void Dispose() => _scope.Dispose();

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Results_and_gradients_are_those_of_plain_operators_in_PyTorch(string name)
    {
        var each = AdapterCase.All[name];
        using var adapter = each.Random(s_options);
        var input = each.Input();
        var isIndex = !input.is_floating_point();
        if (!isIndex)
        {
            input.requires_grad = true;
        }

        var output = adapter.call(input);
        output.square().sum().backward();

        var bias = adapter.Layer.named_parameters().FirstOrDefault(named => named.name == "bias").parameter;
        List<(string, Tensor)> ours = [("y", output), ("ga", adapter.A.grad!), ("gb", adapter.B.grad!)];
        if (!isIndex)
        {
            ours.Add(("gx", input.grad!));
        }

        PyTorch.AssertSame(
            $"""
            x = {AdapterCase.Python(input)}.requires_grad_()
            w = {AdapterCase.Python(adapter.Layer.get_parameter("weight")!)}
            b = {(bias is null ? "None" : AdapterCase.Python(bias))}
            a = {AdapterCase.Python(adapter.A)}.requires_grad_()
            b2 = {AdapterCase.Python(adapter.B)}.requires_grad_()
            y = {each.Layer} + {s_options.Scale.ToString("R", CultureInfo.InvariantCulture)} * ({each.Delta})
            y.square().sum().backward()
            out.update(y=y, ga=a.grad, gb=b2.grad)
            {(isIndex ? "" : "out.update(gx=x.grad)")}
            """,
            ours);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_merged_weight_gives_the_unmerged_result_and_unmerging_brings_the_weight_back(string name)
    {
        var each = AdapterCase.All[name];
        using var adapter = each.Random(s_options);
        var input = each.Input();
        var adapted = adapter.call(input);
        var weight = adapter.Layer.get_parameter("weight")!;
        var original = weight.clone();

        adapter.Merge();
        Assert.False(Snapshot.Same(original, weight));
        AssertClose(adapted, adapter.call(input));
        AssertClose(adapted, adapter.Layer.call(input));
        Assert.Throws<InvalidOperationException>(() => adapter.Merge());
        adapter.Unmerge();
        Assert.True(Snapshot.Same(original, weight));
        Assert.True(Snapshot.Same(adapted, adapter.call(input)));

        adapter.Merge(keepOriginal: false);
        adapter.Unmerge();
        AssertClose(original, weight);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_new_adapter_leaves_the_result_as_it_was_and_trains_alone(string name)
    {
        var each = AdapterCase.All[name];
        using var adapter = each.Adapt(s_options);
        var input = each.Input();
        var output = adapter.call(input);

        Assert.True(Snapshot.Same(adapter.Layer.call(input), output));
        output.sum().backward();
        Assert.All(adapter.Layer.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.Equal(2, adapter.parameters().Count(parameter => parameter.requires_grad));
        var (zero, drawn) = adapter is LoraEmbedding ? (adapter.A, adapter.B) : (adapter.B, adapter.A);
        Assert.Equal(0, zero.abs().max().item<double>());
        Assert.True(drawn.count_nonzero().item<long>() == drawn.numel());
        Assert.True(zero.grad!.abs().max().item<double>() > 0); // the first step moves it away from 0
    }

    [Fact]
    public void Components_are_called_as_in_PEFT()
    {
        using var linear = new LoraLinear(nn.Linear(5, 7), s_options);
        using var embedding = new LoraEmbedding(nn.Embedding(9, 4), s_options);
        using var convolution = new LoraConv2d(nn.Conv2d(3, 4, (3, 2)), s_options);

        Assert.Equal(
            ["base_layer.bias [7]", "base_layer.weight [7, 5]", "lora_A.weight [2, 5]", "lora_B.weight [7, 2]"], Shapes(linear));
        Assert.Equal(["base_layer.weight [9, 4]", "lora_embedding_A [2, 9]", "lora_embedding_B [4, 2]"], Shapes(embedding));
        Assert.Equal(
            ["base_layer.bias [4]", "base_layer.weight [4, 3, 3, 2]", "lora_A.weight [2, 3, 3, 2]", "lora_B.weight [4, 2, 1, 1]"], Shapes(convolution));
    }

    [Fact]
    public void Factors_start_as_in_PEFT()
    {
        using var linear = new LoraLinear(nn.Linear(400, 300), new LoraOptions { Rank = 50 });
        using var embedding = new LoraEmbedding(nn.Embedding(40, 300), new LoraOptions { Rank = 50 });

        // Kaiming uniform with a = sqrt 5 is uniform in +-1/sqrt(in), here +-0.05; 20,000 draws have a standard deviation within 2 % of 0.1/sqrt 12.
        Assert.InRange(linear.A.abs().max().item<float>(), 0.0499f, 0.05f);
        Assert.InRange(linear.A.std().item<float>() / (0.1f / MathF.Sqrt(12)), 0.98f, 1.02f);
        Assert.InRange(embedding.B.std().item<float>(), 0.98f, 1.02f);
    }

    [Fact]
    public void Dropout_drops_inputs_of_the_adapter_in_training_only()
    {
        // With W0 = 0 and A = B = identity the result is the scale times the input that is left: 0, or x / (1 - p).
        using var layer = nn.Linear(64, 64, hasBias: false, dtype: ScalarType.Float64);
        nn.init.zeros_(layer.weight!);
        using var adapter = new LoraLinear(layer, new LoraOptions { Rank = 64, Alpha = 64, Dropout = 0.25 });
        using (no_grad())
        {
            var identity = eye(64, dtype: ScalarType.Float64);
            adapter.A.copy_(identity);
            adapter.B.copy_(identity);
        }

        var input = ones(100, 64, dtype: ScalarType.Float64);

        var trained = adapter.call(input);
        var dropped = trained.eq(0).sum().item<long>();
        Assert.InRange(dropped, 1400, 1800); // 1,600 expected, standard deviation 35
        Assert.Equal(6400, dropped + (trained - 1 / 0.75).abs().lt(1e-12).sum().item<long>());

        adapter.eval();
        Assert.True(Snapshot.Same(input, adapter.call(input)));
    }

    [Theory]
    [InlineData(16, 8.0, false, 0.5)]
    [InlineData(16, 8.0, true, 2.0)]
    public void The_scale_is_alpha_over_r_or_over_its_root(int rank, double alpha, bool stabilized, double scale) =>
        Assert.Equal(scale, new LoraOptions { Rank = rank, Alpha = alpha, RankStabilized = stabilized }.Scale);

    [Fact]
    public void A_merge_that_would_not_be_finite_is_refused()
    {
        using var adapter = AdapterCase.All["linear"].Random(s_options);
        using (no_grad())
        {
            adapter.A[0, 0] = double.PositiveInfinity;
        }

        var before = new Snapshot(adapter);
        Assert.Contains("not finite", Assert.Throws<InvalidOperationException>(() => adapter.Merge()).Message);
        Assert.Empty(before.Changed());
        Assert.False(adapter.IsMerged);

        adapter.Merge(safe: false);
        Assert.True(adapter.IsMerged);
        adapter.Unmerge();
        Assert.Empty(before.Changed());
    }

    [Fact]
    public void A_disabled_adapter_gives_the_layers_result()
    {
        var each = AdapterCase.All["linear"];
        using var adapter = each.Random(s_options);
        var input = each.Input();
        var adapted = adapter.call(input);

        adapter.Enabled = false;
        Assert.True(Snapshot.Same(adapter.Layer.call(input), adapter.call(input)));
        Assert.Throws<InvalidOperationException>(() => adapter.Merge());
        adapter.Enabled = true;
        Assert.True(Snapshot.Same(adapted, adapter.call(input)));

        adapter.Merge();
        Assert.Throws<InvalidOperationException>(() => adapter.Enabled = false);
    }

    [Fact]
    public void What_cannot_be_adapted_is_refused_by_name_and_value()
    {
        Assert.Contains("Rank is 0", Assert.Throws<ArgumentOutOfRangeException>(() => new LoraOptions { Rank = 0 }).Message);
        Assert.Contains("Alpha is -1", Assert.Throws<ArgumentOutOfRangeException>(() => new LoraOptions { Alpha = -1 }).Message);
        Assert.Contains("Dropout is 1", Assert.Throws<ArgumentOutOfRangeException>(() => new LoraOptions { Dropout = 1 }).Message);
        Assert.Throws<ArgumentNullException>(() => new LoraLinear(null!));

        using var grouped = nn.Conv2d(4, 4, 3, groups: 2);
        Assert.Contains("groups = 2", Assert.Throws<ArgumentException>(() => new LoraConv2d(grouped)).Message);
        Assert.All(grouped.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void Forward_backward_merge_and_unmerge_leave_no_tensors_behind()
    {
        var each = AdapterCase.All["conv2d"];
        using var adapter = each.Random(s_options with { Dropout = 0.1 });
        var before = 0L;
        for (var round = 0; round < 50; round++)
        {
            if (round == 2)
            {
                before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            }

            using var scope = NewDisposeScope();
            adapter.call(each.Input()).sum().backward();
            adapter.Merge();
            adapter.Unmerge();
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static string[] Shapes(nn.Module module) =>
        [.. module.state_dict().Select(pair => $"{pair.Key} [{string.Join(", ", pair.Value.shape)}]").Order(StringComparer.Ordinal)];

    private static void AssertClose(Tensor expected, Tensor actual) =>
        Assert.InRange((expected - actual).abs().max().item<double>(), 0, 1e-12 * Math.Max(1, expected.abs().max().item<double>()));
}
