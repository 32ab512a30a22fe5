using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>Estimates what a forward pass costs: the multiply-adds for one position, one for each number of a matrix, none for a table that is looked up.</summary>
internal static class LayerCost
{
    public static double Of(nn.Module module)
    {
        var looked = module.modules().Append(module).Where(part => part is Embedding).SelectMany(part => part.parameters(recurse: false));
        var tables = new HashSet<object>(looked, ReferenceEqualityComparer.Instance);
        return module.parameters().Where(parameter => !tables.Contains(parameter)).Sum(Of);
    }

    public static double Of(Parameter parameter) => parameter.dim() < 2 ? 0 : parameter.numel();
}
