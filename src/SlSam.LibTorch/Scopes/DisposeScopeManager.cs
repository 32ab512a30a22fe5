namespace TorchSharp;

/// <summary>The stack of dispose scopes of a thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? s_ofThread;

    internal static DisposeScopeManager OfThread => s_ofThread ??= new DisposeScopeManager();

    internal ThreadDisposeScopeStatistics Counters { get; } = new();

    internal DisposeScope? Current { get; private set; }

    public static ThreadDisposeScopeStatistics Statistics => OfThread.Counters;

    internal DisposeScope Open() => Current = new DisposeScope(this, Current);

    /// <summary>Takes a scope off the stack, from the top or from between other scopes.</summary>
    internal void Close(DisposeScope closed)
    {
        if (Current == closed)
        {
            Current = closed.Outer;
            return;
        }
        for (var scope = Current; scope is not null; scope = scope.Outer)
        {
            if (scope.Outer != closed) continue;
            scope.Outer = closed.Outer;
            return;
        }
    }

    /// <summary>Puts a new tensor into the current scope, if there is one.</summary>
    internal void Register(torch.Tensor tensor)
    {
        if (Current is { } scope)
        {
            Counters.TensorStatistics.CreatedInScopeCount++;
            scope.Link(tensor);
        }
        else
        {
            Counters.TensorStatistics.CreatedOutsideScopeCount++;
        }
    }

    /// <summary>Counts a tensor that is being disposed.</summary>
    internal void Disposing(torch.Tensor tensor)
    {
        if (tensor.OwningDisposeScope is null) Counters.TensorStatistics.DisposedOutsideScopeCount++;
        else Counters.TensorStatistics.DisposedInScopeCount++;
    }
}
