using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.LibTorch.Tests;

public class DisposeScopeTests
{
    [Fact]
    public void AScopeDisposesWhatWasMadeInIt()
    {
        var outside = ones(1);
        Tensor inside;
        using (var scope = NewDisposeScope())
        {
            inside = outside + 1;
            Assert.Equal(1, scope.DisposablesCount);
            Assert.True(scope.Contains(inside));
            Assert.False(scope.Contains(outside));
            Assert.Same(scope, CurrentDisposeScope);
        }
        Assert.True(inside.IsInvalid);
        Assert.False(outside.IsInvalid);
        Assert.Null(CurrentDisposeScope);
        outside.Dispose();
    }

    [Fact]
    public void TensorsMoveOutwardsOneScopeAtATime()
    {
        Tensor once, twice, detached, moved;
        var bystander = ones(1);
        using (var outer = NewDisposeScope())
        {
            using (var inner = NewDisposeScope())
            {
                once = ones(1).MoveToOuterDisposeScope();
                (twice, moved) = inner.MoveToOuter(ones(1), ones(1));
                Assert.Equal([once, twice, moved], outer.DisposablesView);
                twice.MoveToOuterDisposeScope();
                detached = ones(1).DetachFromDisposeScope();
                moved.MoveToOtherDisposeScope(inner);
                Assert.Equal([moved], inner.DisposablesView);
            }
            Assert.True(moved.IsInvalid);
            Assert.False(once.IsInvalid);
            Assert.Equal(1, outer.DisposablesCount);
            bystander.MoveToOtherDisposeScope(once);
            Assert.Equal(2, outer.DisposablesCount);
        }
        Assert.True(once.IsInvalid);
        Assert.True(bystander.IsInvalid);
        Assert.False(twice.IsInvalid);
        Assert.False(detached.IsInvalid);
        twice.Dispose();
        detached.Dispose();
    }

    [Fact]
    public void EverythingButWhatIsKeptIsDisposed()
    {
        using var scope = NewDisposeScope();
        var (a, b, c) = (ones(1), ones(1), ones(1));
        Assert.Same(b, scope.DisposeEverythingBut(b));
        Assert.True(a.IsInvalid && c.IsInvalid);
        Assert.Equal([b], scope.DisposablesView);
        b.Dispose();
        Assert.Equal(0, scope.DisposablesCount);
        scope.Attach(ones(1).DetachFromDisposeScope());
        scope.DisposeEverything();
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void ScopesClosedOutOfOrderLeaveTheOthersInPlace()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        outer.Dispose();
        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.Null(CurrentDisposeScope);
        Assert.Throws<ObjectDisposedException>(() => inner.DisposablesCount);
    }

    [Fact]
    public void ATensorThatGivesUpItsHandleLeavesItsScope()
    {
        using var scope = NewDisposeScope();
        var x = ones(3);
        using var same = Tensor.UnsafeCreateTensor(x.DecoupleFromNativeHandle());
        Assert.Equal(3, same.numel());
        Assert.True(x.IsInvalid);
    }

    [Fact]
    public async Task EachThreadHasItsOwnScopes()
    {
        using var scope = NewDisposeScope();
        var made = await Task.Factory.StartNew(() => ones(1), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.False(scope.Contains(made));
        made.Dispose();
    }

    [Fact]
    public void StatisticsCountWhatBecameOfTensors()
    {
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        statistics.Reset();
        var outside = ones(1);
        using (var scope = NewDisposeScope())
        {
            ones(1).DetachFromDisposeScope().Dispose();
            scope.Attach(outside);
            _ = outside + 1;
            Assert.Equal(2, statistics.ThreadTotalLiveCount);
        }
        Assert.Equal(
            (1, 2, 1, 1, 1, 2, 0),
            (statistics.CreatedOutsideScopeCount, statistics.CreatedInScopeCount, statistics.DetachedFromScopeCount, statistics.AttachedToScopeCount,
                statistics.DisposedOutsideScopeCount, statistics.DisposedInScopeCount, statistics.ThreadTotalLiveCount));
    }
}
