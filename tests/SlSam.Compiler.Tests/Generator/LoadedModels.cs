using System.Reflection;
using System.Runtime.Loader;

namespace SlSam.Compiler.Tests.Generator;

/// <summary>Sources compiled with what is generated for them, and loaded to be run.</summary>
internal static class LoadedModels
{
    public static Assembly Load(params string[] sources)
    {
        using var image = new MemoryStream();
        var result = GeneratorRun.Of(sources).Output.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        image.Position = 0;
        return new AssemblyLoadContext("Models", isCollectible: true).LoadFromStream(image);
    }

    public static object Create(this Assembly models, string type, params object?[] arguments)
        => Activator.CreateInstance(models.GetType(type, throwOnError: true)!, arguments)!;
}
