namespace SlSam;

/// <summary>
/// How much a weight w matters, by the gradient g of the mean loss over the score batches (SPEFT, arXiv 2412.13488). The entries with the highest
/// signed score are trained.
/// </summary>
public enum SalienceMetric
{
    /// <summary>A uniform draw; needs no data.</summary>
    Random,

    /// <summary>|w|; needs no data.</summary>
    Magnitude,

    /// <summary>|g|, the best of the paper's comparison.</summary>
    Gradient,

    /// <summary>|w g| (SNIP, Lee et al., ICLR 2019).</summary>
    Snip,

    /// <summary>-w g (FORCE, de Jorge et al., ICLR 2021).</summary>
    Force,

    /// <summary>(w g)^2 (Taylor-FO, Molchanov et al., CVPR 2019).</summary>
    TaylorFO,

    /// <summary>The mean over examples of the squared gradient of one example's loss, the diagonal of the empirical Fisher information.</summary>
    Fisher,

    /// <summary>
    /// |w dR/dw|, R the sum of the outputs for an input of ones with every parameter in absolute value (SynFlow, Tanaka et al., NeurIPS 2020). The closure
    /// returns the outputs instead of a loss. Activation modules are skipped and normalization modules only scale and shift; functions that a
    /// <c>forward</c> calls by itself keep their nonlinearity, which for a rectifier makes no difference: nothing is negative.
    /// </summary>
    SynFlow,

    /// <summary>-(H g) w with the Hessian H of the mean loss (GRaSP, Wang et al., ICLR 2020); see <see cref="SparseOptions.GraspSign"/>.</summary>
    Grasp,
}
