namespace MiniLM.Texts;

/// <summary>A text of one of two kinds.</summary>
/// <param name="Text">The text, without markup.</param>
/// <param name="IsPositive">Which kind: a review by somebody who liked the film, a mail that nobody asked for.</param>
public sealed record LabelledText(string Text, bool IsPositive);
