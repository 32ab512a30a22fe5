using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// Attaches low-rank adapters to the layers of any model, annotated or not, and freezes everything else. The model stays what it is and where it is,
/// and is called as before; disposing this object takes the adapters off again.
/// </summary>
/// <remarks>
/// <para>
/// An adapter is a component <c>lora</c> of its layer and works by a hook of it. So a layer that the model runs by its <c>forward</c> instead of
/// <c>call</c> is not adapted (<see cref="NeverRun"/> tells), nor are layers inside native modules such as <c>TransformerEncoderLayer</c>, whose
/// components TorchSharp does not show.
/// </para>
/// <para>
/// Move the model before, or move this object: <c>to</c> of a TorchSharp layer does not reach its components. To train, give this object to a
/// <see cref="LoraModelSlSam"/>; the optimizer that SlSam writes for a <c>[SamModel]</c> class trains the adapters inside its layers as well.
/// </para>
/// </remarks>
public sealed class LoraModel : nn.Module, ISamModel
{
    private const string ModelName = "model";

    private readonly nn.Module _model;
    private readonly List<(string Path, LoraAdapter Adapter)> _adapters = [];
    private readonly List<(string Path, nn.Module Module)> _trained = [];
    private readonly HashSet<string> _trainableBefore;
    private bool _disposed;

    /// <summary>Attaches adapters to the chosen layers.</summary>
    /// <param name="model">The model, on its device.</param>
    /// <param name="options">Rank, alpha and dropout of every adapter.</param>
    /// <param name="targets">Which layers are adapted: <c>Linear</c>, <c>Embedding</c>, <c>Conv1d</c> and <c>Conv2d</c> can be.</param>
    /// <param name="alsoTrained">
    /// Which modules are trained as a whole beside the adapters, such as a new output layer; null for none. They are not adapted.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument other than <paramref name="alsoTrained"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// Nothing is chosen, a chosen module cannot be adapted, or the model has adapters already. The model is as it was before.
    /// </exception>
    public LoraModel(nn.Module model, LoraOptions options, LoraTargets targets, LoraTargets? alsoTrained = null)
        : this(model, options is null ? throw new ArgumentNullException(nameof(options)) : _ => options, targets, alsoTrained)
    {
    }

    /// <summary>Attaches adapters that differ by the path of their layer.</summary>
    internal LoraModel(nn.Module model, Func<string, LoraOptions> options, LoraTargets targets, LoraTargets? alsoTrained)
        : base(nameof(LoraModel))
    {
        _model = model ?? throw new ArgumentNullException(nameof(model));
        ArgumentNullException.ThrowIfNull(targets);
        var chosen = Choose(model, targets, alsoTrained);

        // All of them before anything is changed: an option may be out of its range.
        var optionsOf = chosen.Where(each => each.IsTarget).ToDictionary(each => each.Path, each => options(each.Path), StringComparer.Ordinal);
        var trainable = model.named_parameters().Where(named => named.parameter.requires_grad).ToList();
        _trainableBefore = [.. trainable.Select(named => named.name)];
        register_module(ModelName, model);
        Freeze(trainable.Select(named => named.parameter), chosen.Where(each => !each.IsTarget).SelectMany(each => each.Module.parameters()));

        foreach (var (path, module, isTarget) in chosen)
        {
            if (isTarget)
            {
                var adapter = Attach(module, optionsOf[path]);
                _adapters.Add((path, adapter));
                _trained.Add((path, adapter));
            }
            else
            {
                _trained.Add((path, module));
            }
        }
    }

    /// <summary>The adapters and the paths of their layers, in the order of the model's components.</summary>
    public IReadOnlyList<(string Path, LoraAdapter Adapter)> Adapters => _adapters;

    /// <summary>Whether the products have been added to the layers' weights.</summary>
    public bool IsMerged => _adapters.TrueForAll(each => each.Adapter.IsMerged);

    /// <summary>The paths of the layers that no forward pass has called since they were adapted; after one, it should be empty.</summary>
    public IReadOnlyList<string> NeverRun => [.. _adapters.Where(each => !each.Adapter.HasRun).Select(each => each.Path)];

    /// <summary>The modules that are trained as a whole beside the adapters, and their paths.</summary>
    internal IEnumerable<(string Path, nn.Module Module)> TrainedWhole => _trained.Where(each => each.Module is not LoraAdapter);

