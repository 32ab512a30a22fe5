using System.Runtime.InteropServices;

namespace SlSam;

/// <content>slsam_distributed.cpp: process groups and the averaging of gradients; all but the first two are there only with a backend.</content>
internal static unsafe partial class NativeCode
{
    [LibraryImport(Library)]
    public static partial int slsam_distributed_backends();

    [LibraryImport(Library)]
    public static partial byte* slsam_distributed_missing();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* slsam_group_new(int backend, string host, int port, int rank, int size, int device, string prefix, long timeout, void** group);

    [LibraryImport(Library)]
    public static partial byte* slsam_group_free(void* group);

    [LibraryImport(Library)]
    public static partial long slsam_group_bytes(void* group);

    [LibraryImport(Library)]
    public static partial byte* slsam_group_barrier(void* group);

    [LibraryImport(Library)]
    public static partial byte* slsam_group_allreduce(void* group, void* tensor, int operation);

    [LibraryImport(Library)]
    public static partial byte* slsam_group_broadcast(void* group, void** tensors, long n, int root, int isRoot);

    [LibraryImport(Library)]
    public static partial byte* slsam_group_gather(void* group, double* values, long n, double* all);

    [LibraryImport(Library)]
    public static partial byte* slsam_reducer_new(void* group, long bucketBytes, void** reducer);

    [LibraryImport(Library)]
    public static partial void slsam_reducer_free(void* reducer);

    [LibraryImport(Library)]
    public static partial long slsam_reducer_bytes(void* reducer);

    [LibraryImport(Library)]
    public static partial long slsam_reducer_early_bytes(void* reducer);

    [LibraryImport(Library)]
    public static partial byte* slsam_reducer_begin(void* reducer, void** parameters, void** indices, void** values, long n, double weight);

    [LibraryImport(Library)]
    public static partial byte* slsam_reducer_flush(void* reducer);

    [LibraryImport(Library)]
    public static partial byte* slsam_reducer_wait(void* reducer);

    [LibraryImport(Library)]
    public static partial byte* slsam_reducer_abandon(void* reducer);
}
