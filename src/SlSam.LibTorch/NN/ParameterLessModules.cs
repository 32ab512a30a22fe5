namespace TorchSharp.Modules;

/// <summary>A module that has no parameters and no buffers.</summary>
public interface IParameterLessModule
{
}

/// <summary>A module of one input that has no parameters and no buffers, so that there is nothing to move or convert.</summary>
/// <typeparam name="T1">Type of the input.</typeparam>
/// <typeparam name="TResult">Type of the result.</typeparam>
public abstract class ParameterLessModule<T1, TResult> : torch.nn.Module<T1, TResult>, IParameterLessModule
{
    /// <summary>Makes a module without components.</summary>
    /// <param name="name">The module's name.</param>
    protected ParameterLessModule(string name) : base(name) { }

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking) => this;

    /// <summary>Throws: the module has no buffers.</summary>
    /// <inheritdoc/>
    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) =>
        throw ParameterLess.Refusal(this, "buffer", name);

    /// <summary>Throws: the module has no parameters.</summary>
    /// <inheritdoc/>
    public override void register_parameter(string name, Parameter param) => throw ParameterLess.Refusal(this, "parameter", name);

    /// <summary>Registers a submodule, which must have no parameters either.</summary>
    /// <inheritdoc/>
    public override void register_module(string name, torch.nn.Module submodule)
    {
        if (submodule is not IParameterLessModule) throw ParameterLess.Refusal(this, "submodule with parameters", name);
        base.register_module(name, submodule);
    }
}

/// <summary>A module of two inputs that has no parameters and no buffers, so that there is nothing to move or convert.</summary>
/// <typeparam name="T1">Type of the first input.</typeparam>
/// <typeparam name="T2">Type of the second input.</typeparam>
/// <typeparam name="TResult">Type of the result.</typeparam>
public abstract class ParameterLessModule<T1, T2, TResult> : torch.nn.Module<T1, T2, TResult>, IParameterLessModule
{
    /// <summary>Makes a module without components.</summary>
    /// <param name="name">The module's name.</param>
    protected ParameterLessModule(string name) : base(name) { }

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking) => this;

    /// <summary>Throws: the module has no buffers.</summary>
    /// <inheritdoc/>
    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) =>
        throw ParameterLess.Refusal(this, "buffer", name);

    /// <summary>Throws: the module has no parameters.</summary>
    /// <inheritdoc/>
    public override void register_parameter(string name, Parameter param) => throw ParameterLess.Refusal(this, "parameter", name);

    /// <summary>Registers a submodule, which must have no parameters either.</summary>
    /// <inheritdoc/>
    public override void register_module(string name, torch.nn.Module submodule)
    {
        if (submodule is not IParameterLessModule) throw ParameterLess.Refusal(this, "submodule with parameters", name);
        base.register_module(name, submodule);
    }
}

/// <summary>A module of three inputs that has no parameters and no buffers, so that there is nothing to move or convert.</summary>
/// <typeparam name="T1">Type of the first input.</typeparam>
/// <typeparam name="T2">Type of the second input.</typeparam>
/// <typeparam name="T3">Type of the third input.</typeparam>
/// <typeparam name="TResult">Type of the result.</typeparam>
public abstract class ParameterLessModule<T1, T2, T3, TResult> : torch.nn.Module<T1, T2, T3, TResult>, IParameterLessModule
{
    /// <summary>Makes a module without components.</summary>
    /// <param name="name">The module's name.</param>
    protected ParameterLessModule(string name) : base(name) { }

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking) => this;

    /// <summary>Throws: the module has no buffers.</summary>
    /// <inheritdoc/>
    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) =>
        throw ParameterLess.Refusal(this, "buffer", name);

    /// <summary>Throws: the module has no parameters.</summary>
    /// <inheritdoc/>
    public override void register_parameter(string name, Parameter param) => throw ParameterLess.Refusal(this, "parameter", name);

    /// <summary>Registers a submodule, which must have no parameters either.</summary>
    /// <inheritdoc/>
    public override void register_module(string name, torch.nn.Module submodule)
    {
        if (submodule is not IParameterLessModule) throw ParameterLess.Refusal(this, "submodule with parameters", name);
        base.register_module(name, submodule);
    }
}

