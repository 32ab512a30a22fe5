using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// The multi-tensor phases of a step: one native call each, whatever the number of parameters. They are TorchScript, which every provider of
/// TorchSharp's API compiles, since TorchSharp has no multi-tensor operators of its own. Callers hold gradients off with <c>no_grad</c>.
/// </summary>
internal static class MultiTensorProgram
{
    /// <summary>Stands for the norm of a gradient that does not exist; a gradient that is not a number has the norm NaN.</summary>
    public const double NoGradient = -1;

    private static readonly Lazy<jit.CompilationUnit> s_program = new(() => Compile("multi_tensor.py"));

    /// <summary>
    /// Reads the L2 norm of each gradient and the loss in one transfer to the host.
    /// </summary>
    /// <param name="parameters">The parameters whose gradients are read.</param>
    /// <param name="loss">The loss, a tensor with one element.</param>
    /// <param name="norms">Set to the norm of each parameter's gradient, <see cref="NoGradient"/> where it has none.</param>
    /// <returns>The loss.</returns>
    public static double GradientNorms(Tensor[] parameters, Tensor loss, Span<double> norms)
    {
        using var read = Invoke<Tensor>("gradient_norms", parameters, loss);
        var values = read.data<double>();
        values.CopyTo(norms[..(parameters.Length + 1)]);
        return norms[parameters.Length];
    }

    /// <summary>
    /// Reads, as <see cref="GradientNorms"/> does, the norms and the loss, and for some of the parameters the L2 norm of (|w| + eta) g.
    /// </summary>
    /// <param name="parameters">The parameters whose gradients are read.</param>
    /// <param name="adaptive">Some of them.</param>
    /// <param name="eta">eta.</param>
    /// <param name="loss">The loss, a tensor with one element.</param>
    /// <param name="norms">Set to the norm of each parameter's gradient, then to those of <paramref name="adaptive"/>.</param>
    /// <returns>The loss.</returns>
    public static double AdaptiveNorms(Tensor[] parameters, Tensor[] adaptive, double eta, Tensor loss, Span<double> norms)
    {
        using Scalar scalar = eta;
        using var read = Invoke<Tensor>("adaptive_norms", parameters, adaptive, scalar, loss);
        var values = read.data<double>();
        var count = parameters.Length + adaptive.Length;
        values.CopyTo(norms[..(count + 1)]);
        return norms[count];
    }

    /// <summary>Copies tensors into one vector, from which <see cref="Restore"/> brings back the same bits.</summary>
    /// <param name="tensors">Tensors on one device, at least one.</param>
    /// <param name="mixed">Whether integers are among them; then the vector is float64.</param>
    public static Tensor Save(Tensor[] tensors, bool mixed) => Invoke<Tensor>("save", tensors, mixed);

    /// <summary>Brings back what <see cref="Save"/> copied.</summary>
    public static void Restore(Tensor[] tensors, Tensor saved) => Invoke("restore", tensors, saved);

    /// <summary>Adds <paramref name="scale"/> times its gradient to every parameter that has one, at the entries of its mask if there are masks.</summary>
    public static void Perturb(Tensor[] parameters, Tensor[] masks, double scale)
    {
        using Scalar factor = scale;
        Invoke("perturb", parameters, masks, factor);
    }

    /// <summary>Adds <paramref name="scale"/> times (|w| + eta)^2 g, at the entries of its mask if there are masks, to every parameter that has a gradient.</summary>
    public static void PerturbAdaptively(Tensor[] parameters, Tensor[] masks, double eta, double scale)
    {
        using Scalar summand = eta;
        using Scalar factor = scale;
        Invoke("perturb_adaptive", parameters, masks, summand, factor);
    }

    /// <summary>Finds the entries with the largest gradients of all parameters together.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="density">The share of entries, in (0, 1].</param>
    /// <returns>For each parameter where these entries are, of its shape.</returns>
    public static Tensor[] TopEntries(Tensor[] parameters, double density)
    {
        using Scalar share = density;
        return Invoke<Tensor[]>("top_entries", parameters, share);
    }

    /// <summary>Multiplies every gradient that there is by a factor.</summary>
    public static void ScaleGradients(Tensor[] parameters, double factor)
    {
        using Scalar scalar = factor;
        Invoke("scale_gradients", parameters, scalar);
    }

    /// <summary>
    /// Copies the trained entries of parameters, and adds those of their gradients to the entries' gradients.
    /// </summary>
    /// <returns>For each parameter whether it has a gradient.</returns>
    public static bool[] GatherMasked(Tensor[] parameters, Tensor[] values, Tensor[] indices)
    {
        using var present = Invoke<Tensor>("gather_masked", parameters, values, indices);
        return present.data<bool>().ToArray();
    }

    /// <summary>The L2 norms of tensors, in one transfer to the host.</summary>
    public static double[] Norms(Tensor[] tensors)
    {
        using var read = Invoke<Tensor>("norms", [tensors]);
        return read.data<double>().ToArray();
    }

    /// <summary>Runs a function that returns nothing.</summary>
    public static void Invoke(string function, params object[] arguments) => s_program.Value.invoke(function, arguments);

    private static TResult Invoke<TResult>(string function, params object[] arguments) => s_program.Value.invoke<TResult>(function, arguments);

    /// <summary>Compiles a source that lies beside this one.</summary>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">This libtorch does not know an operator in it.</exception>
    public static jit.CompilationUnit Compile(string name)
    {
        using var source = typeof(MultiTensorProgram).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(source);
        return jit.compile(reader.ReadToEnd());
    }
}
