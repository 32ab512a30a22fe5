namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor: a handle to an <c>at::Tensor</c> of libtorch, freed when it is disposed, when its dispose scope ends, or by the finalizer.</summary>
    public partial class Tensor : IDisposable
    {
        private static long s_totalCount;
        private static long s_peakCount;

        private nint _handle;

        internal Tensor(nint handle) : this(handle, register: true)
        {
        }

        /// <param name="handle">A handle that the new tensor owns from now on; 0 makes a tensor that is invalid, which TorchSharp gives for "none" here and there.</param>
        /// <param name="register">Whether the current dispose scope is to dispose the tensor.</param>
        internal Tensor(nint handle, bool register)
        {
            _handle = handle;
            if (handle == 0) return;
            var total = Interlocked.Increment(ref s_totalCount);
            if (total > s_peakCount) s_peakCount = total;
            if (register) DisposeScopeManager.OfThread.Register(this);
        }

        ~Tensor() => Dispose(false);

        internal DisposeScope? OwningDisposeScope { get; set; }

        internal Tensor? PreviousInScope { get; set; }

        internal Tensor? NextInScope { get; set; }

        public static long TotalCount => Interlocked.Read(ref s_totalCount);

        public static long PeakCount => Interlocked.Read(ref s_peakCount);

        public nint Handle => _handle != 0 ? _handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        public bool IsInvalid => _handle == 0;

        public string? name { get; set; }

        internal unsafe void* Native => (void*)Handle;

        public static Tensor UnsafeCreateTensor(nint handle) => new(handle);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
            {
                // The finalizer runs on a thread of its own: it leaves other threads' counters and scopes alone.
                if (disposing) DisposeScopeManager.OfThread.Disposing(this);
                Interlocked.Decrement(ref s_totalCount);
                unsafe
                {
                    TorchSharp.Native.slsam_tensor_free((void*)handle);
                }
            }
            if (disposing) OwningDisposeScope?.Unlink(this);
        }

        /// <summary>Gives up the native handle to the caller, who then has to free it.</summary>
        public nint DecoupleFromNativeHandle()
        {
            var handle = Handle;
            GC.SuppressFinalize(this);
            OwningDisposeScope?.Unlink(this);
            Interlocked.Decrement(ref s_totalCount);
            _handle = 0;
            return handle;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is { } scope) scope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        public override bool Equals(object? obj) => obj is Tensor tensor && Equals(tensor);

        public override int GetHashCode() => base.GetHashCode();
    }
}