/// <summary>A module of four inputs that has no parameters and no buffers, so that there is nothing to move or convert.</summary>
/// <typeparam name="T1">Type of the first input.</typeparam>
/// <typeparam name="T2">Type of the second input.</typeparam>
/// <typeparam name="T3">Type of the third input.</typeparam>
/// <typeparam name="T4">Type of the fourth input.</typeparam>
/// <typeparam name="TResult">Type of the result.</typeparam>
public abstract class ParameterLessModule<T1, T2, T3, T4, TResult> : torch.nn.Module<T1, T2, T3, T4, TResult>, IParameterLessModule
{
    /// <summary>Makes a module without components.</summary>
    /// <param name="name">The module's name.</param>
    protected ParameterLessModule(string name) : base(name) { }

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking) => this;

    /// <summary>Throws: the module has no buffers.</summary>
    /// <inheritdoc/>
    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) =>
        throw ParameterLess.Refusal(this, "buffer", name);

    /// <summary>Throws: the module has no parameters.</summary>
    /// <inheritdoc/>
    public override void register_parameter(string name, Parameter param) => throw ParameterLess.Refusal(this, "parameter", name);

    /// <summary>Registers a submodule, which must have no parameters either.</summary>
    /// <inheritdoc/>
    public override void register_module(string name, torch.nn.Module submodule)
    {
        if (submodule is not IParameterLessModule) throw ParameterLess.Refusal(this, "submodule with parameters", name);
        base.register_module(name, submodule);
    }
}

/// <summary>A module of five inputs that has no parameters and no buffers, so that there is nothing to move or convert.</summary>
/// <typeparam name="T1">Type of the first input.</typeparam>
/// <typeparam name="T2">Type of the second input.</typeparam>
/// <typeparam name="T3">Type of the third input.</typeparam>
/// <typeparam name="T4">Type of the fourth input.</typeparam>
/// <typeparam name="T5">Type of the fifth input.</typeparam>
/// <typeparam name="TResult">Type of the result.</typeparam>
public abstract class ParameterLessModule<T1, T2, T3, T4, T5, TResult> : torch.nn.Module<T1, T2, T3, T4, T5, TResult>, IParameterLessModule
{
    /// <summary>Makes a module without components.</summary>
    /// <param name="name">The module's name.</param>
    protected ParameterLessModule(string name) : base(name) { }

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking) => this;

    /// <summary>Throws: the module has no buffers.</summary>
    /// <inheritdoc/>
    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) =>
        throw ParameterLess.Refusal(this, "buffer", name);

    /// <summary>Throws: the module has no parameters.</summary>
    /// <inheritdoc/>
    public override void register_parameter(string name, Parameter param) => throw ParameterLess.Refusal(this, "parameter", name);

    /// <summary>Registers a submodule, which must have no parameters either.</summary>
    /// <inheritdoc/>
    public override void register_module(string name, torch.nn.Module submodule)
    {
        if (submodule is not IParameterLessModule) throw ParameterLess.Refusal(this, "submodule with parameters", name);
        base.register_module(name, submodule);
    }
}

/// <summary>A module of six inputs that has no parameters and no buffers, so that there is nothing to move or convert.</summary>
/// <typeparam name="T1">Type of the first input.</typeparam>
/// <typeparam name="T2">Type of the second input.</typeparam>
/// <typeparam name="T3">Type of the third input.</typeparam>
/// <typeparam name="T4">Type of the fourth input.</typeparam>
/// <typeparam name="T5">Type of the fifth input.</typeparam>
/// <typeparam name="T6">Type of the sixth input.</typeparam>
/// <typeparam name="TResult">Type of the result.</typeparam>
public abstract class ParameterLessModule<T1, T2, T3, T4, T5, T6, TResult>
    : torch.nn.Module<T1, T2, T3, T4, T5, T6, TResult>, IParameterLessModule
{
    /// <summary>Makes a module without components.</summary>
    /// <param name="name">The module's name.</param>
    protected ParameterLessModule(string name) : base(name) { }

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    /// <inheritdoc/>
    protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking) => this;

    /// <summary>Throws: the module has no buffers.</summary>
    /// <inheritdoc/>
    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) =>
        throw ParameterLess.Refusal(this, "buffer", name);

    /// <summary>Throws: the module has no parameters.</summary>
    /// <inheritdoc/>
    public override void register_parameter(string name, Parameter param) => throw ParameterLess.Refusal(this, "parameter", name);

    /// <summary>Registers a submodule, which must have no parameters either.</summary>
    /// <inheritdoc/>
    public override void register_module(string name, torch.nn.Module submodule)
    {
        if (submodule is not IParameterLessModule) throw ParameterLess.Refusal(this, "submodule with parameters", name);
        base.register_module(name, submodule);
    }
}

internal static class ParameterLess
{
    public static InvalidOperationException Refusal(torch.nn.Module module, string kind, string name) =>
        new($"{module.GetName()} has no parameters and no buffers: '{name}' cannot be registered as its {kind}.");
}
