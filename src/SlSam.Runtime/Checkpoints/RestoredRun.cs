using System.Text.Json.Nodes;

namespace SlSam;

/// <summary>What a training checkpoint gives back to the program that has loaded it.</summary>
/// <param name="Step">How many steps had been made when it was saved.</param>
/// <param name="Data">The program's own data; null where it gave none.</param>
public sealed record RestoredRun(long Step, JsonNode? Data);
