using System.Collections;
using System.Globalization;
using System.Reflection;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Sparse;

/// <summary>What training through masks costs in memory.</summary>
public sealed class SparseMemoryTests
{
    private const double Density = 0.005;

    [Fact]
    public void All_that_the_optimizer_keeps_is_at_most_2_percent_of_what_AdamW_keeps()
    {
        using var scope = NewDisposeScope();
        using var dense = new MaskedClassifier(400, 2, masked: false);
        using var masked = new MaskedClassifier(400, 2);
        var full = KeptBytes(dense, new SparseOptions(), out var denseHead);
        var sparse = KeptBytes(masked, new SparseOptions { Metric = SalienceMetric.Magnitude, Density = Density }, out var maskedHead);

        // Beside the moments there is a small table of coefficients.
        Assert.InRange(full - denseHead - 2L * 2 * 400 * 401 * sizeof(float), 0, 1024);
        Assert.InRange((sparse - maskedHead) / (double)(full - denseHead), 0.005, 0.02);
    }

    [SkippableFact]
    public void A_step_holds_the_gradients_and_no_copy_of_a_weight()
    {
        Skip.IfNot(File.Exists("/proc/self/clear_refs"), "There is no way to reset the peak of the memory used.");
        const int width = 3000;
        const double weight = (double)width * width * sizeof(float);
        using var scope = NewDisposeScope();
        using var model = new MaskedClassifier(width, 2);
        var sparse = new SparseOptions { Metric = SalienceMetric.Random, Density = Density };
        using var optimizer = new TestOptimizer(model, new SamOptions { Sparse = sparse }, UpdateRule.AdamW(1e-3));
        var batch = Batch.Random(1, width, 2);
        optimizer.Step(() => batch.Loss(model.call(batch.Input)));

        var before = ProcessMemory("VmRSS");
        File.WriteAllText("/proc/self/clear_refs", "5");
        optimizer.Step(() => batch.Loss(model.call(batch.Input)));
        var peak = (ProcessMemory("VmHWM") - before) / weight;

        // Both layers' gradients exist at the end of the backward pass; a copy of one weight would make it three.
        Assert.InRange(peak, 1.5, 2.6);
    }

    private static long KeptBytes(MaskedClassifier model, SparseOptions sparse, out long ofHead)
    {
        using var optimizer = new TestOptimizer(model, new PlainOptions { Sparse = sparse }, UpdateRule.AdamW(1e-3));
        var batch = Batch.Random(2, 400, 2);
        optimizer.Step(() => batch.Loss(model.call(batch.Input)));
        optimizer.zero_grad();
        ofHead = 2L * 2 * 401 * sizeof(float);
        return Reachable(optimizer, model.parameters().Select(parameter => parameter.Handle).ToHashSet())
            .Sum(tensor => tensor.numel() * tensor.ElementSize + (tensor.grad is { } gradient ? gradient.numel() * gradient.ElementSize : 0));
    }

    /// <summary>Every tensor that an object of this project holds, but for those given.</summary>
    private static List<Tensor> Reachable(object root, HashSet<nint> except)
    {
        var tensors = new List<Tensor>();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<object>([root]);
        while (waiting.TryPop(out var current))
        {
            if (!seen.Add(current) || current is nn.Module)
            {
                continue;
            }

            if (current is Tensor tensor)
            {
                if (!tensor.IsInvalid && except.Add(tensor.Handle))
                {
                    tensors.Add(tensor);
                }
            }
            else if (current is IEnumerable sequence and not string)
            {
                foreach (var element in sequence)
                {
                    if (element is not null)
                    {
                        waiting.Push(element);
                    }
                }
            }
            else
            {
                for (var type = current.GetType(); type?.Namespace?.StartsWith(nameof(SlSam), StringComparison.Ordinal) == true; type = type.BaseType)
                {
                    foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    {
                        if (field.GetValue(current) is { } value and not Delegate)
                        {
                            waiting.Push(value);
                        }
                    }
                }
            }
        }

        return tensors;
    }

    private static double ProcessMemory(string name) => 1024 * double.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
