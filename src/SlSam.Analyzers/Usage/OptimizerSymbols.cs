using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SlSam.Generators.Parsing;

namespace SlSam.Analyzers.Usage;

/// <summary>The types of SlSam and TorchSharp that the rules about optimizers look for, found once a compilation.</summary>
internal sealed class OptimizerSymbols
{
    private OptimizerSymbols(
        INamedTypeSymbol optimizer, INamedTypeSymbol tensor, INamedTypeSymbol module, INamedTypeSymbol torch, Compilation compilation)
    {
        Optimizer = optimizer;
        Tensor = tensor;
        Module = module;
        Torch = torch;
        Autograd = compilation.GetTypeByMetadataName("TorchSharp.torch+autograd");
        ModuleExtensions = compilation.GetTypeByMetadataName("TorchSharp.ModuleExtensionMethods");
    }

    public INamedTypeSymbol Optimizer { get; }

    public INamedTypeSymbol Tensor { get; }

    public INamedTypeSymbol Module { get; }

    public INamedTypeSymbol Torch { get; }

    public INamedTypeSymbol? Autograd { get; }

    public INamedTypeSymbol? ModuleExtensions { get; }

    /// <summary>Null where the compilation does not see SlSam's runtime or TorchSharp: there is nothing to look for.</summary>
    public static OptimizerSymbols? Find(Compilation compilation) =>
        compilation.GetTypeByMetadataName(TypeNames.SharpnessAwareOptimizer) is { } optimizer
        && compilation.GetTypeByMetadataName(TypeNames.Tensor) is { } tensor
        && compilation.GetTypeByMetadataName(TypeNames.Module) is { } module
        && compilation.GetTypeByMetadataName("TorchSharp.torch") is { } torch
            ? new OptimizerSymbols(optimizer, tensor, module, torch, compilation)
            : null;

    public bool IsOptimizer(ITypeSymbol? type) => Inherits(type, Optimizer);

    public bool IsTensor(ITypeSymbol? type) => Inherits(type, Tensor);

    public bool IsModule(ITypeSymbol? type) => Inherits(type, Module);

    /// <summary>Whether the call runs a module: <c>forward</c> or <c>call</c> of any module.</summary>
    public bool IsForward(IInvocationOperation call) =>
        call.TargetMethod.Name is "forward" or "call" && !call.TargetMethod.IsStatic && IsModule(call.TargetMethod.ContainingType);

    public bool IsBackward(IInvocationOperation call) =>
        call.TargetMethod.Name == "backward"
        && (IsTensor(call.TargetMethod.ContainingType)
            || SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, Autograd));

    private static bool Inherits(ITypeSymbol? type, INamedTypeSymbol ancestor)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, ancestor))
                return true;
        }

        return type is ITypeParameterSymbol parameter && parameter.ConstraintTypes.Any(constraint => Inherits(constraint, ancestor));
    }
}
