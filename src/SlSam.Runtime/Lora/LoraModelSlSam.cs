namespace SlSam;

/// <summary>
/// Trains the adapters of a <see cref="LoraModel"/>, each a layer of its own, and the modules that are trained beside them, by any method:
/// <c>optimizer.Step(() => loss)</c>.
/// </summary>
/// <param name="model">The adapted model.</param>
/// <param name="options">The method.</param>
/// <param name="rule">The update rule.</param>
/// <exception cref="ArgumentNullException">An argument is null.</exception>
public sealed class LoraModelSlSam(LoraModel model, SharpnessOptions options, UpdateRule rule) : SharpnessAwareOptimizer(model, options, rule);
