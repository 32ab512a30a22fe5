using System.Globalization;

namespace SlSam;

/// <summary>What an optimizer was built of, as text: a checkpoint goes on in the same way only with the same.</summary>
internal sealed class SettingsText(SharpnessOptions options, UpdateRule rule, ArmTable table)
{
    private const string Separator = "; ";

    public void DescribeState(StateDescription state)
    {
        var (optionsText, ruleText) = (Invariant(options), Invariant(rule));
        state.Same("layers", () => string.Join(Separator, Layers()), FirstOther);
        state.Same("options", () => optionsText, saved => $"it was trained with {saved}, but here the options are {optionsText}", isSetting: true);
        state.Same("rule", () => ruleText, saved => $"it was trained with {saved}, but here the update rule is {ruleText}", isSetting: true);
    }

    private IEnumerable<string> Layers() => table.All.Select(trained =>
        $"{TrainedState.NameOf(trained)} {new TensorForm(trained.Parameter.dtype, trained.Parameter.shape)}{(trained.Arm == TrainedParameter.NoArm ? "" : $" of {table.Arms[trained.Arm]}")}");

    /// <summary>The first parameter that a checkpoint has otherwise.</summary>
    private string FirstOther(string saved)
    {
        const string nothing = "nothing";
        string[] there = [.. saved.Split(Separator), nothing], here = [.. Layers(), nothing];
        var index = there.Zip(here).TakeWhile(pair => pair.First == pair.Second).Count();
        return index < there.Length && index < here.Length
            ? $"parameter {index} of those that it trains is {there[index]}, but here it is {here[index]}"
            : "it trains other parameters";
    }

    /// <summary>Records write their properties in the culture of the thread.</summary>
    private static string Invariant(object record)
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return record.ToString()!;
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
