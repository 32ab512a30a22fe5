using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Precision;

/// <summary>What a thread computes in, inside of scopes and outside.</summary>
public sealed class AutocastScopeTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public AutocastScopeTests() => Autocasting.Require();

    public void Dispose() => _scope.Dispose();

    [SkippableFact]
    public void Products_are_computed_in_the_narrow_type_and_sums_of_exponentials_are_not()
    {
        var x = randn(4, 8);
        var layer = nn.Linear(8, 8);
        using (new AutocastScope(AutocastType.BFloat16, CPU))
        {
            var y = layer.call(x);
            Assert.Equal(ScalarType.BFloat16, y.dtype);
            Assert.Equal(ScalarType.Float32, nn.functional.cross_entropy(y, zeros(4, ScalarType.Int64)).dtype);
        }

        Assert.Equal(ScalarType.Float32, layer.call(x).dtype);
        Assert.Equal(ScalarType.Float32, layer.weight!.dtype);
    }

    [SkippableFact]
    public void Scopes_nest_and_each_leaves_what_was_before_it()
    {
        using (new AutocastScope(AutocastType.BFloat16, CPU))
        {
            using (new AutocastScope(AutocastType.Off, CPU))
            {
                Assert.Equal(ScalarType.Float32, ProductType());
                using (new AutocastScope(AutocastType.BFloat16, CPU))
                {
                    Assert.Equal(ScalarType.BFloat16, ProductType());
                }

                Assert.Equal(ScalarType.Float32, ProductType());
            }

            Assert.Equal(ScalarType.BFloat16, ProductType());
        }

        Assert.Equal(ScalarType.Float32, ProductType());
    }

    [SkippableFact]
    public void An_exception_leaves_the_scope()
    {
        void Fail()
        {
            using var autocast = new AutocastScope(AutocastType.BFloat16, CPU);
            throw new FormatException();
        }

        Assert.Throws<FormatException>(Fail);

        Assert.Equal(ScalarType.Float32, ProductType());
    }

    [SkippableFact]
    public void A_scope_is_its_thread_s_alone()
    {
        ScalarType? elsewhere = null;
        Exception? refusal = null;
        using (var autocast = new AutocastScope(AutocastType.BFloat16, CPU))
        {
            var thread = new Thread(() =>
            {
                elsewhere = ProductType();
                refusal = Record.Exception(autocast.Dispose);
            });
            thread.Start();
            thread.Join();
            Assert.Equal(ScalarType.BFloat16, ProductType());
        }

        Assert.Equal(ScalarType.Float32, elsewhere);
        Assert.Contains("on the thread that opened it", Assert.IsType<InvalidOperationException>(refusal).Message);
        Assert.Equal(ScalarType.Float32, ProductType());
    }

    [SkippableFact]
    public void A_scope_cannot_be_left_before_the_one_inside_it()
    {
        var outer = new AutocastScope(AutocastType.BFloat16, CPU);
        var inner = new AutocastScope(AutocastType.Off, CPU);

        Assert.Contains("dispose that first", Assert.Throws<InvalidOperationException>(outer.Dispose).Message);
        Assert.Equal(ScalarType.Float32, ProductType());

        inner.Dispose();
        outer.Dispose();
        outer.Dispose();
        Assert.Equal(ScalarType.Float32, ProductType());
    }

    [SkippableFact]
    public void The_cast_of_a_weight_is_kept_until_the_outermost_scope_is_left()
    {
        // A layer of TorchSharp's own multiplies by a transposed weight, of which libtorch keeps no cast.
        var weight = nn.Parameter(ones(3, 1));
        var x = ones(1, 3);
        using (new AutocastScope(AutocastType.BFloat16, CPU))
        {
            Assert.Equal(3, x.matmul(weight).ToDouble());
            Fill(weight, 2);
            Assert.Equal(3, x.matmul(weight).ToDouble());
        }

        using (new AutocastScope(AutocastType.BFloat16, CPU))
        {
            Assert.Equal(6, x.matmul(weight).ToDouble());
        }
    }

    private static void Fill(Tensor weight, double value)
    {
        using var _ = no_grad();
        using Scalar scalar = value;
        weight.fill_(scalar);
    }

    private static ScalarType ProductType()
    {
        using var scope = NewDisposeScope();
        return ones(2, 2).matmul(ones(2, 2)).dtype;
    }
}
