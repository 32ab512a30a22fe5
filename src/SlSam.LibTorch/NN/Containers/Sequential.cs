using System.Runtime.CompilerServices;

namespace TorchSharp.Modules;

/// <summary>Modules that are called one after the other. What they pass to each other is disposed on the way.</summary>
public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly List<(string Name, torch.nn.IModule<torch.Tensor, torch.Tensor> Module)> _modules = new();

    /// <summary>Makes a sequence of named modules.</summary>
    /// <param name="modules">The names and modules, in order.</param>
    protected Sequential(params (string name, torch.nn.Module<torch.Tensor, torch.Tensor> submodule)[] modules) : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules) Add(name, module);
    }

    /// <summary>Makes a sequence of modules, named by their positions.</summary>
    /// <param name="modules">The modules, in order.</param>
    protected Sequential(params torch.nn.Module<torch.Tensor, torch.Tensor>[] modules) : base(nameof(Sequential))
    {
        foreach (var module in modules) append(module);
    }

    internal Sequential() : base(nameof(Sequential)) { }

    /// <summary>How many modules there are.</summary>
    public int Count => _modules.Count;

    /// <summary>The module at a position.</summary>
    /// <param name="index">The position, from 0.</param>
    [IndexerName("SequentialItems")]
    public torch.nn.IModule<torch.Tensor, torch.Tensor> this[int index] => _modules[index].Module;

    /// <summary>A sequence of the same modules from one position up to another.</summary>
    /// <param name="index">The first position, and the one after the last.</param>
    [IndexerName("SequentialItems")]
    public Sequential this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

    /// <summary>A sequence of the same modules in a range of positions.</summary>
    /// <param name="index">The range.</param>
    [IndexerName("SequentialItems")]
    public Sequential this[Range index] => Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    /// <summary>Adds a module, named by its position.</summary>
    /// <param name="module">The module.</param>
    /// <returns>This sequence.</returns>
    public Sequential append(torch.nn.IModule<torch.Tensor, torch.Tensor> module) => append(Count.ToString(), module);

    /// <summary>Adds a named module.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="module">The module.</param>
    /// <returns>This sequence.</returns>
    public Sequential append(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)
    {
        Add(name, module);
        return this;
    }

    /// <summary>Calls the modules one after the other; without modules, the result is another handle to the input.</summary>
    /// <param name="tensor">The input of the first module.</param>
    public override torch.Tensor forward(torch.Tensor tensor)
    {
        if (Count == 0) return tensor.alias();

        var current = tensor;
        foreach (var (_, module) in _modules)
        {
            var next = module.call(current);
            if (!ReferenceEquals(current, tensor) && !ReferenceEquals(current, next)) current.Dispose();
            current = next;
        }

        return current;
    }

    /// <inheritdoc/>
    public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
    {
        if (!recurse) yield break;

        var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
        foreach (var (prefix, module) in named_children())
            foreach (var (name, parameter) in module.named_parameters())
                if (seen.Add(parameter)) yield return ($"{prefix}.{name}", parameter);
    }

    /// <inheritdoc/>
    public override IEnumerable<(string name, torch.Tensor buffer)> named_buffers(bool recurse = true, bool include_persistent = true)
    {
        if (!recurse) yield break;

        var seen = new HashSet<torch.Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var (prefix, module) in named_children())
            foreach (var (name, buffer) in module.named_buffers(true, include_persistent))
                if (seen.Add(buffer)) yield return ($"{prefix}.{name}", buffer);
    }

    /// <inheritdoc/>
    public override IEnumerable<(string name, torch.nn.Module module)> named_children() =>
        _modules.Select(named => (named.Name, (torch.nn.Module)named.Module));

    /// <inheritdoc/>
    public override IEnumerable<(string name, torch.nn.Module module)> named_modules()
    {
        foreach (var child in named_children()) yield return child;

        foreach (var (prefix, child) in named_children())
            foreach (var (name, module) in child.named_modules())
                yield return ($"{prefix}.{name}", module);
    }

    /// <inheritdoc/>
    public override torch.nn.Module apply(Action<torch.nn.Module> fn)
    {
        foreach (var (_, module) in named_children()) module.apply(fn);
        fn(this);
        return this;
    }

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking)
    {
        foreach (var (_, module) in named_children()) module._to(dtype, non_blocking);
        return this;
    }

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking)
    {
        foreach (var (_, module) in named_children()) module._to(device, dtype, non_blocking);
        return this;
    }

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
    {
        foreach (var (_, module) in named_children()) module._to(deviceType, deviceIndex, non_blocking);
        return this;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            foreach (var (_, module) in named_children()) module.Dispose();
        base.Dispose(disposing);
    }

    private void Add(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)
    {
        if (module is not torch.nn.Module)
            throw new ArgumentException($"'{name}' is no nn.Module, but {module?.GetType().ToString() ?? "null"}.", nameof(module));
        _modules.Add((name, module));
    }

    private Sequential Slice(int start, int end)
    {
        if (start < 0 || start > Count) throw new IndexOutOfRangeException($"The first position is {start}, but must be in 0..{Count}.");
        if (end < 0 || end > Count) throw new IndexOutOfRangeException($"The position after the last is {end}, but must be in 0..{Count}.");

        var slice = new Sequential();
        for (var i = start; i < end; i++) slice._modules.Add(_modules[i]);
        return slice;
    }
}
