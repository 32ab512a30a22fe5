namespace SlSam.Docs.Tests.Commands;

/// <summary>
/// How every command of the pages is run. A command that is new on a page needs a row here; a row that no page needs any more has to go.
/// A shortened line differs from what the page says in what it adds, or in numbers and folders.
/// </summary>
internal static class CommandTable
{
    private const string Quick = "--offline --steps 2 --examples 4 --batch-size 4";
    private const string NoReport = "--steps 2 --no-report";
    private const string Tiny = "--preset encoder --blocks 1 --width 32 --batch 2 --length 8 --rounds";
    internal const string PyTorch = "/usr/bin/python3 -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec(\"torch\") is None)'";
    private const string NativeLibrary = "test -f samples/DataParallel/bin/Release/net8.0/libslsam_torch.so";
    private const string Aot = "tests/SlSam.Package.Tests/NativeAotTests.cs";
    private const string Native = "tests/SlSam.Package.Tests/NativeSourceTests.cs";
    private const string Tutorial = "tests/SlSam.Docs.Tests/Commands/FirstModelTests.cs";
    private const string Gpu = "it measures on a GPU";
    private const string Suite = "it is what runs the tests";

    public static IReadOnlyList<CommandEntry> All { get; } =
    [
        Run("./build.sh help", "", prints: @"Usage: \./build\.sh COMMAND"),
        NotHere("./build.sh build", "it builds what runs this test"),
        // In a copy, of which it is the root.
        Instead("./build.sh clean", "mkdir -p $OUT/src/A/bin $OUT/src/A/B/obj && touch $OUT/TorchProvider.props && cp build.sh $OUT && $OUT/build.sh clean && "
            + "test ! -e $OUT/src/A/bin -a ! -e $OUT/src/A/B/obj -a ! -e $OUT/TorchProvider.props", leaves: "src/A/B"),
        NotHere("./build.sh test", Suite),
        NotHere("TORCH_PROVIDER=TorchSharp-cuda-linux ./build.sh test", Suite),

        Run("./build.sh demo", $"{Quick} --report $OUT/report.html", prints: @"\nAdamW +2 ", leaves: "report.html"),
        Run("./build.sh demo --compare all", $"{Quick} --no-report", prints: @"\nSAM +2 "),
        Run("./build.sh demo --workers 2", $"{Quick} --report $OUT/report.html", prints: "2 processes train together", leaves: "report.html", needs: NativeLibrary),
        Run("./build.sh demo --offline", $"{Quick["--offline ".Length..]} --report $OUT/report.html", prints: "Offline: nothing is fetched"),
        Run("./build.sh demo --offline --steps 100", "--batch-size 2 --examples 4 --compare none --report $OUT/report.html", prints: @"\nSL-SAM +100 ", leaves: "report.html"),
        Instead("./build.sh demo --tensorboard runs", $"./build.sh demo --tensorboard $OUT/runs --no-report {Quick}", leaves: "runs"),
        Run("./build.sh demo --help", "", prints: "--sparsity"),

        Run("./build.sh sample images", "--steps 2 --report $OUT/report.html --data $OUT/fashion", prints: @"\nSL-SAM, half-batch ascent ", leaves: "report.html"),
        Run("./build.sh sample stories", $"{NoReport} --model $OUT/my.bin --texts $OUT/lines.txt", prints: "After: .* nats"),
        Instead("./build.sh sample stories --model my.bin --texts lines.txt --prompt \"Once\"",
            $"./build.sh sample stories --model $OUT/my.bin --texts $OUT/lines.txt --prompt \"Once\" {NoReport}", prints: @"\n  Once"),
        Run("./build.sh sample adapters", $"--offline {NoReport} --output $OUT/adapters", leaves: "adapters/lora-nbar/adapter_model.safetensors"),
        Run("./build.sh sample adapters --offline", $"{NoReport} --output $OUT/adapters", prints: "LoRA with nBAR"),
        Run("./build.sh sample sparse", $"--offline {NoReport} --output $OUT/delta.safetensors", leaves: "delta.safetensors"),
        Run("./build.sh sample sparse --offline", $"{NoReport} --output $OUT/delta.safetensors", prints: "after 2 steps", leaves: "delta.safetensors"),
        Run("./build.sh sample parallel", $"--offline {NoReport}", prints: "2 processes", needs: NativeLibrary),
        Run("./build.sh sample parallel --workers 3", $"--offline {NoReport}", prints: "3 processes", needs: NativeLibrary),
        Run("./build.sh sample parallel --offline", NoReport, prints: "2 processes", needs: NativeLibrary),
        By("dotnet publish samples/NativeAot -c Release -o artifacts/native-aot", Aot),
        By("artifacts/native-aot/NativeAot", Aot),

        Run("./build.sh experiment", "--offline --quick --scale 0.05 --methods lora --records $OUT/runs", leaves: "runs/results.md"),

        Run("./build.sh bench", $"--only steps {Tiny} 6", prints: "our SL-SAM, windowed / the released SL-SAM", needs: PyTorch, exitCodes: [0, 1]),
        Run("./build.sh bench --only steps,engine", $"{Tiny} 6", prints: "the same tensor work by hand", needs: PyTorch, exitCodes: [0, 1]) with { IsLong = true },
        Run("./build.sh bench --only scaling", "", prints: @"\| 96 blocks \|") with { IsLong = true },
        Run("./build.sh bench --rounds 30", $"--only lora {Tiny.Replace(" --rounds", "", StringComparison.Ordinal)}", prints: "LoRA-nBAR / LoRA", exitCodes: [0, 1]),
        NotHere("./build.sh bench ease", "it clones, downloads and trains with empty caches, for minutes"),
        Run("./build.sh bench publish", "$OUT/bench && PYTHON=/usr/bin/python3 sh $OUT/bench/run.sh --help", prints: "--preset", leaves: "bench.tar.gz", needs: PyTorch) with { IsLong = true },
        NotHere("sh bench/run.sh --help", "it is run with ./build.sh bench publish"),
        NotHere("sh bench/run.sh", Gpu),
        NotHere("PYTHON=/opt/venv/bin/python sh bench/run.sh --device cuda --dtype bf16 --preset large --batch 128 --only steps,memory", Gpu),
        NotHere("nsys profile sh bench/run.sh ...", Gpu),

        Run("./build.sh bench compiler", "--iterations 1 --models 2 --warm-up 1 --rounds 1 --project SparseFineTuning", prints: @"\| no-op \|") with { IsLong = true },
        Instead("./build.sh bench compiler --only generator --iterations 7",
            "./build.sh bench compiler --only generator --iterations 1 --models 2 --warm-up 1", prints: @"\| no-op \|") with { IsLong = true },
        Instead("./build.sh bench compiler --only analyzers --rounds 5",
            "./build.sh bench compiler --only analyzers --rounds 1 --project SparseFineTuning", prints: @"\| SparseFineTuning \| \d+ ms"),

        Instead("./build.sh soak", "./build.sh soak --steps 200", prints: "none differs\nno tensor was left behind", exitCodes: [0, 1]),
        Instead("./build.sh soak --steps 40000 --seed 100000", "./build.sh soak --steps 200 --seed 100000", prints: "none differs\nno tensor was left behind", exitCodes: [0, 1]),
        Run("./build.sh fuzz", "1000", prints: @"\d inputs of seed 1 in"),
        Instead("./build.sh fuzz kill 200", "./build.sh fuzz kill 1", prints: @"1 kills, .* and nothing lost"),
        ListTests("dotnet test tests/SlSam.Runtime.Tests -c Release --filter \"FullyQualifiedName~Precision\"", prints: @"SlSam\.Runtime\.Tests\.Precision\."),
        ListTests("dotnet test tests/SlSam.Runtime.Tests -c Release --filter \"FullyQualifiedName~Checkpoints\"", prints: @"SlSam\.Runtime\.Tests\.Checkpoints\."),
        ListTests("dotnet test tests/SlSam.Distributed.Tests -c Release", prints: @"SlSam\.Distributed\.Tests\."),
        Run("Configuration=Release dotnet format SlSam.sln --verify-no-changes", "--no-restore") with { IsLong = true },

        By("./build.sh new", Tutorial),
        By("./build.sh new ../First", Tutorial),
        By("dotnet run --project ../First", Tutorial),
        By("./build.sh pack", Tutorial),
        By("dotnet new console -o Rings", Tutorial),
        By("cd Rings", Tutorial),
        By("dotnet add package SlSam", Tutorial),
        By("dotnet build", Tutorial),
        By("dotnet add package SlSam.LibTorch", Tutorial),
        By("dotnet format analyzers --diagnostics SLSAM001", Tutorial),
        By("dotnet format", Tutorial),
        By("dotnet run", "tests/SlSam.Package.Tests/TutorialTests.cs"),
        By("dotnet publish", Aot),
        NotHere("dotnet add package TorchSharp-cpu --version 0.107.0", "it downloads TorchSharp's package, which not every feed has"),

        By("LIBTORCH=/path/to/libtorch dotnet build", Native),
        By("LIBTORCH=/path/to/libtorch sh compile.sh FOLDER_OF_THE_PROGRAM", Native),
        Run("apt-get install libgloo-dev", "--simulate", needs: "dpkg -s libgloo-dev"),
        Run("apt-get install --no-install-recommends g++ libtorch-dev libopenblas0-pthread", "--simulate", needs: "dpkg -s g++ libtorch-dev libopenblas0-pthread"),
        By("torchrun --no_python --nproc_per_node=4 dotnet program.dll", "tests/SlSam.Distributed.Tests/PyTorchTests.cs"),
        NotHere("tensorboard --logdir runs", "TensorBoard is no package of Debian's; SlSam.Reporting.Tests reads the files with an independent parser"),
        NotHere("dotnet-counters monitor -p PID --counters SlSam", "it is a tool of its own, which not every feed has"),
    ];

    /// <summary>The command, and what makes it short and has it write to OUT.</summary>
    private static CommandEntry Run(string command, string suffix, string? prints = null, string? leaves = null, string? needs = null, params int[] exitCodes) =>
        Instead(command, $"{command} {suffix}".TrimEnd(), prints, leaves, needs, exitCodes);

    /// <summary>A line in its place, where numbers or folders have to be others.</summary>
    private static CommandEntry Instead(string command, string line, string? prints = null, string? leaves = null, string? needs = null, params int[] exitCodes) =>
        new(command) { Line = line, Prints = prints, Leaves = leaves, Needs = needs, ExitCodes = exitCodes.Length > 0 ? exitCodes : [0] };

    /// <summary>Tests that the suite runs anyway: the command has to find them.</summary>
    private static CommandEntry ListTests(string command, string prints) => Run(command, "--no-build --list-tests", prints);

    private static CommandEntry By(string command, string test) => new(command) { Test = test };

    private static CommandEntry NotHere(string command, string because) => new(command) { Because = because };
}
