namespace SlSam;

/// <summary>
/// What one step of balancedness-aware regularization does to the factors of a pair; a = alpha_t eta_t, with the learning rate eta_t of the pair's layer.
/// </summary>
public enum BarRule
{
    /// <summary>
    /// nBAR (arXiv 2410.14802): the factor with the longer gradient is multiplied by 1 + a and the other by 1 - a, as SAM does where a loss of the product
    /// is noisy.
    /// </summary>
    Nbar,

    /// <summary>oBAR (arXiv 2410.14802): the longer factor is multiplied by 1 - a and the other by 1 + a, which brings the balancedness towards 0.</summary>
    Obar,

    /// <summary>
    /// gBAR (arXiv 2508.10435), for two factors or more: factor m is multiplied by 1 + a (gamma_m - mean gamma) / (sqrt(sum gamma) ||G_m||), where gamma_m is
    /// the squared norm of its gradient; a factor that is 0 stays so.
    /// </summary>
    Gbar,
}
