using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace SlSam.LibTorch.Tests.Surface;

public class OperatorTests
{
    /// <summary>A misspelt operator would otherwise show at its first call only.</summary>
    [Fact]
    public void LibtorchHasEveryOperatorThatIsNamedHere()
    {
        var operators = typeof(torch).Assembly.GetTypes()
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(field => field.FieldType == typeof(Operator))
            .Select(field => (Operator?)field.GetValue(null))
            .OfType<Operator>() // one that only newer versions have is null with this one
            .ToList();
        Assert.True(operators.Count > 300, $"Only {operators.Count} operators were found.");
        var missing = operators.Where(o => Record.Exception(o.Resolve) is not null).Select(o => o.ToString());
        Assert.Empty(missing);
    }

    [Fact]
    public void AnOperatorThatLibtorchDoesNotHaveIsAnError() =>
        Assert.Contains("aten::nonsense", Assert.ThrowsAny<Exception>(new Operator("aten::nonsense").Resolve).Message, StringComparison.Ordinal);

    /// <summary>TorchSharp's own matmul ends the process here.</summary>
    [Fact]
    public void AShapeErrorInMatmulIsAnException()
    {
        using var x = torch.ones(2, 3);
        var error = Assert.Throws<ExternalException>(() => x.matmul(x));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message, StringComparison.Ordinal);
        using var y = x.matmul(x.t());
        Assert.Equal([2, 2], y.shape);
    }

    [Fact]
    public void ArgumentsThatTheSchemaDoesNotTakeAreRefused()
    {
        using var x = torch.ones(2);
        var sum = new Operator("aten::sum");
        Assert.Contains("takes 2 arguments, not 3", Assert.ThrowsAny<Exception>(() => sum.Call([x, Argument.None, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("'dtype'", Assert.ThrowsAny<Exception>(() => sum.Call([x, "text"])).Message, StringComparison.Ordinal);
        Assert.Contains("'dim'", Assert.ThrowsAny<Exception>(() => new Operator("aten::softmax", "int").Call([x])).Message, StringComparison.Ordinal);
    }
}
