using System.Runtime.InteropServices;
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

    private static readonly Lazy<jit.CompilationUnit> s_program = new(CompileWithWhatThereIs);
    private static readonly TensorList s_noTensors = new();
    private static long s_calls;

    /// <summary>How many native calls there have been in this process.</summary>
    public static long Calls => Interlocked.Read(ref s_calls);

    /// <summary>
    /// Reads the L2 norm of each gradient and the loss in one transfer to the host.
    /// </summary>
    /// <param name="parameters">The parameters whose gradients are read.</param>
    /// <param name="loss">The loss, a tensor with one element.</param>
    /// <param name="norms">Set to the norm of each parameter's gradient, <see cref="NoGradient"/> where it has none.</param>
    /// <returns>The loss.</returns>
    public static double GradientNorms(TensorList parameters, Tensor loss, Span<double> norms)
    {
        using var read = Invoke<Tensor>("gradient_norms", parameters.Items, parameters.Count, loss);
        return Read(read, norms, parameters.Count);
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
    public static double AdaptiveNorms(TensorList parameters, TensorList adaptive, double eta, Tensor loss, Span<double> norms)
    {
        using Scalar scalar = eta;
        using var read = Invoke<Tensor>("adaptive_norms", parameters.Items, parameters.Count, adaptive.Items, adaptive.Count, scalar, loss);
        return Read(read, norms, parameters.Count + adaptive.Count);
    }

    /// <summary>Copies tensors into one vector, from which <see cref="Restore"/> brings back the same bits.</summary>
    /// <param name="tensors">Tensors on one device.</param>
    /// <param name="count">How many of them count, at least one.</param>
    /// <param name="mixed">Whether integers are among them; then the vector is float64.</param>
    public static Tensor Save(Tensor[] tensors, int count, bool mixed) => Invoke<Tensor>("save", tensors, count, mixed);

    /// <summary>Copies tensors into a vector that <see cref="Save"/> made for as many numbers, all of one type.</summary>
    public static void SaveInto(TensorList tensors, Tensor saved) => Invoke("save_into", tensors.Items, tensors.Count, saved);

    /// <summary>Brings back what <see cref="Save"/> copied.</summary>
    public static void Restore(Tensor[] tensors, int count, Tensor saved) => Invoke("restore", tensors, count, saved);

    /// <summary>Adds <paramref name="scale"/> times its gradient to every parameter that has one, at the entries of its mask if there are masks.</summary>
    public static void Perturb(TensorList parameters, TensorList? masks, double scale)
    {
        using Scalar factor = scale;
        Invoke("perturb", parameters.Items, parameters.Count, (masks ?? s_noTensors).Items, masks is not null, factor);
    }

    /// <summary>Adds <paramref name="scale"/> times (|w| + eta)^2 g, at the entries of its mask if there are masks, to every parameter that has a gradient.</summary>
    public static void PerturbAdaptively(TensorList parameters, TensorList? masks, double eta, double scale)
    {
        using Scalar summand = eta;
        using Scalar factor = scale;
        Invoke("perturb_adaptive", parameters.Items, parameters.Count, (masks ?? s_noTensors).Items, masks is not null, summand, factor);
    }

    /// <summary>Finds the entries with the largest gradients of all parameters together.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="density">The share of entries, in (0, 1].</param>
    /// <returns>For each parameter where these entries are, of its shape.</returns>
    public static Tensor[] TopEntries(TensorList parameters, double density)
    {
        using Scalar share = density;
        return Invoke<Tensor[]>("top_entries", parameters.Items, parameters.Count, share);
    }

    /// <summary>Multiplies every gradient that there is by a factor.</summary>
    public static void ScaleGradients(TensorList parameters, double factor)
    {
        using Scalar scalar = factor;
        Invoke("scale_gradients", parameters.Items, parameters.Count, scalar);
    }

    /// <summary>Brings every number of the gradients that there are into [-maximum, maximum].</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="maximum">The largest absolute value.</param>
    /// <param name="norms">Set to the norm of each gradient then, <see cref="NoGradient"/> where there is none.</param>
    public static void ClampGradients(TensorList parameters, double maximum, Span<double> norms)
    {
        using Scalar scalar = maximum;
        using var read = Invoke<Tensor>("clamp_gradients", parameters.Items, parameters.Count, scalar);
        MemoryMarshal.Cast<byte, double>(read.bytes)[..parameters.Count].CopyTo(norms);
    }

    /// <summary>Takes the gradients of values that stand in for parameters away.</summary>
    public static void DropGradients(TensorList values) => Invoke("drop_gradients", values.Items, values.Count);

    /// <summary>Brings vectors of trained entries up to date with their parameters.</summary>
    public static void RefreshMasked(TensorList parameters, TensorList values, TensorList indices) =>
        Invoke("refresh_masked", parameters.Items, values.Items, indices.Items, parameters.Count);

    /// <summary>Adds the gradients of the trained entries to those of their vectors, where the parameters have one.</summary>
    public static void GatherMasked(TensorList parameters, TensorList values, TensorList indices) =>
        Invoke("gather_masked", parameters.Items, values.Items, indices.Items, parameters.Count);

    /// <summary>Writes the trained entries into their parameters.</summary>
    public static void ScatterMasked(TensorList parameters, TensorList values, TensorList indices) =>
        Invoke("scatter_masked", parameters.Items, values.Items, indices.Items, parameters.Count);

    /// <summary>Brings masters up to date where their parameters have been changed from outside, that is: are not what the masters round to.</summary>
    public static void RefreshMasters(TensorList parameters, TensorList masters) =>
        Invoke("refresh_masters", parameters.Items, masters.Items, parameters.Count);

    /// <summary>Adds the gradients of parameters to those of their masters, and leaves zeros in their place.</summary>
    public static void GatherMasters(TensorList parameters, TensorList masters) =>
        Invoke("gather_masters", parameters.Items, masters.Items, parameters.Count);

    /// <summary>Rounds masters to their parameters.</summary>
    public static void ScatterMasters(TensorList parameters, TensorList masters) =>
        Invoke("scatter_masters", parameters.Items, masters.Items, parameters.Count);

    /// <summary>Rounds the gradients of masters to those of their parameters, and takes them away.</summary>
    public static void ReturnGradients(TensorList parameters, TensorList masters) =>
        Invoke("return_gradients", parameters.Items, masters.Items, parameters.Count);

    /// <summary>The L2 norms of tensors, in one transfer to the host.</summary>
    public static double[] Norms(Tensor[] tensors)
    {
        using var read = Invoke<Tensor>("norms", [tensors]);
        return read.data<double>().ToArray();
    }

    /// <summary>Runs a function that returns nothing.</summary>
    public static void Invoke(string function, params object[] arguments)
    {
        Interlocked.Increment(ref s_calls);
        s_program.Value.invoke(function, arguments);
    }

    /// <summary>Compiles sources that lie beside this one.</summary>
    /// <exception cref="ExternalException">This libtorch does not know an operator in them.</exception>
    public static jit.CompilationUnit Compile(params string[] names) => jit.compile(string.Concat(names.Select(Source)));

    /// <summary>A source that lies beside this one.</summary>
    public static string Source(string name)
    {
        using var source = typeof(MultiTensorProgram).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(source);
        return reader.ReadToEnd();
    }

    private static TResult Invoke<TResult>(string function, params object[] arguments)
    {
        Interlocked.Increment(ref s_calls);
        return s_program.Value.invoke<TResult>(function, arguments);
    }

    /// <summary>Copies norms, and returns the loss that is read along with them.</summary>
    private static double Read(Tensor read, Span<double> norms, int count)
    {
        var values = MemoryMarshal.Cast<byte, double>(read.bytes);
        values[..count].CopyTo(norms);
        return values[count];
    }

    private static jit.CompilationUnit CompileWithWhatThereIs()
    {
        try
        {
            return Compile("newer_operators.py", "multi_tensor.py");
        }
        catch (ExternalException)
        {
            return Compile("older_operators.py", "multi_tensor.py");
        }
    }
}
