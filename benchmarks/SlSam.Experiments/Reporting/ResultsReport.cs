using System.Globalization;
using System.Text;
using SlSam.Experiments.Costs;
using SlSam.Experiments.Methods;
using SlSam.Experiments.Planning;
using SlSam.Experiments.Records;

namespace SlSam.Experiments.Reporting;

/// <summary>The results as a page of Markdown: the same records give the same page.</summary>
internal sealed class ResultsReport(Plan plan, ExperimentSettings settings, RecordFolder records, string command, string machine)
{
    private const string Missing = "–";

    /// <summary>Writes the page.</summary>
    public string Write()
    {
        var page = new StringBuilder();
        WriteBeginning(page);
        WriteTable(page);
        WriteRates(page);
        WriteMethod(page);
        return page.ToString();
    }

    private void WriteBeginning(StringBuilder page)
    {
        Line(page, "# Results");
        Line(page, "");
        Line(page, $"Every method fine-tunes the same encoder, from the same weights, on the same texts, for the same number of steps: {settings.Steps} steps of");
        Line(page, $"{settings.BatchSize} texts, {settings.SequenceLength} tokens of each at most. `{command}` repeats it and writes this page, as measured on {machine}.");
        if (plan.Pending > 0)
        {
            Line(page, "");
            Line(page, $"**Not complete: {plan.Pending} of {plan.Total} runs are still to be done.**");
        }
        Line(page, "");
        string spread = settings.Seeds.Count > 1
            ? $"the mean ± the standard deviation over {settings.Seeds.Count} seeds, with the least and the most"
            : "that of one seed";
        double error = 100 * Math.Sqrt(0.25 / settings.TestTexts);
        Line(page, $"Accuracy is on {settings.TestTexts} test texts, half of each kind: {spread}.");
        Line(page, $"The number of test texts alone gives an accuracy of 50 % a standard error of {Number(error, "0.0")} points, one of 90 % {Number(error * 0.6, "0.0")}: smaller");
        Line(page, "differences say nothing.");
        Line(page, "");
    }

    private void WriteTable(StringBuilder page)
    {
        Line(page, "## The table");
        Line(page, "");
        Row(
            page,
            ["method", .. plan.Data.Select(data => $"accuracy, %: {data.Source.Title}"), "active parameters, %", "trainable parameters",
                "step time, AdamW = 1", "step time, LoRA = 1", "peak memory, AdamW = 1"]);
        Row(page, ["---", .. plan.Data.Select(_ => "---"), "---:", "---:", "---:", "---:", "---:"]);
        double? reference = plan.Methods.Where(method => method.Name == MethodTable.AdamW.Name).Select(method => Memory(method)?.PeakBytes).FirstOrDefault();
        foreach (var method in plan.Methods)
        {
            var rows = plan.Runs.Where(run => run.Method == method).ToList();
            RunRecord[] runs = [.. rows.SelectMany(row => row.Final).OfType<RunRecord>()];
            Row(
                page,
                [method.Title,
                    .. rows.Select(Accuracy),
                    runs.Length == 0 ? Missing : Number(100 * runs.Average(run => run.ActiveParameters / run.TotalParameters), "0.0#"),
                    runs.Length == 0 ? Missing : runs[0].TrainableParameters.ToString("N0", CultureInfo.InvariantCulture),
                    Ratio(Time(method)?.ToAdamW),
                    method.IsLora ? Ratio(Time(method)?.ToLora) : "",
                    Number(Memory(method)?.PeakBytes / reference ?? double.NaN, "0.00")]);
        }
        Line(page, "");
        int refused = plan.Runs.SelectMany(row => row.Final).Sum(run => run?.RefusedSteps ?? 0);
        if (refused > 0)
        {
            Line(page, $"{refused} steps of these runs met a loss or gradient that is not finite, and changed nothing.");
            Line(page, "");
        }
        foreach (var data in plan.Data)
            Line(page, $"- **{data.Source.Title}**: {data.Source.Question} {data.TrainingTexts} texts to train on, {data.Validation.Count} to choose the learning rate with, {data.Test.Count} to test with.");
        Line(page, "");
    }

