using static TorchSharp.torch;

namespace SlSam;

/// <summary>Fills a module from safetensors files: first the plan and all the checks, and only then the first change.</summary>
internal static class SafetensorsModuleLoader
{
    private const int NamesInMessage = 6;

    internal static SafetensorsLoadResult Load(ISafetensors file, nn.Module module, Func<string, string?> fileName, bool strict)
    {
        var plan = new List<(string Name, Tensor Target, SafetensorsEntry Source)>();
        var missing = new List<string>();
        foreach (var (name, target) in module.state_dict())
        {
            if (fileName(name) is not { } wanted)
                continue;
            if (!file.Contains(wanted))
            {
                missing.Add(name);
                continue;
            }
            CheckFits(file, name, target, file[wanted]);
            plan.Add((name, target, file[wanted]));
        }
        var used = plan.Select(step => step.Source.Name).ToHashSet(StringComparer.Ordinal);
        var unused = file.Entries.Select(entry => entry.Name).Where(name => !used.Contains(name)).ToList();
        if (strict && missing.Count > 0)
            throw new InvalidDataException(
                $"'{file.Path}' lacks what {module.GetName()} needs for {List(missing)}; pass strict: false to load the rest.");
        if (strict && unused.Count > 0)
            throw new InvalidDataException(
                $"'{file.Path}' has what {module.GetName()} has no place for: {List(unused)}; pass strict: false to leave it out.");

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        file.RequireWhole();
        foreach (var (_, target, source) in plan)
            file.CopyInto(source.Name, target);
        return new SafetensorsLoadResult(plan.ConvertAll(step => step.Name), missing, unused);
    }

    private static void CheckFits(ISafetensors file, string name, Tensor target, SafetensorsEntry source)
    {
        if (!target.shape.SequenceEqual(source.Shape))
            throw new InvalidDataException(
                $"'{file.Path}' has {source}, and '{name}' in the module has the shape [{string.Join(", ", target.shape)}].");
        if (SafetensorsElementType.IsFloatingPoint(source.DType) && !SafetensorsElementType.IsFloatingPoint(target.dtype))
            throw new InvalidDataException($"'{file.Path}' has {source}, and '{name}' in the module holds {target.dtype}, not fractions.");
    }

    private static string List(List<string> names) =>
        string.Join(", ", names.Take(NamesInMessage).Select(name => $"'{name}'"))
        + (names.Count > NamesInMessage ? $" and {names.Count - NamesInMessage} more" : "");
}
