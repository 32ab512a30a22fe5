namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers with a state of its own.</summary>
    public unsafe class Generator : IDisposable
    {
        private nint _handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            void* handle;
            TorchSharp.Native.Check(TorchSharp.Native.slsam_generator_new(seed, (int)this.device.type, this.device.index, &handle));
            _handle = (nint)handle;
        }

        private Generator(void* handle, Device device)
        {
            _handle = (nint)handle;
            this.device = device;
        }

        ~Generator() => Dispose(false);

        public static Generator Default => DefaultOf(CPU);

        public nint Handle => _handle;

        public Device device { get; }

        internal void* Native => _handle != 0 ? (void*)_handle : throw new ObjectDisposedException(nameof(Generator));

        internal static Generator DefaultOf(Device device)
        {
            void* handle;
            TorchSharp.Native.Check(TorchSharp.Native.slsam_generator_default((int)device.type, device.index, &handle));
            return new Generator(handle, device);
        }

        public Tensor get_state()
        {
            void* state;
            TorchSharp.Native.Check(TorchSharp.Native.slsam_generator_get_state(Native, &state));
            GC.KeepAlive(this);
            return new Tensor((nint)state);
        }

        public void set_state(Tensor value)
        {
            TorchSharp.Native.Check(TorchSharp.Native.slsam_generator_set_state(Native, value.Native));
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }

        public Generator manual_seed(long seed)
        {
            TorchSharp.Native.Check(TorchSharp.Native.slsam_generator_set_seed(Native, (ulong)seed));
            return this;
        }

        public long seed()
        {
            ulong seed;
            TorchSharp.Native.Check(TorchSharp.Native.slsam_generator_seed(Native, &seed));
            GC.KeepAlive(this);
            return (long)seed;
        }

        public long initial_seed()
        {
            var seed = (long)TorchSharp.Native.slsam_generator_current_seed(Native);
            GC.KeepAlive(this);
            return seed;
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0) TorchSharp.Native.slsam_generator_free((void*)handle);
        }
    }
}
