using System.Diagnostics;
using System.Globalization;
using MiniLM.Encoder;
using MiniLM.Terminal;
using MiniLM.Texts;
using SlSam.Experiments.Data;
using SlSam.Experiments.Methods;
using SlSam.Experiments.Records;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Experiments.Costs;

/// <summary>
/// The time of a method's step in AdamW steps: both take steps in turn, on the same full batches. What has adapters takes turns with LoRA too.
/// </summary>
internal static class StepTime
{
    /// <summary>Steps of each that are not counted: they allocate what later ones find.</summary>
    private const int WarmUpSteps = 3;

    /// <summary>A hash of what the time depends on, but for the machine.</summary>
    public static string Fingerprint(Method method, ExperimentSettings settings) => RunKey.Hash(string.Create(
        CultureInfo.InvariantCulture, $"1|{method.Settings}|{settings.BatchSize}|{settings.SequenceLength}|{settings.TimedSteps}"));

    /// <summary>How many steps of each are taken.</summary>
    public static int Rounds(ExperimentSettings settings) => WarmUpSteps + settings.TimedSteps;

    /// <summary>Measures.</summary>
    public static async Task<TimeRecord> MeasureAsync(
        Method method, ExperimentSettings settings, EncoderCheckpoint checkpoint, Device device,
        IProgressReport progress, CancellationToken cancellation)
    {
        int rounds = Rounds(settings);
        var texts = await DataSource.Long.ReadAsync("", cancellation).ConfigureAwait(false);
        var data = DataSet.Draw(DataSource.Long, texts, checkpoint, settings with { ValidationTexts = 2, TestTexts = 2, Steps = rounds, Seeds = [1] });
        Trainee Prepare(Method some) => some.Create(new TraineeRequest(data, device, Seed: 1, some.Grid[0], settings));

        var preparation = Stopwatch.StartNew();
        using var trainee = Prepare(method);
        double preparationSeconds = preparation.Elapsed.TotalSeconds;
        using var adamW = Prepare(MethodTable.AdamW);
        using var lora = method.IsLora ? Prepare(MethodTable.Lora) : null;

        List<double> times = [], adamWTimes = [], loraTimes = [];
        int round = 0;
        foreach (var batch in data.Batches(seed: 1, settings.BatchSize, device).Take(rounds))
        {
            cancellation.ThrowIfCancellationRequested();
            using (batch)
            {
                times.Add(TimeStep(trainee, batch));
                adamWTimes.Add(TimeStep(adamW, batch));
                if (lora is not null)
                    loraTimes.Add(TimeStep(lora, batch));
            }
            progress.Report(++round, "");
        }
        return new TimeRecord(
            method.Name,
            Fingerprint(method, settings),
            PairedRatio.Of(times[WarmUpSteps..], adamWTimes[WarmUpSteps..]),
            lora is null ? null : PairedRatio.Of(times[WarmUpSteps..], loraTimes[WarmUpSteps..]),
            adamWTimes[WarmUpSteps..].Average(),
            preparationSeconds);

        double TimeStep(Trainee some, TextBatch batch)
        {
            var start = Stopwatch.GetTimestamp();
            some.Step(batch);
            if (device.type == DeviceType.CUDA)
                cuda.synchronize();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    /// <summary>About how long a measurement takes, in AdamW steps.</summary>
    public static double Steps(Method method, ExperimentSettings settings) =>
        Rounds(settings) * (method.Cost + 1 + (method.IsLora ? MethodTable.Lora.Cost : 0));
}
