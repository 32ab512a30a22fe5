namespace SlSam.Runtime.Tests.Models;

/// <summary>The optimizer of any model, as the generator would derive it without stages.</summary>
public sealed class TestOptimizer(ISamModel model, SharpnessOptions options, UpdateRule rule) : SharpnessAwareOptimizer(model, options, rule);
