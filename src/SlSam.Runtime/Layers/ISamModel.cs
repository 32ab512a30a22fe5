namespace SlSam;

/// <summary>A model whose layers are known to the optimizer. SlSam implements it for every <see cref="SamModelAttribute">[SamModel]</see> class.</summary>
public interface ISamModel
{
    /// <summary>Lists the model's layers in the order of their declaration, bound to the parameters that they have now.</summary>
    IReadOnlyList<SamLayer> CreateLayers();

    /// <summary>Lists the model's low-rank pairs in the order of their declaration, bound to the parameters that they have now.</summary>
    IReadOnlyList<LoraPair> CreateLoraPairs() => [];
}
