namespace SlSam;

/// <summary>How the product of the Hessian and the gradient is found.</summary>
public enum HessianProduct
{
    /// <summary>By differentiating the gradient: exact, but every operator of the model must have a second derivative.</summary>
    DoubleBackward,

    /// <summary>By central differences of the gradient: any model, one more round over the batches, and a copy of each masked weight while it lasts.</summary>
    FiniteDifferences,
}
