using System.Globalization;
using SlSam;

namespace MiniLM.Training;

/// <summary>The evaluations of a run: of some held-out examples before, on the way and after, of all of them where that was measured.</summary>
internal sealed class Evaluations(RunRecorder recorder, HeldOut heldOut, int every)
{
    /// <summary>What to say of the latest one.</summary>
    public string Latest { get; private set; } = "";

    /// <summary>Before the first step.</summary>
    /// <param name="known">What was measured already; null for nothing.</param>
    public void Begin(HeldOutMeasures? known)
    {
        if (known is { } before)
            AddBoth(before);
        else if (every > 0)
            Add(heldOut.MeasureSome());
    }

    /// <summary>After a step that is not the last one.</summary>
    public void After(int step)
    {
        if (every > 0 && step % every == 0)
            Add(heldOut.MeasureSome());
    }

    /// <summary>After the last step.</summary>
    /// <returns>How the model does on all examples.</returns>
    public Measure End(HeldOutMeasures after)
    {
        AddBoth(after);
        return after.All;
    }

    private void AddBoth(HeldOutMeasures measures)
    {
        if (every > 0 && heldOut.Some < heldOut.Count)
            Add(measures.Some);
        recorder.AddEvaluation(measures.All.Accuracy, measures.All.Loss, string.Create(CultureInfo.InvariantCulture, $"{heldOut.Count} held-out"));
    }

    private void Add(Measure some)
    {
        recorder.AddEvaluation(some.Accuracy, some.Loss, string.Create(CultureInfo.InvariantCulture, $"{heldOut.Some} held-out"));
        Latest = string.Create(CultureInfo.InvariantCulture, $", {some.Accuracy:P0} of {heldOut.Some} right");
    }
}
