namespace SlSam;

/// <summary>What carries tensors between the processes of a group; c10d's names.</summary>
public enum ProcessGroupBackend
{
    /// <summary>Gloo: over TCP, for tensors on the CPU.</summary>
    Gloo = 1,

    /// <summary>NCCL: between NVIDIA GPUs, one for each process.</summary>
    Nccl = 2,
}
