namespace MiniLM.Terminal;

/// <summary>Where work in progress says how far it is.</summary>
public interface IProgressReport
{
    /// <param name="done">How much is done, out of the total that the work was announced with.</param>
    /// <param name="status">What else there is to say now.</param>
    void Report(long done, string status);
}
