namespace SlSam;

/// <summary>A module that adds a low-rank product to a frozen weight and knows its two factors.</summary>
public interface ILoraAdapter
{
    /// <summary>Binds the adapter's pair to the parameters that it has now.</summary>
    /// <param name="name">The name of the pair in reports: that of the adapter in its model.</param>
    LoraPair CreatePair(string name);
}
