namespace SlSam;

/// <summary>
/// Marks a <see cref="SamLayerAttribute">[SamLayer]</see> whose weights are fine-tuned through a salience mask (SPEFT, arXiv 2412.13488): only the
/// entries with the highest salience are perturbed and updated.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class SparseDeltaAttribute : Attribute;
