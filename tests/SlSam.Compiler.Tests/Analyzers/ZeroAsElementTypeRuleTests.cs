using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Analyzers;

public class ZeroAsElementTypeRuleTests
{
    [Fact]
    public Task Zeros_that_are_element_types_and_dimensions() => AnalyzerVerifier.VerifyAsync("""
        public static class Sums
        {
            private const int First = 0;

            public static void Run(Tensor x, int dimension)
            {
                x.sum({|SLSAM037:0|});
                x.sum({|SLSAM037:First|});
                x.prod({|SLSAM037:0|});
                torch.sum(x, {|SLSAM037:0|});
                torch.prod(x, {|SLSAM037:0|});
                x.sum(1);
                x.sum(0L);
                x.sum(0, true);
                x.sum(dim: 0);
                x.sum(new long[] { 0 });
                x.sum(dimension);
                x.sum(type: 0);
                x.sum((ScalarType)0);
                x.sum(ScalarType.Byte);
                x.argmax(0);
                x.mean();
            }
        }
        """);

    /// <summary>What the rule says of C# is so: the compiler binds the call to the overload without a dimension.</summary>
    [Theory]
    [InlineData("x.sum(0)", "type")]
    [InlineData("x.sum(1)", "dim")]
    [InlineData("x.sum(dim: 0)", "dim")]
    public void The_compiler_chooses_the_overload(string call, string parameter)
    {
        var compilation = TestCompilation.Create([$"public static class C {{ public static Tensor M(Tensor x) => {call}; }}"]);
        var tree = compilation.SyntaxTrees.Last();
        var invocation = tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Single();

        var method = Assert.IsAssignableFrom<IMethodSymbol>(compilation.GetSemanticModel(tree).GetSymbolInfo(invocation).Symbol);

        Assert.Equal(parameter, method.Parameters[0].Name);
    }
}
