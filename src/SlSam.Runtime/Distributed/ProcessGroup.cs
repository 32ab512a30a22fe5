using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// The processes that train one model together, on one machine or many, over libtorch's own c10d. All of them must make the same calls in the same order;
/// each call ends when all have come to it, or with an exception after the group's timeout. Not safe for use by several threads at once.
/// </summary>
/// <remarks>
/// <c>using var group = ProcessGroup.FromEnvironment(); using var optimizer = ...; optimizer.JoinGroup(group);</c> Dispose the optimizer first.
/// Gloo listens on the interfaces that the environment variable GLOO_SOCKET_IFNAME names, as in PyTorch, or on that of this machine's own name.
/// </remarks>
public sealed unsafe class ProcessGroup : IDisposable
{
    private static readonly TimeSpan s_defaultTimeout = TimeSpan.FromMinutes(30);

    private void* _native;

    private ProcessGroup(WorkerEnvironment worker, ProcessGroupBackend backend, TimeSpan timeout)
    {
        (Rank, WorldSize, LocalRank, Backend, Timeout) = (worker.Rank, worker.WorldSize, worker.LocalRank, backend, timeout);
        void* native = null;
        var error = NativeCode.slsam_group_new(
            (int)backend, worker.MasterAddress, worker.MasterPort, Rank, WorldSize, LocalRank, worker.StorePrefix, (long)timeout.TotalMilliseconds, &native);
        if (error != null)
        {
            throw new ProcessGroupException(string.Create(
                CultureInfo.InvariantCulture,
                $"Rank {Rank} did not meet the other {WorldSize - 1} of {WorldSize} processes at {worker.MasterAddress}:{worker.MasterPort} within {timeout.TotalSeconds} s: {FirstLine(error)}"));
        }

        _native = native;
    }

    /// <summary>Whether this process was started as a worker: whether RANK and WORLD_SIZE are set.</summary>
    public static bool IsLaunched =>
        Environment.GetEnvironmentVariable(WorkerEnvironment.RankVariable) is not null
        && Environment.GetEnvironmentVariable(WorkerEnvironment.WorldSizeVariable) is not null;

    /// <summary>The number of this process, from 0.</summary>
    public int Rank { get; }

    /// <summary>How many processes there are.</summary>
    public int WorldSize { get; }

    /// <summary>The number of this process among those of its machine: the index of the GPU that it works on.</summary>
    public int LocalRank { get; }

    /// <summary>What carries the tensors.</summary>
    public ProcessGroupBackend Backend { get; }

    /// <summary>How long a call waits for the other processes.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>
    /// Whether a call has failed in such a way that the processes are no longer in step. Nothing more can be done with the group then: end the program, and
    /// start all workers again from their last checkpoint.
    /// </summary>
    public bool IsBroken { get; private set; }

    /// <summary>How many bytes of tensors this process has handed to c10d so far.</summary>
    public long BytesSent => NativeCode.slsam_group_bytes(Native);

    /// <summary>Whether this process has left the group.</summary>
    internal bool IsDisposed => _native == null;

    /// <summary>The native group, for calls that go through <see cref="Check"/>.</summary>
    internal void* Native
    {
        get
        {
            ObjectDisposedException.ThrowIf(_native == null, this);
            return _native;
        }
    }

    /// <summary>
    /// Meets the other processes. Their number and the place of this one are told by environment variables, as torchrun sets them: RANK, WORLD_SIZE, MASTER_ADDR,
    /// MASTER_PORT, LOCAL_RANK and LOCAL_WORLD_SIZE.
    /// </summary>
    /// <param name="timeout">How long this call and each later one waits for the others; at least a millisecond, 30 minutes by default, as in PyTorch.</param>
    /// <param name="backend">What carries the tensors; by default NCCL where each process of this machine has a GPU and the native library was compiled with it, Gloo otherwise.</param>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is not in its range, or the backend none of the enumeration's.</exception>
    /// <exception cref="InvalidOperationException">A variable is missing or has no valid value.</exception>
    /// <exception cref="NotSupportedException">The native library was compiled without the backend, or there is no GPU for NCCL; the message says what is missing.</exception>
    /// <exception cref="DllNotFoundException">The native library is missing; the message says how to get it.</exception>
    /// <exception cref="ProcessGroupException">The others did not come.</exception>
    public static ProcessGroup FromEnvironment(TimeSpan? timeout = null, ProcessGroupBackend? backend = null)
    {
        var limit = timeout ?? s_defaultTimeout;
        if (limit < TimeSpan.FromMilliseconds(1) || limit.TotalMilliseconds > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "The timeout must be at least a millisecond and at most 24 days.");
        }

