namespace MiniLM.Terminal;

/// <summary>Tells at once and on the same thread, in the order of what happens.</summary>
internal sealed class ImmediateProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
