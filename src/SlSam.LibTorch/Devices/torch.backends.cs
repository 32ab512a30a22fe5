namespace TorchSharp;

public static partial class torch
{
    /// <summary>How libtorch computes on its devices.</summary>
    public static class backends
    {
        private static unsafe bool AllowsTf32(bool cudnn)
        {
            int allowed;
            Native.Check(Native.slsam_get_tf32(cudnn ? 1 : 0, &allowed));
            return allowed != 0;
        }

        private static unsafe void AllowTf32(bool cudnn, bool allowed) => Native.Check(Native.slsam_set_tf32(cudnn ? 1 : 0, allowed ? 1 : 0));

        /// <summary>NVIDIA devices.</summary>
        public static class cuda
        {
            /// <summary>Matrix products.</summary>
            public static class matmul
            {
                /// <summary>Whether products of 32-bit matrices may round their factors to TF32's 10 bits, for speed.</summary>
                public static bool allow_tf32
                {
                    get => AllowsTf32(cudnn: false);
                    set => AllowTf32(cudnn: false, value);
                }
            }
        }

        /// <summary>Convolutions and recurrent networks of NVIDIA's library.</summary>
        public static class cudnn
        {
            /// <summary>Whether convolutions of 32-bit tensors may round to TF32's 10 bits, for speed.</summary>
            public static bool allow_tf32
            {
                get => AllowsTf32(cudnn: true);
                set => AllowTf32(cudnn: true, value);
            }
        }
    }
}
