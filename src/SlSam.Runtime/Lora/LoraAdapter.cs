using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// A frozen layer with a trainable product of low rank beside it: the result is layer(x) + scale * B A x (LoRA, Hu et al., ICLR 2022, equation 3).
/// At first the product is 0, so the adapted layer computes what the layer does.
/// </summary>
/// <remarks>
/// Used in one of two ways. As a module of its own, in place of the layer, which it then owns: components <c>base_layer</c>, <c>lora_A</c> and
/// <c>lora_B</c>. Or attached by a <see cref="LoraModel"/> to a layer that stays where it is, as the layer's component <c>lora</c>.
/// </remarks>
public abstract class LoraAdapter : nn.Module<Tensor, Tensor>, ILoraAdapter
{
    /// <summary>The component that an attached adapter is of its layer.</summary>
    internal const string AttachedName = "lora";

    private readonly nn.Module<Tensor, Tensor> _layer;
    private Action? _detach;
    private Tensor? _original;
    private bool _enabled = true;

    private protected LoraAdapter(nn.Module<Tensor, Tensor> layer, LoraOptions? options, string name)
        : base(name)
    {
        _layer = layer ?? throw new ArgumentNullException(nameof(layer));
        Options = options ?? new LoraOptions();
        if (layer.named_children().Any(child => child.module is LoraAdapter))
        {
            throw new ArgumentException($"The {layer.GetName()} has an adapter already; a layer takes one.", nameof(layer));
        }
    }

    /// <summary>Rank, alpha, dropout and scale.</summary>
    public LoraOptions Options { get; }

    /// <summary>The frozen layer.</summary>
    public nn.Module<Tensor, Tensor> Layer => _layer;

    /// <summary>The factor A that the adapter has now, of shape [r, in], and [r, in, kernel..] for a convolution.</summary>
    public abstract Parameter A { get; }

    /// <summary>The factor B that the adapter has now, of shape [out, r], and [out, r, 1..] for a convolution.</summary>
    public abstract Parameter B { get; }

    /// <summary>Whether the product has been added to the layer's weight.</summary>
    public bool IsMerged { get; private set; }

    /// <summary>Whether the product takes part in the result; false makes the layer what it was before.</summary>
    /// <exception cref="InvalidOperationException">The product is merged into the weight, from which it cannot be left out.</exception>
    public bool Enabled
    {
        get => _enabled;
        set
        {
            if (!value && IsMerged)
            {
                throw new InvalidOperationException("The adapter is merged into its layer's weight; call Unmerge() before it is disabled.");
            }

            _enabled = value;
        }
    }

    /// <summary>Whether the adapter is a component of its layer, rather than in its place.</summary>
    internal bool IsAttached => _detach is not null;

    /// <summary>Whether a forward pass has reached the adapter.</summary>
    internal bool HasRun { get; private set; }

    /// <summary>The weight that the product is added to.</summary>
    private protected abstract Parameter Weight { get; }

    /// <summary>The result of the layer, adapted.</summary>
    /// <param name="input">What the layer takes.</param>
    /// <returns>A tensor of the shape that the layer returns.</returns>
    public override Tensor forward(Tensor input)
    {
        var output = _layer.call(input);
        return IsAttached ? output : Adapt(input, output);
    }

