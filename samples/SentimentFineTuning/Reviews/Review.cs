namespace SentimentFineTuning.Reviews;

/// <summary>A text and whether its author liked what it is about.</summary>
internal sealed record Review(string Text, bool IsPositive);
