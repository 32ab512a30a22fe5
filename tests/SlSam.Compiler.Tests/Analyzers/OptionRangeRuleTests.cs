using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using SlSam.Compiler.Tests.Harness;

namespace SlSam.Compiler.Tests.Analyzers;

public class OptionRangeRuleTests
{
    [Fact]
    public Task Constants_out_of_their_range() => AnalyzerVerifier.VerifyAsync("""
        public static class Options
        {
            private const double Share = 20;

            public static void Run(double unknown)
            {
                _ = new SlSamOptions { Sparsity = {|SLSAM035:0|}, Rho = {|SLSAM035:-0.05|}, BanditLearningRate = {|SLSAM035:-1|} };
                _ = new SlSamOptions { Sparsity = {|SLSAM035:Share|} };
                _ = new SlSamOptions() with { Sparsity = {|SLSAM035:1.5|} };
                _ = new SamOptions { Rho = {|SLSAM035:double.NaN|} };
                _ = new SamOptions { Rho = {|SLSAM035:double.PositiveInfinity|} };
                _ = new RandomStepOptions { Probability = {|SLSAM035:50|} };
                _ = new LoraOptions { Rank = {|SLSAM035:0|}, Alpha = {|SLSAM035:0|}, Dropout = {|SLSAM035:1|} };
                _ = new SparseOptions { Density = {|SLSAM035:35|}, Count = {|SLSAM035:0|}, RescoreEvery = {|SLSAM035:-1|} };
                _ = new SparseOptions { Density = 0.0035, Count = null, RescoreEvery = 128 };
                _ = UpdateRule.AdamW({|SLSAM035:-1e-3|}, beta1: {|SLSAM035:1|}, beta2: {|SLSAM035:1.0f|}, epsilon: {|SLSAM035:-1|});
                _ = UpdateRule.Sgd(0.1, weightDecay: {|SLSAM035:-0.1|}) with { LearningRate = {|SLSAM035:-1|} };
                _ = UpdateRule.Sgd(0.1) with { Clipping = GradientClipping.ByNorm({|SLSAM035:0|}) };
                _ = GradientClipping.ByValue(maximum: {|SLSAM035:-1|}) == GradientClipping.ByValue(0.5);
                _ = new LayerBandit({|SLSAM035:-1|}, sparsity: {|SLSAM035:2|}, learningRate: {|SLSAM035:-1|});
                _ = new SlSamOptions { Sparsity = 1, Rho = 0, BanditLearningRate = 0 };
                _ = new SlSamOptions { Sparsity = unknown, Rho = unknown - 5 };
                _ = new RandomStepOptions { Probability = 0 } with { Probability = 1, Seed = -3 };
                _ = UpdateRule.Adam(learningRate: 0, beta1: 0, beta2: 0.999, epsilon: 0, weightDecay: 0);
                _ = UpdateRule.AdamW();
                _ = new LayerBandit(1, 1, 0);
                _ = new Mine { Rho = -1 };
            }
        }

        public abstract class Costly : TorchSharp.torch.nn.Module
        {
            [SamLayer(Cost = {|SLSAM035:-1|})] private readonly TorchSharp.Modules.Linear cheap = TorchSharp.torch.nn.Linear(1, 1);
            [SamLayer(Cost = 0.5)] private readonly TorchSharp.Modules.Linear fair = TorchSharp.torch.nn.Linear(1, 1);

            protected Costly() : base("") { }
        }

        public sealed class Mine
        {
            [System.ComponentModel.DataAnnotations.Range(0, 1)]
            public double Rho { get; set; }
        }
        """);

    public static TheoryData<string> Ranged => new(Options().Where(option => option.Range is not null).Select(option => option.Name));

