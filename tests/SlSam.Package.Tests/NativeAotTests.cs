using SlSam.Package.Tests.Workplace;

namespace SlSam.Package.Tests;

/// <summary>samples/NativeAot, compiled ahead of time and just in time.</summary>
public sealed class NativeAotTests
{
    [SkippableFact]
    public void The_sample_is_published_without_a_warning_and_trains_with_the_numbers_of_the_JIT()
    {
        Skip.IfNot(Checkout.TorchProvider == "LibTorch", "TorchSharp's own assembly is not made for ahead-of-time compilation.");
        Skip.IfNot(IsInstalled("clang") || IsInstalled("gcc"), "Neither clang nor gcc is installed, to link what is compiled.");
        var sample = Checkout.File("samples", "NativeAot");
        var restored = CommandLine.DotNet(sample, "restore", "-p:_IsPublishing=true");
        Skip.If(restored.ExitCode != 0 && restored.Output.Contains("ILCompiler", StringComparison.Ordinal),
            "The package feed has no ahead-of-time compiler for this SDK.");
        restored.MustSucceed();

        using var folder = new TemporaryFolder();
        // The sample treats warnings as errors, those of the ahead-of-time compiler among them.
        CommandLine.DotNet(sample, "publish", "-c", Checkout.Configuration, "-v", "quiet", "-o", folder.Path).MustSucceed();
        var ahead = CommandLine.Run(folder.Path, folder.Combine("NativeAot")).MustSucceed();
        var binaries = Path.Combine(sample, "bin", Checkout.Configuration);
        var built = Directory.EnumerateFiles(binaries, "NativeAot.dll", SearchOption.AllDirectories);
        var justInTime = CommandLine.DotNet(folder.Path, Assert.Single(built)).MustSucceed();

        Assert.Equal(justInTime.Output, ahead.Output);
        Assert.Matches(@"(step +\d+: loss [\d.E-]+\n){10}right: 25\d of 256\n$", ahead.Output);
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
