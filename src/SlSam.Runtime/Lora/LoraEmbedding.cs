using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// A table of embeddings with a low-rank adapter: row i of the table W0 becomes W0[i] + scale * B A[:, i], with A of shape [r, num], at first 0, and
/// B of shape [dim, r], drawn from a standard normal distribution: as in PEFT, the factor that is 0 is the one that a step changes in the rows it has seen.
/// </summary>
/// <remarks>
/// TorchSharp does not tell an embedding's padding index: the adapter trains that row as any other. A layer with a largest norm applies it to W0 only.
/// </remarks>
public sealed class LoraEmbedding : LoraAdapter
{
    private const string NameOfA = "lora_embedding_A";
    private const string NameOfB = "lora_embedding_B";

    private readonly Embedding _layer;

    /// <summary>Takes the place of a layer, and freezes it.</summary>
    /// <param name="layer">The layer; the adapter owns it from now on.</param>
    /// <param name="options">Rank and alpha; null for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layer"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="layer"/> has an adapter already.</exception>
    public LoraEmbedding(Embedding layer, LoraOptions? options = null)
        : this(layer, options, attach: false)
    {
    }

    internal LoraEmbedding(Embedding layer, LoraOptions? options, bool attach)
        : base(layer, options, nameof(LoraEmbedding))
    {
        _layer = layer;
        var weight = Weight;
        register_parameter(NameOfA, New(Options.Rank, weight.shape[0], weight));
        register_parameter(NameOfB, New(weight.shape[1], Options.Rank, weight));
        nn.init.normal_(B);
        Start(attach);
    }

    /// <inheritdoc/>
    public override Parameter A => get_parameter(NameOfA)!;

    /// <inheritdoc/>
    public override Parameter B => get_parameter(NameOfB)!;

    private protected override Parameter Weight => _layer.weight!;

    private protected override Tensor Delta(Tensor input)
    {
        var columns = A.index_select(1, input.flatten());
        return Scaled(columns.t()).matmul(B.t()).view([.. input.shape, B.shape[0]]);
    }

    private protected override Tensor Product() => B.mm(A).t().contiguous();

    private static Parameter New(long rows, long columns, Tensor like) =>
        (Parameter)new Parameter(zeros(rows, columns, like.dtype, like.device)).DetachFromDisposeScope();
}
