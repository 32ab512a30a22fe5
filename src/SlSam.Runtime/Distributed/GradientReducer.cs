namespace SlSam;

/// <summary>
/// Sums the weighted gradients of a parameter set over all processes of a group, in buckets that leave while the backward pass runs; of a parameter with a mask
/// only the trained entries travel.
/// </summary>
internal sealed unsafe class GradientReducer : IDisposable
{
    private readonly ProcessGroup _group;
    private void* _native;
    private nint[] _handles = [];

    public GradientReducer(ProcessGroup group, long bucketBytes)
    {
        _group = group;
        void* native = null;
        NativeCode.Check(NativeCode.slsam_reducer_new(group.Native, bucketBytes, &native));
        _native = native;
    }

    /// <summary>How many bytes of gradients have been handed to c10d so far.</summary>
    public long Bytes => _native == null ? 0 : NativeCode.slsam_reducer_bytes(_native);

    /// <summary>Of these, how many left while the backward pass had other gradients to compute.</summary>
    public long EarlyBytes => _native == null ? 0 : NativeCode.slsam_reducer_early_bytes(_native);

    /// <summary>Gets ready for a backward pass, whose gradients leave as they come.</summary>
    /// <param name="set">The parameters, the same in every process.</param>
    /// <param name="weight">What this process's gradients are multiplied by.</param>
    public void Begin(ParameterSet set, double weight)
    {
        var count = set.Trained.Length;
        if (_handles.Length < 3 * count)
        {
            _handles = new nint[6 * count];
        }

        var parameters = _handles.AsSpan(0, count);
        var indices = _handles.AsSpan(count, count);
        var values = _handles.AsSpan(2 * count, count);
        for (var index = 0; index < count; index++)
        {
            var trained = set.Trained[index];
            parameters[index] = trained.Parameter.Handle;
            indices[index] = trained.Mask?.Indices.Handle ?? 0;
            values[index] = trained.Value.Handle;
        }

        fixed (nint* first = parameters, second = indices, third = values)
        {
            NativeCode.Check(NativeCode.slsam_reducer_begin(_native, (void**)first, (void**)second, (void**)third, count, weight));
        }
    }

    /// <summary>Sends what has not been sent, when the gradients are complete and have been moved to what stands in for parameters.</summary>
    public void Flush() => _group.Check(NativeCode.slsam_reducer_flush(_native), "send its gradients");

    /// <summary>Waits for the sums, and makes them the gradients of what is trained; what has none in any process keeps none.</summary>
    public void Wait() => _group.Check(NativeCode.slsam_reducer_wait(_native), "get the others' gradients");

    /// <summary>In place of <see cref="Flush"/> and <see cref="Wait"/> where the pass has failed here: sends what the others wait for.</summary>
    public void Abandon() => _group.Check(NativeCode.slsam_reducer_abandon(_native), "end its part of the step");

    public void Dispose()
    {
        if (_native != null)
        {
            NativeCode.slsam_reducer_free(_native);
            _native = null;
        }
    }
}
