using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SlSam.CodeFixes.Layers;

/// <summary>Attributes on fields and properties, as text.</summary>
internal static class MemberSyntax
{
    /// <summary>
    /// The declaration of the field or property that the diagnostic points at; null for one of several fields in one declaration.
    /// </summary>
    public static MemberDeclarationSyntax? At(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindToken(diagnostic.Location.SourceSpan.Start).Parent switch
        {
            PropertyDeclarationSyntax property => property,
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax field } } =>
                field,
            _ => null,
        };

    /// <summary>The type in the member's declaration.</summary>
    public static TypeSyntax? DeclaredType(this MemberDeclarationSyntax member) => member switch
    {
        PropertyDeclarationSyntax property => property.Type,
        FieldDeclarationSyntax field => field.Declaration.Type,
        _ => null,
    };

    /// <summary>The field or property that the declaration makes.</summary>
    public static ISymbol? SymbolIn(this MemberDeclarationSyntax member, SemanticModel model, CancellationToken cancellation) =>
        model.GetDeclaredSymbol(
            member is FieldDeclarationSyntax { Declaration.Variables: var variables } ? variables[0] : (SyntaxNode)member, cancellation);

    /// <summary>What the member is given: its initializer, and what is assigned to it in this part of its class.</summary>
    public static IEnumerable<ExpressionSyntax> ValuesIn(
        this MemberDeclarationSyntax member, SemanticModel model, CancellationToken cancellation)
    {
        var initializer = member switch
        {
            PropertyDeclarationSyntax property => property.Initializer,
            FieldDeclarationSyntax field => field.Declaration.Variables[0].Initializer,
            _ => null,
        };
        if (initializer is not null)
            yield return initializer.Value;

        var symbol = member.SymbolIn(model, cancellation);
        foreach (var assignment in member.Parent!.DescendantNodes().OfType<AssignmentExpressionSyntax>())
        {
            if (SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(assignment.Left, cancellation).Symbol, symbol))
                yield return assignment.Right;
        }
    }

    /// <summary>The attribute of this name, written with or without its namespace and its suffix.</summary>
    public static AttributeSyntax? FindAttribute(this MemberDeclarationSyntax member, string name) =>
        member.AttributeLists.SelectMany(list => list.Attributes).FirstOrDefault(attribute => IsNamed(attribute, name));

    public static bool IsNamed(AttributeSyntax attribute, string name)
    {
        var last = attribute.Name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return last == name || last == name + "Attribute";
    }

    /// <summary>Whether the attribute gives the member a stage.</summary>
    public static bool HasStage(this AttributeSyntax attribute) =>
        attribute.FindOption("Stage") is not null;

    /// <summary>What the attribute says after <c>name =</c>.</summary>
    public static AttributeArgumentSyntax? FindOption(this AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);

    /// <summary>
    /// Puts an attribute in front of the member: on its line, or on a line of its own where the member's attributes stand so.
    /// </summary>
    public static MemberDeclarationSyntax AddAttribute(this MemberDeclarationSyntax member, string name)
    {
        var leading = member.GetLeadingTrivia();
        var existing = member.AttributeLists.FirstOrDefault();
        var onOwnLine = existing is not null && existing.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
        var list = SyntaxFactory.ParseMemberDeclaration($"[{name}] int member;")!.AttributeLists[0]
            .WithLeadingTrivia(leading)
            .WithTrailingTrivia(onOwnLine ? existing!.GetTrailingTrivia() : SyntaxFactory.TriviaList(SyntaxFactory.Space));
        var indentation = onOwnLine && leading.LastOrDefault() is { } last && last.IsKind(SyntaxKind.WhitespaceTrivia)
            ? SyntaxFactory.TriviaList(last)
            : SyntaxFactory.TriviaList();
        var bare = member.WithLeadingTrivia(indentation);
        return bare.WithAttributeLists(bare.AttributeLists.Insert(0, list));
    }

    /// <summary>Whether the attribute can be taken away without losing a comment.</summary>
    public static bool CanRemove(this MemberDeclarationSyntax member, AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        return list.Attributes.Count > 1
            || !(list.GetTrailingTrivia().Any(Remarks.IsRemark) || list.GetLastToken().GetNextToken().LeadingTrivia.Any(Remarks.IsRemark));
    }

    /// <summary>Takes the attribute away, and its list with it where it stands alone.</summary>
    public static MemberDeclarationSyntax RemoveAttribute(this MemberDeclarationSyntax member, AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        if (list.Attributes.Count > 1)
        {
            var shorter = list.WithAttributes(list.Attributes.Remove(attribute));
            return member.WithAttributeLists(member.AttributeLists.Replace(list, shorter));
        }

        var leading = list.GetLeadingTrivia();
        var isFirst = member.AttributeLists.IndexOf(list) == 0;
        var without = member.WithAttributeLists(member.AttributeLists.Remove(list));
        return isFirst ? without.WithLeadingTrivia(leading) : without;
    }
}
