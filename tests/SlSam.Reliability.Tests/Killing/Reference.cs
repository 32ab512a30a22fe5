using static TorchSharp.torch;

namespace SlSam.Reliability.Tests.Killing;

/// <summary>The run that nobody interrupts, which checkpoints of interrupted ones are held against, step by step.</summary>
internal sealed class Reference : IDisposable
{
    private readonly SmallRun _run = new();
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<long, string> _checkpoints = [];
    private Tensor _generator = get_rng_state();

    /// <summary>Loads a checkpoint into a run of its own, and compares all that this one remembers then with what it should.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public string? Problem(string checkpoint, long step)
    {
        var expected = CheckpointAt(step);
        using var resumed = new SmallRun();
        var restored = TrainingCheckpoint.Load(checkpoint, resumed.Optimizer, resumed.Schedule);
        if (restored.Step != step)
        {
            return $"it is of step {restored.Step}";
        }

        var saved = _folder.PathTo(Guid.NewGuid().ToString("N"));
        TrainingCheckpoint.Save(saved, resumed.Optimizer, step, resumed.Schedule);
        var other = Directory.EnumerateFiles(expected).FirstOrDefault(file =>
            !File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(saved, Path.GetFileName(file)))));
        Directory.Delete(saved, recursive: true);
        return other is null ? null : $"{Path.GetFileName(other)} is not that of the uninterrupted run";
    }

    public void Dispose()
    {
        _generator.Dispose();
        _run.Dispose();
        _folder.Dispose();
    }

    /// <summary>The uninterrupted run's checkpoint of a step; the run goes on as far as that.</summary>
    private string CheckpointAt(long step)
    {
        set_rng_state(_generator);
        while (_run.Step < step)
        {
            _run.Train();
            Save(_run.Step);
        }

        if (step == 0 && !_checkpoints.ContainsKey(0))
        {
            Save(0);
        }

        _generator.Dispose();
        _generator = get_rng_state();
        return _checkpoints[step];
    }

    private void Save(long step)
    {
        var path = _checkpoints[step] = _folder.PathTo($"{step}");
        TrainingCheckpoint.Save(path, _run.Optimizer, step, _run.Schedule);
    }
}
