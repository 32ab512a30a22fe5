namespace SlSam.Experiments;

/// <summary>Durations as people say them.</summary>
internal static class Durations
{
    /// <summary>Hours and minutes, or minutes, or seconds.</summary>
    public static string Of(TimeSpan duration) =>
        duration.TotalMinutes >= 60 ? FormattableString.Invariant($"{(int)duration.TotalHours} h {duration.Minutes:00} min")
        : duration.TotalSeconds >= 90 ? FormattableString.Invariant($"{Math.Round(duration.TotalMinutes):0} min")
        : FormattableString.Invariant($"{Math.Round(duration.TotalSeconds):0} s");
}