    /// <summary>The range that an option declares, which the analyzer reads, is the one that it checks.</summary>
    [Theory]
    [MemberData(nameof(Ranged))]
    public void A_declared_range_is_what_the_runtime_accepts(string name)
    {
        var (_, range, type, set) = Options().Single(option => option.Name == name);
        var minimum = Convert.ToDouble(range!.Minimum, CultureInfo.InvariantCulture);
        var maximum = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
        var isInteger = type != typeof(double);
        var above = isInteger ? minimum + 1 : Math.BitIncrement(minimum);
        var below = isInteger ? minimum - 1 : Math.BitDecrement(minimum);

        Assert.Equal(range.MinimumIsExclusive, Throws(minimum));
        Assert.True(Throws(below));
        Assert.False(Throws(above));
        if (isInteger)
            return;

        Assert.True(Throws(double.NaN));
        Assert.Equal(range.MaximumIsExclusive, Throws(maximum));
        Assert.True(Throws(Math.BitIncrement(maximum)));
        Assert.False(Throws(Math.BitDecrement(maximum)));

        bool Throws(double value)
        {
            try
            {
                set(Convert.ChangeType(value, type, CultureInfo.InvariantCulture));
                return false;
            }
            catch (ArgumentOutOfRangeException exception)
            {
                Assert.Contains(exception.ParamName!, name, StringComparison.OrdinalIgnoreCase);
                return true;
            }
        }
    }

    /// <summary>An option that checks its value says so with [Range], so that the analyzer knows.</summary>
    [Fact]
    public void An_option_that_refuses_values_declares_its_range()
    {
        Assert.All(Options().Where(option => option.Range is null), option =>
        {
            foreach (var value in option.Type == typeof(double) ? new object[] { double.NaN, double.NegativeInfinity }
                : [Convert.ChangeType(int.MinValue, option.Type, CultureInfo.InvariantCulture)])
            {
                try
                {
                    option.Set(value);
                }
                catch (ArgumentOutOfRangeException)
                {
                    Assert.Fail($"{option.Name} refuses {value} but has no [Range].");
                }
            }
        });
    }

    /// <summary>
    /// The numbers that users set: properties of records that can be made, and arguments of the methods and constructors that make them.
    /// </summary>
    private static IEnumerable<(string Name, RangeAttribute? Range, Type Type, Action<object> Set)> Options()
    {
        foreach (var type in typeof(SharpnessOptions).Assembly.GetExportedTypes().Where(type => type.IsClass && !type.IsAbstract))
        {
            if (type.GetConstructor(Type.EmptyTypes) is null)
                continue;
            foreach (var property in type.GetProperties().Where(property =>
                property.SetMethod is { IsPublic: true } && IsNumber(Underlying(property.PropertyType))))
            {
                yield return ($"{type.Name}.{property.Name}", property.GetCustomAttribute<RangeAttribute>(), Underlying(property.PropertyType),
                    value => Invoke(() => property.SetValue(Activator.CreateInstance(type), value)));
            }
        }

        foreach (var property in typeof(UpdateRule).GetProperties().Where(property => property.PropertyType == typeof(double)))
        {
            yield return ($"{nameof(UpdateRule)}.{property.Name}", property.GetCustomAttribute<RangeAttribute>(), typeof(double),
                value => Invoke(() => property.SetValue(UpdateRule.AdamW(), value)));
        }

        var makers = typeof(UpdateRule).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(UpdateRule)).Cast<MethodBase>()
            .Concat([typeof(GradientClipping).GetMethod(nameof(GradientClipping.ByNorm))!, typeof(GradientClipping).GetMethod(nameof(GradientClipping.ByValue))!])
            .Concat(typeof(LayerBandit).GetConstructors());
        foreach (var maker in makers)
        {
            var parameters = maker.GetParameters();
            foreach (var parameter in parameters.Where(parameter => IsNumber(parameter.ParameterType)))
            {
                yield return ($"{maker.DeclaringType!.Name}.{maker.Name}.{parameter.Name}", parameter.GetCustomAttribute<RangeAttribute>(),
                    parameter.ParameterType, value => Invoke(() => Call(maker, parameters, parameter, value)));
            }
        }
    }

    private static Type Underlying(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool IsNumber(Type type) => type == typeof(double) || type == typeof(int) || type == typeof(long);

    private static void Call(MethodBase maker, ParameterInfo[] parameters, ParameterInfo changed, object value)
    {
        var arguments = parameters.Select(parameter => parameter == changed ? value
            : parameter.HasDefaultValue ? parameter.DefaultValue
            : parameter.ParameterType == typeof(int) ? (object)1 : 0.5).ToArray();
        _ = maker is ConstructorInfo constructor ? constructor.Invoke(arguments) : maker.Invoke(null, arguments);
    }

    private static void Invoke(Action action)
    {
        try
        {
            action();
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is not null)
        {
            throw wrapped.InnerException;
        }
    }
}
