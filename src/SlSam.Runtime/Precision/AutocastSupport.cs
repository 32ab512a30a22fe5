using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam;

/// <summary>What autocast can compute in here, found out by a product of two numbers.</summary>
internal static class AutocastSupport
{
    private static readonly ConcurrentDictionary<(DeviceType Device, AutocastType Type), string> s_reasons = new();

    /// <summary>The type of numbers that an autocast type is.</summary>
    public static ScalarType ScalarTypeOf(AutocastType type) => type == AutocastType.Float16 ? ScalarType.Float16 : ScalarType.BFloat16;

    /// <summary>Refuses a type that this libtorch does not compute in on a device.</summary>
    public static void Require(AutocastType type, Device device)
    {
        if (type == AutocastType.Off)
        {
            return;
        }

        var reason = s_reasons.GetOrAdd((device.type, type), static (key, device) => Try(key.Type, device), device);
        if (reason.Length > 0)
        {
            throw new NotSupportedException($"This libtorch does not compute in {type} on the device '{device.type}': {reason}");
        }
    }

    private static string Try(AutocastType type, Device device)
    {
        try
        {
            using var scope = NewDisposeScope();
            using var numbers = ones(2, 2, ScalarTypeOf(type), device);
            using var product = numbers.matmul(numbers);
            return "";
        }
        catch (ExternalException e)
        {
            return e.Message;
        }
    }
}
