using TorchSharp.Modules;

namespace SlSam;

/// <summary>A parameter that an optimizer trains, its position among them, and the group that holds its learning rate.</summary>
internal sealed record TrainedParameter(int Index, Parameter Parameter, LayerGroup Group);
