using System.Runtime.InteropServices;
using Xunit;
using static TorchSharp.torch;

namespace SlSam.LibTorch.Tests;

public sealed class ParallelismTests
{
    [SkippableFact]
    public void Matrix_products_use_as_many_threads_as_everything_else()
    {
        int before = get_num_threads();
        // Loads libtorch, and with it the BLAS that it is linked to.
        Skip.IfNot(NativeLibrary.TryLoad("libopenblas.so.0", out var blas), "This machine's libtorch does not compute with OpenBLAS.");
        Skip.IfNot(NativeLibrary.TryGetExport(blas, "openblas_get_num_threads", out var address), "This OpenBLAS does not tell its number of threads.");
        var threads = Marshal.GetDelegateForFunctionPointer<GetNumThreads>(address);
        try
        {
            set_num_threads(1);
            Assert.Equal((1, 1), (get_num_threads(), threads()));
            set_num_threads(2);
            Assert.Equal((2, 2), (get_num_threads(), threads()));
        }
        finally
        {
            set_num_threads(before);
        }
    }

    private delegate int GetNumThreads();
}
