namespace TorchSharp.Utils;

/// <summary>Names a module's field or property as RegisterComponents is to register it.</summary>
[AttributeUsage(AttributeTargets.All)]
public class ComponentNameAttribute : Attribute
{
    public string Name { get; set; } = "";
}
