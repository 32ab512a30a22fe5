using System.Globalization;
using System.Text;

namespace SlSam.Compiler.Benchmarks.Generating;

/// <summary>The projects that the generator is timed on: each model in a file of its own, as projects have them.</summary>
internal static class ModelSources
{
    private const string Usings = """
        using SlSam;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;

        namespace Models;


        """;

    /// <summary>A file that no model depends on.</summary>
    public const string Unrelated = """
        namespace Models;

        internal static class Report
        {
            public static string Line(string name, double loss) => $"{name}: {loss}";
        }
        """;

    /// <summary><see cref="Unrelated"/> after a keystroke in the body of a member.</summary>
    public const string WithOtherBody = """
        namespace Models;

        internal static class Report
        {
            public static string Line(string name, double loss) => $"{name}: {loss:F}";
        }
        """;

    /// <summary><see cref="Unrelated"/> after an edit that the whole compilation can see: another member.</summary>
    public const string WithOtherMember = """
        namespace Models;

        internal static class Report
        {
            public static string Line(string name, double loss) => $"{name}: {loss}";

            public static string Total(double loss) => Line("total", loss);
        }
        """;

    /// <summary>One model that consists of this many layers, a stage each.</summary>
    public static string Deep(int layers)
    {
        var text = new StringBuilder(Usings);
        text.Append("[SamModel]\npublic sealed partial class Deep : nn.Module<Tensor, Tensor>\n{\n");
        for (var i = 0; i < layers; i++)
            text.Append(CultureInfo.InvariantCulture, $"    [SamLayer(Stage = {i})] private readonly {TypeOf(i)} layer{i};\n");
        text.Append("\n    public Deep(int width) : base(nameof(Deep))\n    {\n");
        for (var i = 0; i < layers; i++)
            text.Append(CultureInfo.InvariantCulture, $"        layer{i} = nn.{TypeOf(i)}(width{(TypeOf(i) == "Linear" ? ", width" : "")});\n");
        text.Append("        RegisterComponents();\n    }\n}\n");
        return text.ToString();
    }

    /// <summary>The model that the README begins with, under a name of its own.</summary>
    public static string First(int number)
    {
        var name = "Classifier" + number.ToString("d4", CultureInfo.InvariantCulture);
        return Usings + $$"""
            [SamModel]
            public sealed partial class {{name}} : nn.Module<Tensor, Tensor>
            {
                [SamLayer(Stage = 0)] private readonly Linear stem;
                [SamLayer(Stage = 1)] private readonly ModuleList<Linear> blocks;   // one layer, and one stage, for each element
                [SamLayer(Stage = 3)] private readonly Linear head;

                public {{name}}(int width, int classes) : base(nameof({{name}}))
                {
                    stem = nn.Linear(width, width);
                    blocks = new ModuleList<Linear>(nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, width));
                    head = nn.Linear(width, classes);
                    RegisterComponents();
                }

                [SamStage(2)] private static Tensor Activate(Tensor hidden) => hidden.relu();   // a stage that is not a module
            }

            """;
    }

    /// <summary>A model after an edit that changes what is generated: its last layer has a name for reports.</summary>
    public static string Edited(string model)
    {
        var last = model.LastIndexOf("[SamLayer(", StringComparison.Ordinal) + "[SamLayer(".Length;
        return model.Insert(last, "Name = \"last\", ");
    }

    private static string TypeOf(int layer) => layer % 2 == 0 ? "Linear" : "LayerNorm";
}
