using TorchSharp;

namespace SlSam.LibTorch.Tests.Surface;

public class SurfaceTests
{
    /// <summary>What is compiled against this provider runs on TorchSharp: nothing here is spelled otherwise than there.</summary>
    [Fact]
    public void EveryPublicMemberStandsInTorchSharpsApi()
    {
        var known = ApiListing.OfTorchSharp();
        var foreign = ApiListing.Of(typeof(torch).Assembly).Where(line => !known.Contains(line)).ToList();
        Assert.True(foreign.Count == 0, $"{foreign.Count} members are not TorchSharp's:\n{string.Join('\n', foreign)}");
    }

    [Fact]
    public void TheAssemblyHasTorchSharpsNameAndVersion()
    {
        var name = typeof(torch).Assembly.GetName();
        Assert.Equal("TorchSharp", name.Name);
        Assert.Equal(new Version(0, 107, 0, 0), name.Version);
    }

    [Theory]
    [InlineData(typeof(Misspelt), ".summ(")]
    [InlineData(typeof(WrongDefault), "keepdim = True")]
    public void AMemberThatTorchSharpDoesNotHaveIsFound(Type foreign, string trace)
    {
        var known = ApiListing.OfTorchSharp();
        Assert.Contains(ApiListing.Of(foreign), line => line.Contains(trace, StringComparison.Ordinal) && !known.Contains(line));
    }

    /// <summary>The listing is complete: it prints a type of our own word for word as the list would.</summary>
    [Fact]
    public void TheListingWritesEveryKindOfMember() => Assert.Equal(
        [
            "T SlSam.LibTorch.Tests.Surface.SurfaceTests.Specimen`1<T> : abstract class : SlSam.LibTorch.Tests.Surface.SurfaceTests.Misspelt",
            "C SlSam.LibTorch.Tests.Surface.SurfaceTests.Specimen`1<T>(System.Single rate = 0.5)",
            "F SlSam.LibTorch.Tests.Surface.SurfaceTests.Specimen`1<T>.Field : System.Int64[,] static",
            "P SlSam.LibTorch.Tests.Surface.SurfaceTests.Specimen`1<T>.Item[System.Int32 index] : T { get; }",
            "M SlSam.LibTorch.Tests.Surface.SurfaceTests.Specimen`1<T>.Generic<U>(System.Collections.Generic.IList`1<U> values = null, System.Nullable`1<System.Int64> n = null) : System.ValueTuple`2<T, U> static",
            "M SlSam.LibTorch.Tests.Surface.SurfaceTests.Specimen`1<T>.Abstract(T& value) : System.Boolean abstract protected",
        ],
        ApiListing.Of(typeof(Specimen<>)));

    public class Misspelt
    {
        public torch.Tensor summ(torch.Tensor input) => input.sum();
    }

    public class WrongDefault
    {
        public static torch.Tensor sum(torch.Tensor input, long dim, bool keepdim = true, torch.ScalarType? type = null) => input.sum(dim, keepdim, type);
    }

    public abstract class Specimen<T> : Misspelt
    {
        public static long[,] Field = new long[1, 1];

        protected Specimen(float rate = 0.5f) => _ = rate;

        public T this[int index] => throw new NotSupportedException();

        public static (T, U) Generic<U>(IList<U>? values = null, long? n = null) => throw new NotSupportedException();

        protected abstract bool Abstract(ref T value);
    }
}
