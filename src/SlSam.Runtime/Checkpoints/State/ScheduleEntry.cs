using System.Runtime.CompilerServices;
using System.Text.Json;
using static TorchSharp.torch.optim.lr_scheduler;

namespace SlSam;

/// <summary>
/// A scheduler of learning rates. TorchSharp lets nobody read or set what it remembers; but that follows from how often it was stepped, so that a scheduler
/// made anew is stepped as often. The rates that this sets are replaced by the saved ones afterwards.
/// </summary>
internal sealed class ScheduleEntry(string name, LRScheduler schedule, IReadOnlyList<LayerGroup> groups) : StateEntry(name)
{
    public override void Save(StateWriter writer) => writer.Begin(Name).WriteNumberValue(Steps(schedule));

    public override Action Load(StateReader reader)
    {
        var element = reader.Value(Name);
        if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out var steps) || steps < 0)
        {
            throw reader.Refuse($"'{Name}' is {StateReader.Shorten(element)}, but must be a number of steps");
        }

        if (Steps(schedule) > steps)
        {
            throw new InvalidOperationException(
                $"The {schedule.GetType().Name} has been stepped {Steps(schedule)} times, the checkpoint's {steps} times; give one that was made anew.");
        }

        reader.Last(() => Advance(steps));
        return () => { };
    }

    /// <summary>Steps the scheduler, which may throw: the rates that it has set by then are put back.</summary>
    private void Advance(int steps)
    {
        var rates = groups.Select(group => group.LearningRate).ToArray();
        try
        {
            while (Steps(schedule) < steps)
            {
                schedule.step();
            }
        }
        catch (Exception error)
        {
            for (var group = 0; group < rates.Length; group++)
            {
                groups[group].LearningRate = rates[group];
            }

            throw new InvalidOperationException(
                $"The {schedule.GetType().Name} cannot be stepped {steps} times as for the checkpoint: {error.Message} Nothing but the scheduler has changed; give one that was made anew.", error);
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_step_count")]
    private static extern ref int Steps(LRScheduler schedule);
}
