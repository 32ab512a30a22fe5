namespace TorchSharp;

/// <summary>A module that maps predictions and targets to a loss.</summary>
/// <typeparam name="T1">Type of the predictions.</typeparam>
/// <typeparam name="T2">Type of the targets.</typeparam>
/// <typeparam name="TResult">Type of the loss.</typeparam>
public abstract class Loss<T1, T2, TResult> : torch.nn.Module<T1, T2, TResult>
{
    /// <summary>Makes a loss.</summary>
    /// <param name="reduction">What is made of the losses of the elements.</param>
    public Loss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean) : base("Loss") => this.reduction = reduction;

    /// <summary>What is made of the losses of the elements.</summary>
    public torch.nn.Reduction reduction { get; }
}

/// <summary>A loss with weights.</summary>
/// <typeparam name="T1">Type of the predictions.</typeparam>
/// <typeparam name="T2">Type of the targets.</typeparam>
/// <typeparam name="TResult">Type of the loss.</typeparam>
public abstract class WeightedLoss<T1, T2, TResult> : Loss<T1, T2, TResult>
{
    /// <summary>Makes a loss with weights.</summary>
    /// <param name="weight">The weights, or null.</param>
    /// <param name="reduction">What is made of the losses of the elements.</param>
    public WeightedLoss(torch.Tensor? weight = null, torch.nn.Reduction reduction = torch.nn.Reduction.Mean) : base(reduction) =>
        this.weight = weight;

    /// <summary>The weights, or null.</summary>
    public torch.Tensor? weight { get; }
}
