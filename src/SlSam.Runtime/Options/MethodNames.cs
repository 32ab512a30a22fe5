namespace SlSam;

/// <summary>What the methods are called in JSON.</summary>
internal static class MethodNames
{
    public const string SlSam = "slSam";
    public const string Sam = "sam";
    public const string LayerWiseSam = "layerWiseSam";
    public const string RandomStep = "randomStep";
    public const string Uniform = "uniform";
    public const string Plain = "plain";
}
