using System.Text.Json;
using SlSam.Benchmarks.Model;

namespace SlSam.Benchmarks.Workers;

/// <summary>The worker PyTorch/step_time.py.</summary>
internal static class PyTorchWorker
{
    /// <summary>Starts it; each of its methods makes a model of its own for its first step.</summary>
    public static Worker? Start(string python, EncoderShape shape, out string reason)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "step_time.py");
        return Worker.Start(python, [script, JsonSerializer.Serialize(shape, ShapeJson.Default.EncoderShape)], shape.Threads, out reason);
    }
}
