using Microsoft.CodeAnalysis.CSharp;
using SlSam.Generators.Parsing;

namespace SlSam.Generators.Emitting;

/// <summary>The names that generated code uses, as it spells them.</summary>
internal static class Names
{
    public const string Tensor = "global::TorchSharp.torch.Tensor";
    public const string Module = "global::TorchSharp.torch.nn.Module";
    public const string Parameter = "global::TorchSharp.Modules.Parameter";
    public const string DisposeScope = "global::TorchSharp.DisposeScope";
    public const string NewDisposeScope = "global::TorchSharp.torch.NewDisposeScope()";

    public const string ISamModel = "global::SlSam.ISamModel";
    public const string SamLayer = "global::SlSam.SamLayer";
    public const string SamLayerKind = "global::SlSam.SamLayerKind";
    public const string LoraPair = "global::SlSam.LoraPair";
    public const string ILoraAdapter = "global::SlSam.ILoraAdapter";
    public const string SharpnessAwareOptimizer = "global::SlSam.SharpnessAwareOptimizer";
    public const string SharpnessOptions = "global::SlSam.SharpnessOptions";
    public const string UpdateRule = "global::SlSam.UpdateRule";
    public const string StepReport = "global::SlSam.StepReport";

    public const string List = "global::System.Collections.Generic.List";
    public const string IReadOnlyList = "global::System.Collections.Generic.IReadOnlyList";
    public const string Func = "global::System.Func";
    public const string Sum = "global::System.Linq.Enumerable.Sum";
    public const string ThrowIfNull = "global::System.ArgumentNullException.ThrowIfNull";
    public const string ArgumentOutOfRangeException = "global::System.ArgumentOutOfRangeException";
    public const string InvalidOperationException = "global::System.InvalidOperationException";

    /// <summary>
    /// The attributes of every generated member. A parser that sees generated code knows it by them. DebuggerNonUserCode is not among
    /// them: a model's stages are its user's code, and F11 leads there through what is generated.
    /// </summary>
    public static string Attributes { get; } =
        $"[global::System.CodeDom.Compiler.GeneratedCode(\"{EmittedNames.Generator}\", \"{Version}\"), "
        + "global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]";

    private static string Version => typeof(Names).Assembly.GetName().Version.ToString(3);

    /// <summary>A literal for an interpolated string that ends in the index of an element: <c>$"blocks[{i}]"</c>.</summary>
    public static string ElementLiteral(string text) => "$" + Literal(text.Replace("{", "{{").Replace("}", "}}") + "[{i}]");

    public static string Literal(string text) => IsPlain(text) ? $"\"{text}\"" : SymbolDisplay.FormatLiteral(text, quote: true);

    // Nearly every name is: the compiler need not be asked how to write it.
    private static bool IsPlain(string text)
    {
        foreach (var letter in text)
        {
            if (letter is < ' ' or > '~' or '"' or '\\')
                return false;
        }

        return true;
    }

    /// <summary>A member of the model, through <c>this</c> where a parameter or local has its name.</summary>
    public static string Member(string name) => EmittedNames.IsLocal(name) ? "this." + name : name;
}
