using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Analyzers;

public class StepWithoutClosureTests
{
    [Fact]
    public Task Fires_without_a_closure_and_with_null() => AnalyzerVerifier.VerifyAsync("""
        class Training
        {
            void Run(SharpnessAwareOptimizer optimizer, Tensor loss)
            {
                {|SLSAM024:optimizer.step()|};
                {|SLSAM024:optimizer.step(null!)|};
                {|SLSAM024:optimizer.Step(null!)|};
            }
        }
        """);
}
