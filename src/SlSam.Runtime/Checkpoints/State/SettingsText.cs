using System.Globalization;

namespace SlSam;

/// <summary>What an optimizer was built of, as text: a checkpoint goes on in the same way only with the same.</summary>
internal sealed class SettingsText(SharpnessOptions options, UpdateRule rule, ArmTable table)
{
    public void DescribeState(StateDescription state)
    {
        var (optionsText, ruleText) = (Invariant(options), Invariant(rule));
        state.Same("layers", Layers, saved => $"it trains {saved}, but here that is {Layers()}");
        state.Same("options", () => optionsText, saved => $"it was trained with {saved}, but here the options are {optionsText}", isSetting: true);
        state.Same("rule", () => ruleText, saved => $"it was trained with {saved}, but here the update rule is {ruleText}", isSetting: true);
    }

    private string Layers() => string.Join("; ", table.All.Select(trained =>
        $"{TrainedState.NameOf(trained)} {new TensorForm(trained.Type, trained.Parameter.shape)}{(trained.Arm == TrainedParameter.NoArm ? "" : $" of {table.Arms[trained.Arm]}")}"));

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
