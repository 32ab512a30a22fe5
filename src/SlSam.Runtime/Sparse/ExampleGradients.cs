using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// The mean over examples of the squared gradient of one example's loss, without a pass for each example: a backward pass over the whole batch gives the
/// gradient at the output of each module, whose rows belong to the examples, and with the module's input that is enough to find each example's gradient.
/// </summary>
/// <remarks>
/// For linear layers and embeddings there is a closed form; other modules are differentiated by themselves, one example at a time. Weights that no module
/// holds alone, or for which these gradients do not sum up to the gradient of the batch (because the weight is used elsewhere, or the module
/// mixes examples), need a backward pass for each example, and for that the closure to return one loss for each.
/// </remarks>
internal sealed class ExampleGradients : IDisposable
{
    private readonly ScoreStream _stream;
    private readonly Tensor[] _sums;
    private readonly List<ObservedModule> _modules = [];
    private readonly SortedSet<int> _oneByOne;

    private ExampleGradients(nn.Module model, ScoreStream stream)
    {
        _stream = stream;
        _sums = stream.Accumulators();
        _oneByOne = new SortedSet<int>(Enumerable.Range(0, stream.Weights.Count));
        var owners = new Dictionary<nint, int>();
        var modules = model.modules().Append(model).Distinct().ToArray();
        foreach (var parameter in modules.SelectMany(module => module.parameters(recurse: false)))
        {
            owners[parameter.Handle] = owners.GetValueOrDefault(parameter.Handle) + 1;
        }

        foreach (var module in modules.OfType<nn.Module<Tensor, Tensor>>())
        {
            var held = Held(module, stream.Weights, owners);
            if (held.Length > 0)
            {
                _modules.Add(new ObservedModule(module, held));
                _oneByOne.ExceptWith(held);
            }
        }
    }

    /// <summary>Runs through the batches and returns the mean square for each weight.</summary>
    public static Tensor[] MeanSquares(nn.Module model, ScoreStream stream)
    {
        using var gradients = new ExampleGradients(model, stream);
        var examples = stream.Run(gradients.Add);
        ScoreStream.Scale(gradients._sums, 1.0 / examples);
        return gradients._sums;
    }

    public void Dispose() => _modules.ForEach(module => module.Dispose());

    private static int[] Held(nn.Module module, IReadOnlyList<MaskedWeight> weights, Dictionary<nint, int> owners)
    {
        var own = module.parameters(recurse: false).Select(parameter => parameter.Handle).ToHashSet();
        return [.. Enumerable.Range(0, weights.Count)
            .Where(index => own.Contains(weights[index].Parameter.Handle) && owners[weights[index].Parameter.Handle] == 1)];
    }

    private void Add(ScoreBatch batch)
    {
        _modules.ForEach(module => module.Forget());
        var loss = ScoreStream.Loss(batch);
        using var perExample = loss.numel() == batch.Examples ? loss.reshape(-1) : null;
        var total = perExample?.sum() ?? loss.sum() * batch.Examples;

        var oneByOne = new SortedSet<int>(_oneByOne);
        var observed = new List<ObservedModule>();
        foreach (var module in _modules)
        {
            if (module.SeparatesExamples(batch.Examples))
            {
                observed.Add(module);
            }
            else
            {
                // A module that was not called may still have lent its weight to the forward pass.
                oneByOne.UnionWith(module.Held);
            }
        }

        oneByOne.RemoveWhere(index => !DependsOn(total, index));
        AddObserved(total, observed, oneByOne);
        if (oneByOne.Count > 0)
        {
            AddOneByOne(perExample, batch, [.. oneByOne]);
        }
    }

    private void AddObserved(Tensor total, List<ObservedModule> observed, SortedSet<int> oneByOne)
    {
        if (observed.Count == 0)
        {
            return;
        }

        // Each batch shows for itself whether the sum over examples is the gradient of the batch: a forward pass may do other things with another batch.
        var held = observed.SelectMany(module => module.Held).ToArray();
        Tensor[] probes = [.. observed.SelectMany(module => module.Probes)];
        Tensor[] inputs = [.. probes, .. held.Select(index => _stream.Weights[index].Parameter)];
        var gradients = autograd.grad([total], inputs, retain_graph: true, allow_unused: true).ToArray();

        using var _ = no_grad();
        var next = 0;
        var nextHeld = probes.Length;
        foreach (var module in observed)
        {
            var calls = module.Probes.Count;
            var outputGradients = gradients.AsSpan(next, calls).ToArray();
            next += calls;
            foreach (var index in module.Held)
            {
                using var scope = NewDisposeScope();
                var squares = zeros_like(_sums[index]);
                var sum = zeros_like(_sums[index]);
                module.AddTo(index, _stream.Weights[index], outputGradients, squares, sum);
                if (!Agree(sum, gradients[nextHeld++]))
                {
                    _oneByOne.Add(index);
                    oneByOne.Add(index);
                }
                else if (!oneByOne.Contains(index))
                {
                    _sums[index].add_(squares);
                }
            }
        }
    }

    private bool DependsOn(Tensor total, int index) =>
        !autograd.grad([total], [_stream.Weights[index].Parameter], retain_graph: true, allow_unused: true)[0].IsInvalid;

    private void AddOneByOne(Tensor? losses, ScoreBatch batch, int[] indices)
    {
        if (losses is null)
        {
            throw new InvalidOperationException(
                $"Fisher's salience of '{_stream.Weights[indices[0]].Name}' needs one loss for each of the {batch.Examples} examples: return them from the "
                + "score batch's closure (reduction: none) instead of their mean.");
        }

        Tensor[] parameters = [.. indices.Select(index => _stream.Weights[index].Parameter)];
        for (long example = 0; example < batch.Examples; example++)
        {
            using var scope = NewDisposeScope();
            using var one = losses.select(0, example);
            var gradients = autograd.grad([one], parameters, retain_graph: true, allow_unused: true);
            using var _ = no_grad();
            for (var position = 0; position < indices.Length; position++)
            {
                if (!gradients[position].IsInvalid)
                {
                    _sums[indices[position]].add_(gradients[position].to(_sums[indices[position]].dtype).square());
                }
            }
        }
    }

    private static bool Agree(Tensor sum, Tensor gradient)
    {
        if (gradient.IsInvalid)
        {
            return sum.eq(0).all().cpu().item<bool>();
        }

        var tolerance = gradient.dtype switch { ScalarType.Float64 => 1e-8, ScalarType.Float32 => 1e-3, _ => 5e-2 };
        var expected = gradient.to(sum.dtype);
        var error = (sum - expected).norm().cpu().ToDouble();
        return error <= tolerance * expected.norm().cpu().ToDouble() + 1e-30;
    }
}
