using SlSam.Generators.Parsing;

namespace SlSam.Generators.Emitting;

/// <summary>Prints RegisterComponents.</summary>
internal static class RegistrationEmitter
{
    private const string Modules = "_internal_submodules";
    private const string Parameters = "_internal_params";
    private const string Buffers = "_internal_buffers";

    public static void Emit(CodeWriter writer, RegistrationSpec registration)
    {
        writer.Separate();
        writer.Line("/// <summary>Registers the components that are there and not yet registered, without reflection.</summary>");
        writer.Line(Names.Attributes);
        writer.Line($"protected override void {EmittedNames.RegisterComponents}()");
        writer.OpenBlock();
        if (registration.CallsBase)
            writer.Line($"base.{EmittedNames.RegisterComponents}();");
        foreach (var component in registration.Components)
            EmitComponent(writer, component);
        writer.CloseBlock();
    }

    private static void EmitComponent(CodeWriter writer, ComponentSpec component)
    {
        var name = Names.Literal(component.Name);
        var member = component.Member;
        switch (component.Form)
        {
            case ComponentForm.Module:
                writer.Line($"if ({member} is not null && {IsFree(Modules)})");
                writer.Continuation($"register_module({name}, {member});");
                break;
            case ComponentForm.Interface:
                writer.Line($"if ({member} is {Names.Module} && {IsFree(Modules)})");
                writer.Continuation($"register_module({name}, ({Names.Module})(object){member});");
                break;
            case ComponentForm.Parameter:
                writer.Line($"if ({member} is not null && {IsFree(Parameters)})");
                writer.Continuation($"register_parameter({name}, {member});");
                break;
            case ComponentForm.Tensor:
                writer.Line($"if ({member} is not null && {IsFree(Parameters)} && {IsFree(Buffers)})");
                writer.OpenBlock();
                writer.Line($"if ({member} is {Names.Parameter})");
                writer.Continuation($"register_parameter({name}, ({Names.Parameter}){member});");
                writer.Line("else");
                writer.Continuation($"register_buffer({name}, {member});");
                writer.CloseBlock();
                break;
        }

        string IsFree(string registry)
        {
            var isFree = $"!{registry}.ContainsKey({name})";
            return component.OtherName is null ? isFree : $"{isFree} && !{registry}.ContainsKey({Names.Literal(component.OtherName)})";
        }
    }
}
