using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// libtorch's fused operators for Adam and AdamW: one pass over the memory, on a GPU one kernel, for all tensors that share a learning rate and a
/// weight decay. libtorch has them for GPUs from 2.0 and for the CPU from 2.4.
/// </summary>
internal static class FusedAdam
{
    private static readonly Lazy<jit.CompilationUnit?> s_program = new(Compile);
    private static readonly ConcurrentDictionary<DeviceType, bool> s_runs = new();

    /// <summary>Whether this libtorch has the operators for tensors on a device.</summary>
    public static bool RunsOn(Device device) => s_runs.GetOrAdd(device.type, _ => s_program.Value is not null && Try(device));

    /// <summary>Updates contiguous tensors of one floating-point type, each of which has a gradient.</summary>
    /// <param name="rule">The moments' decays, epsilon, and whether weight decay is decoupled.</param>
    /// <param name="learningRate">The learning rate of all of them.</param>
    /// <param name="weightDecay">The weight decay of all of them.</param>
    /// <param name="weights">What is updated.</param>
    /// <param name="first">The first moments, of the same types and layouts.</param>
    /// <param name="second">The second moments.</param>
    /// <param name="steps">For each of them how often it was updated before, a float32 number on its device; one is added.</param>
    public static void Update(AdamRule rule, double learningRate, double weightDecay, TensorList weights, TensorList first, TensorList second, TensorList steps)
    {
        using Scalar rate = learningRate;
        using Scalar decay = weightDecay;
        using Scalar beta1 = rule.Beta1;
        using Scalar beta2 = rule.Beta2;
        using Scalar epsilon = rule.Epsilon;
        s_program.Value!.invoke("fused_adam", weights.Items, first.Items, second.Items, steps.Items, weights.Count, rule.Decoupled, rate, decay, beta1, beta2, epsilon);
    }

    private static bool Try(Device device)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var weights = Zero();
        weights.Items[0].grad = tensor(0f, device);
        try
        {
            Update(new AdamRule(0, 0.9, 0.999, 1e-8, 0, decoupled: true), 0, 0, weights, Zero(), Zero(), Zero());
            return true;
        }
        catch (ExternalException)
        {
            return false;
        }

        TensorList Zero()
        {
            var list = new TensorList();
            list.Add(tensor(0f, device));
            return list;
        }
    }

    private static jit.CompilationUnit? Compile()
    {
        try
        {
            return MultiTensorProgram.Compile("fused_adam.py");
        }
        catch (ExternalException)
        {
            return null;
        }
    }
}
