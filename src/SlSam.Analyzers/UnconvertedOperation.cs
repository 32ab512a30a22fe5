using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SlSam.Analyzers;

/// <summary>What a value is before the language converts it.</summary>
internal static class UnconvertedOperation
{
    /// <summary>The operand of conversions that the language makes by itself, without parentheses.</summary>
    public static IOperation Unconverted(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                default:
                    return operation;
            }
        }
    }
}
