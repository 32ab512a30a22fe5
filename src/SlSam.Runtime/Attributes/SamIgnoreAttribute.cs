namespace SlSam;

/// <summary>Marks a member with weights that is left out of the optimizer on purpose: it is registered, but never trained by it.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class SamIgnoreAttribute : Attribute;
