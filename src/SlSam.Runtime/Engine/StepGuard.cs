namespace SlSam;

/// <summary>Whether a step may begin, and whether one that is running may go on.</summary>
/// <param name="name">The optimizer's name, for messages.</param>
internal sealed class StepGuard(string name)
{
    private int _running;

    /// <summary>Stops a step when it is cancelled.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Whether the optimizer has been disposed; what it holds is freed when the step ends that is running.</summary>
    public bool IsDisposed { get; set; }

    /// <summary>Whether a step or an estimate of salience is running.</summary>
    public bool IsRunning => _running != 0;

    /// <summary>Begins what must not run twice at once. Each <c>Enter</c> needs an <see cref="Exit"/>.</summary>
    public void Enter()
    {
        ThrowIfDisposed();
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw Running();
        }
    }

    /// <summary>Ends it.</summary>
    public void Exit() => Volatile.Write(ref _running, 0);

    /// <summary>Refuses what would see or change weights that a running step has moved.</summary>
    public void RequireIdle()
    {
        ThrowIfDisposed();
        if (IsRunning)
        {
            throw Running();
        }
    }

    /// <summary>Stops a step that may not go on. Nothing of it is kept.</summary>
    public void ThrowIfStopped()
    {
        if (IsDisposed)
        {
            throw new ObjectDisposedException(name, "The optimizer was disposed in the middle of a step. The step has been taken back.");
        }

        CancellationToken.ThrowIfCancellationRequested();
    }

    private void ThrowIfDisposed()
    {
        if (IsDisposed)
        {
            throw new ObjectDisposedException(name);
        }
    }

    private InvalidOperationException Running() => new(
        $"{name} is in the middle of a step or of Score: from within a closure, or at the same time on another thread, nothing else can be begun. The call has changed nothing.");
}
