namespace TorchSharp;

public static partial class torch
{
    [Obsolete("Please use torch.cuda.is_available()")]
    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>NVIDIA devices, as far as the libtorch in use was built for them.</summary>
    public static class cuda
    {
        public static bool is_available() => Native.slsam_cuda_available() != 0;

        public static bool is_cudnn_available() => Native.slsam_cudnn_available() != 0;

        public static int device_count() => Native.slsam_cuda_device_count();

        public static void manual_seed(long seed)
        {
            for (var i = 0; i < device_count(); i++)
            {
                using var generator = Generator.DefaultOf(new Device(DeviceType.CUDA, i));
                generator.manual_seed(seed);
            }
        }

        public static void manual_seed_all(long seed) => manual_seed(seed);

        public static unsafe void synchronize(Device? device = null)
        {
            InitializeDeviceType(DeviceType.CUDA);
            Native.Check(Native.slsam_cuda_synchronize(device?.index ?? -1));
        }
    }
}
