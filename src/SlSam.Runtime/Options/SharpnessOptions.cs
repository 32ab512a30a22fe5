namespace SlSam;

/// <summary>
/// A method of training, as data. The records that derive from it are the methods: <see cref="SlSamOptions"/>, <see cref="SamOptions"/>,
/// <see cref="RandomStepOptions"/>, <see cref="PlainOptions"/>; derive one of your own to train with a selector of your own.
/// </summary>
public abstract record SharpnessOptions
{
    private double _rho = 0.05;

    /// <summary>
    /// The radius rho of the neighbourhood in which the loss is to be flat: the L2 norm of the perturbation over all active arms.
    /// Finite and at least 0; 0.05 by default (the SL-SAM paper fine-tunes with 0.01).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public double Rho
    {
        get => _rho;
        init => _rho = Require.NonNegative(value, nameof(Rho));
    }

    /// <summary>How the factors of the model's low-rank pairs are kept in balance; by default they are left to the update rule.</summary>
    public BalancednessOptions? Balancedness { get; init; }

    /// <summary>How layers marked <see cref="SparseDeltaAttribute">[SparseDelta]</see> are masked; of no effect on a model without any.</summary>
    public SparseOptions Sparse { get; init; } = new();

    /// <summary>What one arm is; a layer by default.</summary>
    public ArmGranularity Granularity { get; init; } = ArmGranularity.Layer;

    /// <summary>The seed of the selector's draws; 0 by default.</summary>
    public long Seed { get; init; }

    /// <summary>The source of the selector's draws; by default one that <see cref="Seed"/> starts.</summary>
    public IUniformSource? Draws { get; init; }

    /// <summary>Makes the selector that decides which arms each step perturbs and updates.</summary>
    /// <param name="arms">The model's arms in the order of the model's layers; none where every layer is always active.</param>
    public abstract LayerSelector CreateSelector(IReadOnlyList<Arm> arms);

    /// <summary>The source of draws that a new selector uses: <see cref="Draws"/>, or a new one started by <see cref="Seed"/>.</summary>
    protected IUniformSource CreateDraws() => Draws ?? new SeededUniformSource(Seed);
}
