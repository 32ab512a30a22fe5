using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace SlSam.LibTorch.Tests.Surface;

/// <summary>The public and protected members of an assembly, one line each, in the format of the committed list of TorchSharp's API.</summary>
internal static class ApiListing
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static HashSet<string> OfTorchSharp()
    {
        using var resource = typeof(ApiListing).Assembly.GetManifestResourceStream("torchsharp-api.txt.gz")!;
        using var reader = new StreamReader(new GZipStream(resource, CompressionMode.Decompress));
        var lines = new HashSet<string>();
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#')) lines.Add(line);
        return lines;
    }

    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetTypes().Where(IsVisible).SelectMany(Of);

    public static IEnumerable<string> Of(Type type)
    {
        yield return $"T {Name(type)} : {Kind(type)}{Base(type)}";
        foreach (var constructor in type.GetConstructors(Declared))
            if (IsVisible(constructor) && !constructor.IsStatic) yield return $"C {Name(type)}({Parameters(constructor)})";
        foreach (var field in type.GetFields(Declared))
            if ((field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName) yield return Line(type, field);
        foreach (var property in type.GetProperties(Declared))
            if (property.GetAccessors(true).Any(IsVisible)) yield return Line(type, property);
        foreach (var method in type.GetMethods(Declared))
            if (IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))) yield return Line(type, method);
    }

    private static string Line(Type type, FieldInfo field) =>
        $"F {Name(type)}.{field.Name} : {Name(field.FieldType)}{(field.IsStatic ? " static" : "")}"
        + (type.IsEnum && field.IsLiteral ? $" = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}" : "");

    private static string Line(Type type, PropertyInfo property)
    {
        var index = property.GetIndexParameters();
        var accessors = (property.GetMethod is { } get && IsVisible(get) ? "get; " : "") + (property.SetMethod is { } set && IsVisible(set) ? "set; " : "");
        return $"P {Name(type)}.{property.Name}{(index.Length > 0 ? $"[{Parameters(index)}]" : "")} : {Name(property.PropertyType)} {{ {accessors}}}"
            + (property.GetAccessors(true)[0].IsStatic ? " static" : "");
    }

    private static string Line(Type type, MethodInfo method) =>
        $"M {Name(type)}.{method.Name}{(method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "")}({Parameters(method)}) : {Name(method.ReturnType)}"
        + (method.IsStatic ? " static" : method.IsAbstract ? " abstract" : method is { IsVirtual: true, IsFinal: false } ? " virtual" : "")
        + (method.IsPublic ? "" : " protected");

    private static string Kind(Type type)
    {
        if (type.IsInterface) return "interface";
        if (type.IsEnum) return "enum";
        if (type.IsValueType) return "struct";
        if (type is { IsAbstract: true, IsSealed: true }) return "static class";
        return (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + "class";
    }

    private static string Base(Type type) =>
        type.IsValueType || type.BaseType is null || type.BaseType == typeof(object) ? "" : $" : {Name(type.BaseType)}";

    private static string Parameters(MethodBase method) => Parameters(method.GetParameters());

    private static string Parameters(ParameterInfo[] parameters) =>
        string.Join(", ", parameters.Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? $" = {Default(p.RawDefaultValue)}" : "")}"));

    private static string Default(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Name(Type type)
    {
        if (type.IsByRef) return Name(type.GetElementType()!) + "&";
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter) return type.Name;
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var name = definition.FullName!.Replace('+', '.');
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsVisible(Type type) =>
        !type.IsDefined(typeof(CompilerGeneratedAttribute))
        && (type.IsNested ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!) : type.IsPublic);
}
