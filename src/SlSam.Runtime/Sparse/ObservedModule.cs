using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>A module whose inputs are kept, and to whose outputs a zero is added, by whose gradient that of the output is known.</summary>
internal sealed class ObservedModule : IDisposable
{
    /// <summary>The largest number of entries that the gradients of several examples take together: they stay in a processor's cache.</summary>
    private const long ChunkSize = 1 << 16;

    private readonly nn.Module<Tensor, Tensor> _module;
    private readonly List<Tensor> _inputs = [];
    private readonly List<Tensor> _probes = [];
    private readonly Action _removeHook;
    private bool _off;

    public ObservedModule(nn.Module<Tensor, Tensor> module, int[] held)
    {
        _module = module;
        Held = held;
        _removeHook = module.register_forward_hook((_, input, output) => _off ? null! : Observe(input, output)).remove;
    }

    /// <summary>The masked weights that the module holds.</summary>
    public IReadOnlyList<int> Held { get; }

    /// <summary>The zeros that were added, one for each call.</summary>
    public IReadOnlyList<Tensor> Probes => _probes;

    public bool WasCalled => _inputs.Count > 0;

    /// <summary>Whether the first dimension of all inputs and outputs can be that of the examples.</summary>
    public bool SeparatesExamples(long examples) =>
        WasCalled && _inputs.Concat(_probes).All(tensor => tensor.dim() > 0 && tensor.shape[0] == examples);

    /// <summary>Drops what was observed.</summary>
    public void Forget()
    {
        _inputs.ForEach(input => input.Dispose());
        _probes.ForEach(probe => probe.Dispose());
        _inputs.Clear();
        _probes.Clear();
    }

    public void Dispose()
    {
        _removeHook();
        Forget();
    }

    /// <summary>Adds the squares of the examples' gradients of a weight, and the gradients themselves.</summary>
    /// <param name="index">The weight, one of those that the module holds.</param>
    /// <param name="weight">The same weight.</param>
    /// <param name="outputGradients">The gradients at the outputs, one for each call; an invalid tensor where there is none.</param>
    /// <param name="squares">Gets the squares.</param>
    /// <param name="sum">Gets the gradients, if it is not null.</param>
    public void AddTo(int index, MaskedWeight weight, Tensor[] outputGradients, Tensor squares, Tensor? sum)
    {
        var calls = Enumerable.Range(0, _inputs.Count).Where(call => !outputGradients[call].IsInvalid)
            .Select(call => (Input: _inputs[call], Gradient: outputGradients[call])).ToArray();
        if (calls.Length == 0)
        {
            return;
        }

        switch (_module)
        {
            case Linear linear when linear.weight.Handle == weight.Parameter.Handle:
                AddLinear(calls, squares, sum);
                break;
            case Linear:
                Add(Join(calls.Select(call => call.Gradient), squares.dtype).sum(dim: 1), squares, sum);
                break;
            case Embedding:
                AddEmbedding(calls, squares, sum);
                break;
            default:
                AddReplayed(calls, weight.Parameter, squares, sum);
                break;
        }
    }

    private Tensor Observe(Tensor input, Tensor output)
    {
        _inputs.Add(input.detach().DetachFromDisposeScope());
        using var zero = zeros(Array.Empty<long>(), output.dtype, output.device, requires_grad: true);
        var probe = zero.expand(output.shape).DetachFromDisposeScope();
        _probes.Add(probe);
        return output + probe;
    }

    /// <summary>Positions of all calls side by side: [examples, positions, features].</summary>
    private static Tensor Join(IEnumerable<Tensor> tensors, ScalarType type)
    {
        Tensor[] parts = [.. tensors.Select(tensor => tensor.to(type).reshape(tensor.shape[0], -1, tensor.shape[^1]))];
        return parts.Length == 1 ? parts[0] : cat(parts, 1);
    }

    private static void Add(Tensor gradients, Tensor squares, Tensor? sum)
    {
        sum?.add_(gradients.sum(dim: 0));
        if (gradients.shape[0] == 1)
        {
            using Scalar one = 1;
            using var only = gradients.squeeze(0);
            squares.addcmul_(only, only, one);
        }
        else
        {
            squares.add_(gradients.mul_(gradients).sum(dim: 0));
        }
    }

    private static void AddLinear((Tensor Input, Tensor Gradient)[] calls, Tensor squares, Tensor? sum)
    {
        var inputs = Join(calls.Select(call => call.Input), squares.dtype);
        var gradients = Join(calls.Select(call => call.Gradient), squares.dtype);
        if (inputs.shape[1] == 1)
        {
            // With one position the square of an example's gradient is the product of the squares.
            var input = inputs.squeeze(1);
            var gradient = gradients.squeeze(1).transpose(0, 1);
            sum?.add_(gradient.matmul(input));
            squares.add_(gradient.square().matmul(input.square()));
            return;
        }

        var examples = inputs.shape[0];
        var chunk = Math.Max(1, ChunkSize / squares.numel());
        for (long first = 0; first < examples; first += chunk)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(chunk, examples - first);
            Add(gradients.narrow(0, first, count).transpose(1, 2).bmm(inputs.narrow(0, first, count)), squares, sum);
        }
    }

    /// <summary>Sums the gradients of equal tokens within an example before they are squared.</summary>
    private static void AddEmbedding((Tensor Input, Tensor Gradient)[] calls, Tensor squares, Tensor? sum)
    {
        using Scalar one = 1;
        using Scalar rows = squares.shape[0];
        var width = squares.shape[1];
        var gradients = Join(calls.Select(call => call.Gradient), squares.dtype);
        var tokens = cat([.. calls.Select(call => call.Input.to(ScalarType.Int64).reshape(call.Input.shape[0], -1))], 1);
        var examples = arange(tokens.shape[0], ScalarType.Int64, tokens.device).unsqueeze(1);
        var (keys, positions, _) = (examples * rows + tokens).reshape(-1).unique(sorted: true, return_inverse: true);
        var perExample = zeros([keys.shape[0], width], squares.dtype, squares.device);
        perExample.index_add_(0, positions!.reshape(-1), gradients.reshape(-1, width), one);
        var row = keys.remainder(rows);
        sum?.index_add_(0, row, perExample, one);
        squares.index_add_(0, row, perExample.mul_(perExample), one);
    }

    /// <summary>Runs the module alone, one example at a time, and differentiates it.</summary>
    private void AddReplayed((Tensor Input, Tensor Gradient)[] calls, Parameter weight, Tensor squares, Tensor? sum)
    {
        using var gradientMode = enable_grad();
        _off = true;
        try
        {
            for (long example = 0; example < calls[0].Input.shape[0]; example++)
            {
                using var scope = NewDisposeScope();
                var outputs = Array.ConvertAll(calls, call => _module.forward(call.Input.narrow(0, example, 1)));
                var gradients = Array.ConvertAll(calls, call => call.Gradient.narrow(0, example, 1));
                var gradient = autograd.grad(outputs, [weight], gradients, allow_unused: true)[0];
                if (!gradient.IsInvalid)
                {
                    using var _ = no_grad();
                    Add(gradient.to(squares.dtype).unsqueeze(0), squares, sum);
                }
            }
        }
        finally
        {
            _off = false;
        }
    }
}
