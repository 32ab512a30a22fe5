using Microsoft.CodeAnalysis;
using SlSam.Compiler.Tests.Harness;
using SlSam.Generators.Parsing;

namespace SlSam.Compiler.Tests.Generator;

/// <summary>What is read of members from source is what the compiler binds.</summary>
public sealed class MemberReaderTests
{
    private const string Usings = """
        using System;
        using SlSam;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using L = SlSam.SamLayerAttribute;

        """;

    private const string OwnAttribute = """
        namespace Own
        {
            [System.AttributeUsage(System.AttributeTargets.All)]
            public sealed class SamLayerAttribute : System.Attribute { public int Stage { get; set; } }
        }
        """;

    [Theory]
    [InlineData("[SamLayer]")]
    [InlineData("[SamLayer()]")]
    [InlineData("[SamLayer(Stage = 3)]")]
    [InlineData("[SamLayer(Stage = 0x10, Name = \"top\\n\", Expand = true, AlwaysActive = true, Frozen = true)]")]
    [InlineData("[SamLayer(Name = @\"a\\b\", Expand = false, Frozen = false)]")]
    [InlineData("[SamLayer(@Stage = 4)]")]
    [InlineData("[SamLayer(Stage = -1)]")]
    [InlineData("[SamLayer(Stage = (5))]")]
    [InlineData("[SamLayer(Stage = 'a')]")]
    [InlineData("[SamLayer(Stage = Seven, Name = Text)]")]
    [InlineData("[SamLayer(Name = nameof(M) + \"s\")]")]
    [InlineData("[SamLayer(Name = null)]")]
    [InlineData("[SamLayer(Stage = \"one\")]")]
    [InlineData("[SamLayer(Stage = )]")]
    [InlineData("[SamLayer(Stages = 1)]")]
    [InlineData("[SamLayerAttribute(Stage = 6)]")]
    [InlineData("[SlSam.SamLayer(Stage = 6)]")]
    [InlineData("[L(Stage = 6)]")]
    [InlineData("[L(Stage = 6), Obsolete]")]
    [InlineData("[Obsolete, SamLayer(Stage = 6)]")]
    [InlineData("[Obsolete][SamLayer(Stage = 6)]")]
    [InlineData("[SamLayer(Stage = 6)][SamIgnore]")]
    [InlineData("[field: SamLayer(Stage = 6)]")]
    [InlineData("[Obsolete]")]
    [InlineData("[Own.SamLayer(Stage = 6)]")]
    [InlineData("[Unknown(Stage = 6)]")]
    [InlineData("")]
    public void It_is_read_as_the_compiler_binds_it(string attribute)
        => AssertAsBound(Usings + $$"""
            [SamModel] public sealed partial class M : nn.Module<Tensor, Tensor>
            {
                private const int Seven = 7;
                private const string Text = "text";
                [SamLayer(Stage = 1)] private readonly Linear first;
                {{attribute}} private readonly Linear field, another;
                {{attribute}} private Linear Property { get; }
                {{attribute}} private readonly Linear last;
            }
            """, OwnAttribute);

    [Theory]
    [InlineData("using SamLayer = Own.SamLayerAttribute;")]
    [InlineData("using Own;")]
    public void One_name_can_be_two_attributes_in_two_files(string usings)
        => AssertAsBound(
            Usings + "public partial class B : nn.Module<Tensor, Tensor> { [SamLayer(Stage = 1)] public Linear one; [SamLayer(Stage = 2)] public Linear two; }",
            usings + "[SlSam.SamModel] public partial class M : B { [SamLayer(Stage = 3)] public int three; [SamLayer(Stage = 4)] public int four; }",
            OwnAttribute);

    [Fact]
    public void One_name_can_be_two_attributes_in_two_parts_of_a_class()
        => AssertAsBound(
            Usings + "[SamModel] public partial class M : nn.Module<Tensor, Tensor> { [SamLayer(Stage = 1)] Linear one; [SamLayer(Stage = 2)] Linear two; }",
            "using Own; public partial class M { [SamLayer(Stage = 3)] int three; [SamLayer(Stage = 4)] int four; }",
            OwnAttribute);

    [Fact]
    public void One_name_can_be_two_types_in_two_parts_of_a_class()
        => AssertAsBound(
            Usings + "[SamModel] public partial class M : nn.Module<Tensor, Tensor> { Linear one; Linear? two; M three, four; Linear[] five; }",
            "using Own; public partial class M { Linear six; Linear seven; }",
            "namespace Own { public sealed class Linear { } }");

    private static void AssertAsBound(params string[] sources)
    {
        var compilation = TestCompilation.CreateWithUsings("", sources);
        var model = compilation.GetSymbolsWithName("M").OfType<INamedTypeSymbol>().Single();
        var members = ModelMember.AllOf(model);

        Assert.NotEmpty(members);
        foreach (var member in members)
        {
            var bound = member.Symbol.FindAttribute(TypeNames.SamLayerAttribute) ?? member.Field?.FindAttribute(TypeNames.SamLayerAttribute);
            Assert.Equal(bound is null ? null : LayerArguments.Of(bound), member.Layer);
            Assert.Equal(bound, member.LayerAttribute);
            Assert.Equal((member.Symbol as IFieldSymbol)?.Type ?? ((IPropertySymbol)member.Symbol).Type, member.Type, SymbolEqualityComparer.Default);
            Assert.Equal(member.Symbol.FindAttribute(TypeNames.SamIgnoreAttribute), member.IgnoreAttribute);
        }
    }
}