    /// <summary>
    /// Attaches the adapters of a folder that Hugging Face PEFT, or <see cref="Save"/>, has written: <c>adapter_config.json</c> and
    /// <c>adapter_model.safetensors</c>. Modules that were trained as a whole are replaced in the model by those of the folder.
    /// </summary>
    /// <param name="model">The model that the adapters were trained for, on its device.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="peftPath">
    /// The path that PEFT knows a module by for its path in <paramref name="model"/>, where they differ:
    /// <c>path => path.Replace("blocks.", "encoder.layer.")</c>. Null where they are the same.
    /// </param>
    /// <returns>The adapted model, which trains on or merges the adapters.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="folder"/> is null.</exception>
    /// <exception cref="ArgumentException">A layer that is to be adapted cannot be, or the model has adapters already. The model is as it was before.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is damaged, the adapters are of another kind (DoRA, for example), or they do not fit the model. The model is as it was before.
    /// </exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static LoraModel Load(nn.Module model, string folder, Func<string, string>? peftPath = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return PeftFolder.Load(model, folder, peftPath ?? (path => path));
    }

    /// <summary>
    /// Writes the adapters, and the modules that are trained beside them, in the format of Hugging Face PEFT, whose <c>PeftModel.from_pretrained</c> reads
    /// the folder as <see cref="Load"/> does. The model itself is not written.
    /// </summary>
    /// <param name="folder">The folder, which is made where it does not exist; its <c>adapter_config.json</c> and <c>adapter_model.safetensors</c> are replaced.</param>
    /// <param name="baseModel">What PEFT is to find the model by that was adapted: a name on a hub or a path. It may be null.</param>
    /// <param name="peftPath">The path that PEFT knows a module by, as in <see cref="Load"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is null or empty, or <paramref name="peftPath"/> gives two modules one path.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Save(string folder, string? baseModel = null, Func<string, string>? peftPath = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        PeftFolder.Write(folder, _adapters, [.. TrainedWhole], baseModel, peftPath ?? (path => path));
    }

    /// <summary>Adds every product to its layer's weight, or, if one cannot be, none.</summary>
    /// <param name="safe">Whether to refuse merged weights that are not finite.</param>
    /// <param name="keepOriginal">Whether to keep copies of the weights, so that <see cref="Unmerge"/> restores them bit for bit.</param>
    /// <exception cref="InvalidOperationException">An adapter is merged or disabled, or its merged weight would not be finite; nothing was changed.</exception>
    public void Merge(bool safe = true, bool keepOriginal = true)
    {
        foreach (var (path, adapter) in _adapters)
        {
            try
            {
                adapter.CheckMerge(safe);
            }
            catch (InvalidOperationException problem)
            {
                throw new InvalidOperationException($"{path}: {problem.Message}", problem);
            }
        }

        foreach (var (_, adapter) in _adapters)
        {
            adapter.Merge(safe: false, keepOriginal);
        }
    }

    /// <summary>Takes the products out of the layers' weights again, where they are merged.</summary>
    public void Unmerge()
    {
        foreach (var (_, adapter) in _adapters)
        {
            adapter.Unmerge();
        }
    }

    /// <summary>Makes the model compute what it did without adapters, until the result is disposed: for the reference of a comparison, say.</summary>
    /// <exception cref="InvalidOperationException">An adapter is merged; nothing was changed.</exception>
    public IDisposable Disable() => new DisabledScope(_adapters);

    /// <inheritdoc/>
    IReadOnlyList<SamLayer> ISamModel.CreateLayers() =>
        [.. _trained.Select(each => new SamLayer(each.Path, SamLayerKind.Module, -1, each.Module))];

    /// <inheritdoc/>
    IReadOnlyList<LoraPair> ISamModel.CreateLoraPairs() => [.. _adapters.Select(each => each.Adapter.CreatePair(each.Path))];

    /// <summary>The name in this module's <c>state_dict</c> of something in a module of the adapted model.</summary>
    internal string NameOf(string path, string name) => $"{ModelName}.{path}.{name}";

    /// <summary>How many adapters there are, and how many of the model's numbers they train.</summary>
    public override string ToString()
    {
        var all = _model.parameters().Sum(parameter => parameter.numel());
        var trained = _trained.Sum(each => each.Module.parameters().Sum(parameter => parameter.numel()));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_adapters.Count} {(_adapters.Count == 1 ? "adapter" : "adapters")}; {trained:N0} of {all:N0} parameters are trained ({100.0 * trained / all:F2} %)");
    }

    /// <summary>Moves the adapters along: the layers that they are attached to do not.</summary>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        base._toEpilog(dtype, device, non_blocking);
        foreach (var (_, adapter) in _adapters)
        {
            if (dtype is not null)
            {
                adapter.to(dtype.Value);
            }

            if (device is not null)
            {
                adapter.to(device);
            }
        }
    }

    /// <summary>
    /// Takes the adapters off and disposes them. The model is not disposed: its parameters train again as before, and merged weights stay merged.
    /// </summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            register_module(ModelName, null!);
            foreach (var (_, adapter) in _adapters)
            {
                adapter.Detach();
                adapter.Dispose();
            }

            foreach (var (name, parameter) in _model.named_parameters())
            {
                if (!parameter.IsInvalid)
                {
                    parameter.requires_grad = _trainableBefore.Contains(name);
                }
            }
        }

        base.Dispose(disposing);
    }

    private static List<(string Path, nn.Module Module, bool IsTarget)> Choose(nn.Module model, LoraTargets targets, LoraTargets? alsoTrained)
    {
        var chosen = new List<(string Path, nn.Module Module, bool IsTarget)>();
        var seen = new HashSet<nn.Module>(ReferenceEqualityComparer.Instance);
        Walk(model, "");
        CheckFound(chosen.Exists(each => each.IsTarget), targets, nameof(targets));
        CheckFound(alsoTrained is null || chosen.Exists(each => !each.IsTarget), alsoTrained, nameof(alsoTrained));
        return chosen;

        void Walk(nn.Module parent, string prefix)
        {
            foreach (var (name, module) in parent.named_children())
            {
                var path = prefix + name;
                if (module is LoraAdapter)
                {
                    throw new ArgumentException($"'{path}' is an adapter already; a model is adapted once.", nameof(model));
                }

                if (!seen.Add(module))
                {
                    continue;
                }

                if (alsoTrained?.Contains(path, module) == true)
                {
                    chosen.Add((path, module, false));
                    continue;
                }

                if (targets.Contains(path, module))
                {
                    CheckKind(path, module);
                    chosen.Add((path, module, true));
                }

                Walk(module, $"{path}.");
            }
        }

        void CheckFound(bool found, LoraTargets? names, string argument)
        {
            string[] paths = [.. model.named_modules().Select(named => named.name)];
            if (!found)
            {
                throw new ArgumentException($"No module of {model.GetName()} is {names}; its modules are {string.Join(", ", paths)}.", argument);
            }

            if (names?.FirstWithout(paths) is { } missing)
            {
                throw new ArgumentException($"No module of {model.GetName()} is '{missing}'; its modules are {string.Join(", ", paths)}.", argument);
            }
        }
    }

    private static void CheckKind(string path, nn.Module module)
    {
        if (module is not (Linear or Embedding or Conv1d or Conv2d))
        {
            throw new ArgumentException(
                $"'{path}' is chosen, but is a {module.GetName()}; a Linear, Embedding, Conv1d or Conv2d can be adapted.", "targets");
        }

        if (module is Convolution { groups: not 1 } convolution)
        {
            throw new ArgumentException(
                $"'{path}' is chosen, but has groups = {convolution.groups}; a convolution with groups = 1 can be adapted.", "targets");
        }
    }

    private static LoraAdapter Attach(nn.Module module, LoraOptions options) => module switch
    {
        Linear linear => new LoraLinear(linear, options, attach: true),
        Embedding embedding => new LoraEmbedding(embedding, options, attach: true),
        Conv1d convolution => new LoraConv1d(convolution, options, attach: true),
        Conv2d convolution => new LoraConv2d(convolution, options, attach: true),
        _ => throw new InvalidOperationException($"A {module.GetName()} cannot be adapted."),
    };

    private static void Freeze(IEnumerable<Parameter> trainable, IEnumerable<Parameter> alsoTrained)
    {
        var kept = alsoTrained.ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
        foreach (var parameter in trainable)
        {
            parameter.requires_grad = kept.Contains(parameter);
        }
    }

    private sealed class DisabledScope : IDisposable
    {
        private readonly List<LoraAdapter> _enabled;

        public DisabledScope(List<(string Path, LoraAdapter Adapter)> adapters)
        {
            if (adapters.Exists(each => each.Adapter.IsMerged))
            {
                throw new InvalidOperationException("The adapters are merged into the weights; call Unmerge() before they are disabled.");
            }

            _enabled = [.. adapters.Select(each => each.Adapter).Where(adapter => adapter.Enabled)];
            Set(false);
        }

        public void Dispose() => Set(true);

        private void Set(bool enabled) => _enabled.ForEach(adapter => adapter.Enabled = enabled);
    }
}