    private void WriteRates(StringBuilder page)
    {
        Line(page, "## Learning rates");
        Line(page, "");
        Line(page, $"Each method was run at each learning rate of its grid with seed {settings.TuningSeed}; accuracy on the validation texts (%), which no other figure on");
        Line(page, "this page uses, decided, and the loss there between equals. The chosen one is bold; the runs of all seeds in the table above are at that rate.");
        Line(page, "");
        foreach (var data in plan.Data)
        {
            Row(page, [data.Source.Title, .. Enumerable.Range(1, settings.Rates).Select(index => $"rate {index}")]);
            Row(page, ["---", .. Enumerable.Repeat("---", settings.Rates)]);
            foreach (var run in plan.Runs.Where(run => run.Data == data))
                Row(page, [run.Method.Title, .. run.Tried.Select(tried => Tried(tried.Rate, tried.Record, run.ChosenRate))]);
            Line(page, "");
        }
        string[] atEnds = [.. plan.Runs.Where(run => settings.Rates > 1 && (run.ChosenRate == run.Tried[0].Rate || run.ChosenRate == run.Tried[^1].Rate))
            .GroupBy(run => run.Data.Source.Title).Select(some => $"{some.Key} ({string.Join("; ", some.Select(run => run.Method.Title))})")];
        if (atEnds.Length > 0)
        {
            Line(page, $"Chosen at an end of the grid, so that a wider one might have found a better rate: {string.Join(", ", atEnds)}.");
            Line(page, "");
        }
        Line(page, "The classifier, which starts from random weights, has a learning rate of its own: so many times the encoder's.");
        Line(page, "");
        Row(page, "method", "classifier's factor", "settings");
        Row(page, "---", "---:", "---");
        foreach (var method in plan.Methods)
            Row(page, method.Title, Number(method.ClassifierFactor, "0.##"), $"`{method.Summary}`");
        Line(page, "");
    }

    private void WriteMethod(StringBuilder page)
    {
        Line(page, "## How it was measured");
        Line(page, "");
        Line(page, $"- **Texts.** Training, validation and test texts are drawn once, each set half of one kind and half of the other, and have no text in common.");
        Line(page, "  Of a long text the beginning and the end are read; of a mail the body, since its headers tell the label; of mails that begin alike, one.");
        Line(page, $"- **Training.** AdamW's update rule with weight decay {Number(settings.WeightDecay, "0.####")}; the rate rises over the first {Number(100 * settings.WarmupShare, "0.#")} % of the steps and falls to 0, linearly.");
        Line(page, "  A seed decides the order of the texts, the first weights of the classifier and of adapters, and the layers drawn.");
        Line(page, "- **Active parameters**: how many numbers a step updates on average, of all numbers in the model. **Trainable**: how many it may update.");
        Line(page, $"- **Step time**: after the runs, on full batches of made-up texts, each of {settings.TimedSteps} steps is followed by an AdamW step on the same batch, and by a");
        Line(page, "  LoRA step for what has adapters. The ratio is that of the mean times ± its standard error. What comes before the first step, such as the");
        Line(page, $"  estimation of salience, is not in it: {Preparation()}.");
        Line(page, $"- **Peak memory**: the resident peak of a process of its own over {settings.MemorySteps} steps on full batches, less what the process held before it made the");
        Line(page, "  model: weights, gradients, optimizer state and activations. Large blocks go back to the system as soon as they are freed.");
    }

    /// <summary>What the method that takes longest to prepare takes for it.</summary>
    private string Preparation()
    {
        var longest = plan.Methods.Select(method => (method.Title, Time: Time(method))).Where(each => each.Time is not null)
            .MaxBy(each => each.Time!.PreparationSeconds);
        return longest.Time is not { } time
            ? "not measured yet"
            : $"at most {Number(time.PreparationSeconds, "0.0")} s, or {Number(time.PreparationSeconds / time.AdamWSeconds, "0")} AdamW steps ({longest.Title}), loading included";
    }

    private MemoryRecord? Memory(Method method) => records.FindMemory(method.Name, PeakMemory.Fingerprint(method, settings));

    private TimeRecord? Time(Method method) => records.FindTime(method.Name, StepTime.Fingerprint(method, settings));

    private static string Tried(double rate, RunRecord? record, double? chosen)
    {
        string accuracy = record is null ? Missing : Number(100 * (record.ValidationAccuracy ?? double.NaN), "0.0");
        string text = $"{rate.ToString("0.0E-0", CultureInfo.InvariantCulture).Replace(".0E", "E", StringComparison.Ordinal).ToLowerInvariant()}: {accuracy}";
        return rate == chosen ? $"**{text}**" : text;
    }

    private static string Accuracy(PlannedMethod row)
    {
        double[] values = [.. row.Final.OfType<RunRecord>().Select(run => 100 * run.TestAccuracy)];
        if (values.Length == 0)
            return Missing;
        double mean = values.Average();
        if (values.Length == 1)
            return Number(mean, "0.0");
        double deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        return $"{Number(mean, "0.0")} ± {Number(deviation, "0.0")} ({Number(values.Min(), "0.0")} to {Number(values.Max(), "0.0")})";
    }

    private static string Ratio(PairedRatio? ratio) => ratio is null
        ? Missing
        : Number(ratio.Value, "0.00") + (double.IsNaN(ratio.Error) ? "" : $" ± {Number(ratio.Error, "0.00")}");

    private static string Number(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : Missing;

    private static void Row(StringBuilder page, params string[] cells) => Line(page, $"| {string.Join(" | ", cells)} |");

    private static void Line(StringBuilder page, string text) => page.Append(text).Append('\n');
}