        var worker = WorkerEnvironment.Read(Environment.GetEnvironmentVariable);
        return new ProcessGroup(worker, Choose(backend, worker), limit);
    }

    /// <summary>Whether the native library is there and was compiled with a backend.</summary>
    /// <param name="backend">What is to carry the tensors.</param>
    /// <exception cref="ArgumentOutOfRangeException">The backend is none of the enumeration's.</exception>
    public static bool IsAvailable(ProcessGroupBackend backend)
    {
        Require.Defined(backend);
        try
        {
            return (NativeCode.slsam_distributed_backends() & (int)backend) != 0;
        }
        catch (DllNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Waits until all processes have come to this call.</summary>
    /// <exception cref="ProcessGroupException">One did not.</exception>
    public void Barrier() => Check(NativeCode.slsam_group_barrier(Native), "wait for the others");

    /// <summary>Combines a tensor of all processes, element by element; every process has the result in its own, the same bits.</summary>
    /// <param name="tensor">A tensor of the same shape and type in every process. Booleans are not known to Gloo.</param>
    /// <param name="operation">How they are combined; their sum by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tensor"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="operation"/> is none of the enumeration's.</exception>
    /// <exception cref="ProcessGroupException">A process did not come, or came with another shape.</exception>
    public void AllReduce(Tensor tensor, ReduceOperation operation = ReduceOperation.Sum)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Check(NativeCode.slsam_group_allreduce(Native, (void*)tensor.Handle, (int)Require.Defined(operation)), "combine a tensor with the others'");
    }

    /// <summary>Gives tensors of all processes the bits that they have in one of them.</summary>
    /// <param name="tensors">Tensors of the same shapes and types in every process.</param>
    /// <param name="root">The rank of the process that has them; 0 by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tensors"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="root"/> is no rank.</exception>
    /// <exception cref="ProcessGroupException">A process did not come.</exception>
    public void Broadcast(IEnumerable<Tensor> tensors, int root = 0)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (root < 0 || root >= WorldSize)
        {
            throw new ArgumentOutOfRangeException(nameof(root), root, $"The root must be a rank, from 0 to {WorldSize - 1}.");
        }

        Tensor[] kept = [.. tensors];
        Span<nint> handles = kept.Select(tensor => tensor.Handle).ToArray();
        fixed (nint* pointers = handles)
        {
            Check(NativeCode.slsam_group_broadcast(Native, (void**)pointers, handles.Length, root, Rank == root ? 1 : 0), $"take tensors from rank {root}");
        }

        GC.KeepAlive(kept);
    }

    /// <summary>Leaves the group. The others are told by their next call.</summary>
    public void Dispose()
    {
        if (_native != null)
        {
            var native = _native;
            _native = null;
            NativeCode.slsam_group_free(native);
        }
    }

    /// <summary>The numbers of all processes, in the order of their ranks.</summary>
    /// <param name="mine">Those of this one; as many in every process.</param>
    /// <param name="all">As many for each rank.</param>
    /// <param name="doing">What the numbers are for, to be read after "could not".</param>
    internal void Gather(ReadOnlySpan<double> mine, Span<double> all, string doing)
    {
        fixed (double* values = mine, results = all)
        {
            Check(NativeCode.slsam_group_gather(Native, values, mine.Length, results), doing);
        }
    }

    /// <summary>Throws when a call with the others has failed; the group is broken then.</summary>
    /// <param name="error">What the native call returned.</param>
    /// <param name="doing">What could not be done.</param>
    internal void Check(byte* error, string doing)
    {
        if (error == null)
        {
            return;
        }

        IsBroken = true;
        throw new ProcessGroupException(string.Create(
            CultureInfo.InvariantCulture,
            $"Rank {Rank} of {WorldSize} could not {doing}: {FirstLine(error)} Another process has ended, or did not come to the same call within {Timeout.TotalSeconds} s. "
            + $"Start all workers again, from their last checkpoint."));
    }

    private static ProcessGroupBackend Choose(ProcessGroupBackend? wanted, WorkerEnvironment worker)
    {
        var built = NativeCode.slsam_distributed_backends();
        var backend = wanted is { } given
            ? Require.Defined(given)
            : (built & (int)ProcessGroupBackend.Nccl) != 0 && cuda.device_count() >= worker.LocalWorldSize ? ProcessGroupBackend.Nccl : ProcessGroupBackend.Gloo;
        if ((built & (int)backend) == 0)
        {
            var reason = Marshal.PtrToStringUTF8((nint)NativeCode.slsam_distributed_missing());
            throw new NotSupportedException(
                $"The library slsam_torch was compiled without {backend}: "
                + (string.IsNullOrEmpty(reason) ? "its headers, or libtorch's part for it, were not there." : reason + "."));
        }

        if (backend == ProcessGroupBackend.Nccl && cuda.device_count() is var gpus && gpus <= worker.LocalRank)
        {
            throw new NotSupportedException(string.Create(
                CultureInfo.InvariantCulture,
                $"NCCL needs a GPU for each process, and this one, number {worker.LocalRank} on its machine, has none: libtorch finds {gpus} here. Start no more processes than there are GPUs, or choose Gloo."));
        }

        return backend;
    }

    /// <summary>What native code says, without the stack that may follow it.</summary>
    private static string FirstLine(byte* error)
    {
        var text = Marshal.PtrToStringUTF8((nint)error)!;
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        text = (end < 0 ? text : text[..end]).Trim();
        return text.EndsWith('.') ? text : text + ".";
    }
}