    /// <summary>scale * B A as it would be added to the layer's weight, of the weight's shape.</summary>
    public Tensor DeltaWeight()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using Scalar scale = Options.Scale;
        return Product().mul_(scale).to(Weight.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>Adds the product to the layer's weight: a forward pass then costs what it did without the adapter.</summary>
    /// <param name="safe">Whether to refuse a merged weight that is not finite; nothing is changed then.</param>
    /// <param name="keepOriginal">
    /// Whether to keep a copy of the weight, so that <see cref="Unmerge"/> restores it bit for bit; else it subtracts the product, which rounds.
    /// </param>
    /// <exception cref="InvalidOperationException">The adapter is merged already or disabled, or the merged weight would not be finite.</exception>
    public void Merge(bool safe = true, bool keepOriginal = true)
    {
        CheckMergeable();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var merged = MergedWeight(safe);
        _original = keepOriginal ? Weight.clone().DetachFromDisposeScope() : null;
        Weight.copy_(merged);
        IsMerged = true;
    }

    /// <summary>Takes the product out of the layer's weight again; does nothing where it is not merged.</summary>
    public void Unmerge()
    {
        if (!IsMerged)
        {
            return;
        }

        using var _ = no_grad();
        if (_original is not null)
        {
            Weight.copy_(_original);
            _original.Dispose();
            _original = null;
        }
        else
        {
            using var delta = DeltaWeight();
            Weight.sub_(delta);
        }

        IsMerged = false;
    }

    /// <inheritdoc/>
    public LoraPair CreatePair(string name) => new(name, A, B);

    /// <summary>What the adapter adds to the layer's result.</summary>
    private protected abstract Tensor Delta(Tensor input);

    /// <summary>B A in the shape of the weight, a new tensor.</summary>
    private protected abstract Tensor Product();

    /// <summary>The input of A: some of it dropped in training.</summary>
    private protected Tensor Drop(Tensor input) =>
        Options.Dropout > 0 && training ? nn.functional.dropout(input, Options.Dropout) : input;

    /// <summary>Applies the scale where it is cheapest: between the factors, where a row has r numbers.</summary>
    private protected Tensor Scaled(Tensor hidden)
    {
        if (Options.Scale == 1)
        {
            return hidden;
        }

        using Scalar scale = Options.Scale;
        return hidden.mul(scale);
    }

    /// <summary>Freezes the layer, then takes its place or becomes a component of it; called when the factors have been registered.</summary>
    private protected void Start(bool attach)
    {
        foreach (var parameter in _layer.parameters())
        {
            parameter.requires_grad = false;
        }

        if (!attach)
        {
            register_module("base_layer", _layer);
            return;
        }

        train(_layer.training);
        var hook = _layer.register_forward_hook((_, input, output) => Adapt(input, output));
        _layer.register_module(AttachedName, this);
        _detach = () =>
        {
            hook.remove();
            _layer.register_module(AttachedName, null!);
        };
    }

    /// <summary>Stops changing the results of the layer that the adapter was attached to, and is no component of it any more.</summary>
    internal void Detach()
    {
        _detach?.Invoke();
        _detach = null;
    }

    /// <summary>Checks that a merge would succeed.</summary>
    internal void CheckMerge(bool safe)
    {
        CheckMergeable();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        if (safe)
        {
            MergedWeight(safe);
        }
    }

    /// <summary>Nothing: the components are registered by name.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <summary>Disposes what the adapter owns. A merged weight stays merged.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _original?.Dispose();
            _original = null;
        }

        base.Dispose(disposing);
    }

    /// <summary>The result is a tensor that only its caller has seen, and that no backward pass reads: it is added to in place.</summary>
    private Tensor Adapt(Tensor input, Tensor output)
    {
        HasRun = true;
        if (!_enabled || IsMerged)
        {
            return output;
        }

        using var scope = NewDisposeScope();
        output.add_(Delta(input));
        return output;
    }

    private void CheckMergeable()
    {
        if (IsMerged)
        {
            throw new InvalidOperationException("The adapter is merged into its layer's weight already.");
        }

        if (!_enabled)
        {
            throw new InvalidOperationException("The adapter is disabled; enable it before it is merged into its layer's weight.");
        }
    }

    private Tensor MergedWeight(bool safe)
    {
        var merged = Weight.add(DeltaWeight());
        if (safe && !merged.isfinite().all().cpu().item<bool>())
        {
            throw new InvalidOperationException(
                $"The merged weight of the {_layer.GetName()} would hold numbers that are not finite; nothing was merged.");
        }

        return merged;
    }
}
