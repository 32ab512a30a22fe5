using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SlSam.Generators.Parsing;

/// <summary>Where and how a model is declared, and whether another part of it can be.</summary>
internal static class DeclarationParser
{
    /// <summary>Whether a generated file can hold a part of this class.</summary>
    public static bool IsExtensible(INamedTypeSymbol model, ModelProblems problems)
    {
        if (LanguageOf(model) is { } language && language < LanguageVersion.CSharp10)
        {
            problems.Report(ModelProblemKind.LanguageTooOld, model, null, model.Name, language.ToDisplayString());
            return false;
        }

        var extensible = true;
        if (model.IsRecord || !model.DerivesFrom(TypeNames.Module))
            Fail(ModelProblemKind.NotAModule, model, model.Name);
        if (!IsPartial(model))
            FailForNow(ModelProblemKind.NotPartial, model, model.Name);
        if (ContainingTypes(model).Append(model).Any(type => type.IsFileLocal))
            Fail(ModelProblemKind.FileLocal, model, model.Name);
        foreach (var containing in ContainingTypes(model).Where(type => !IsPartial(type)))
            FailForNow(ModelProblemKind.ContainingTypeNotPartial, containing, containing.Name, model.Name);
        return extensible;

        void Fail(ModelProblemKind kind, ISymbol symbol, params string[] arguments)
        {
            problems.Report(kind, symbol, null, arguments);
            extensible = false;
        }

        // csc shows none of these messages beside its own that the class does not implement forward. Where that would be all that it says, the
        // other part is written nevertheless: csc then says that partial is missing.
        void FailForNow(ModelProblemKind kind, ISymbol symbol, params string[] arguments)
        {
            problems.Report(kind, symbol, null, arguments);
            extensible = extensible && MissingForward.Of(model) is not null;
        }
    }

    public static DeclarationSpec Parse(INamedTypeSymbol model) => new()
    {
        Namespace = TypeText.Namespace(model),
        ContainingTypes = ContainingTypes(model).Select(TypeText.PartialDeclaration).ToImmutableArray(),
        Name = TypeText.Identifier(model.Name),
        FullName = TypeText.Full(model),
        TypeParameters = TypeText.TypeParameters(model),
        Constraints = model.TypeParameters.Select(TypeText.Constraints).OfType<string>().ToImmutableArray(),
        Accessibility = TypeText.Accessibility(model),
        IsSealed = model.IsSealed,
    };

    /// <summary>
    /// The file's name: the full name of the class. File names that differ only in case count as one to the compiler,
    /// so a class whose name another has in other case gets the letters' case spelled out in addition.
    /// </summary>
    public static string HintName(INamedTypeSymbol model)
    {
        var name = new StringBuilder(TypeText.Namespace(model)?.Replace("@", ""));
        foreach (var type in ContainingTypes(model).Append(model))
        {
            if (name.Length > 0)
                name.Append('.');
            name.Append(type.Name);
            if (!type.TypeParameters.IsEmpty)
                name.Append('{').Append(string.Join(",", type.TypeParameters.Select(parameter => parameter.Name))).Append('}');
        }

        if (ContainingTypes(model).Append(model).Any(Namesakes.DifferOnlyInCase))
            name.Append('.').Append(CaseOf(name.ToString()));
        return EscapeForFile(name.ToString()) + ".SamModel.g.cs";
    }

    private static LanguageVersion? LanguageOf(INamedTypeSymbol model)
        => model.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree.Options).OfType<CSharpParseOptions>()
            .FirstOrDefault()?.LanguageVersion;

    private static string CaseOf(string name) => string.Concat(name.Select(letter => char.IsUpper(letter) ? '1' : '0'));

    private static string EscapeForFile(string name)
    {
        var escaped = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (char.IsLetterOrDigit(letter) || letter is '.' or '_' or ',' or '{' or '}')
                escaped.Append(letter);
            else
                escaped.Append('(').Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture)).Append(')');
        }

        return escaped.ToString();
    }

    /// <summary>The types that the model is nested in, outermost first.</summary>
    private static IEnumerable<INamedTypeSymbol> ContainingTypes(INamedTypeSymbol model)
    {
        var types = new Stack<INamedTypeSymbol>();
        for (var type = model.ContainingType; type is not null; type = type.ContainingType)
            types.Push(type);
        return types;
    }

    private static bool IsPartial(INamedTypeSymbol type)
        => type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<TypeDeclarationSyntax>()
            .All(declaration => declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
}
