using System.Globalization;
using NativeAot;
using SlSam;
using TorchSharp;
using static TorchSharp.torch;

const int Rings = 3;
const int Points = 256;
var steps = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;

manual_seed(1);
set_num_threads(1);
using var model = new RingClassifier(width: 32, depth: 4, Rings);
using var optimizer = new RingClassifierSlSam(
    model, new SlSamOptions { Sparsity = 0.4, Rho = 0.05, Seed = 1 }, UpdateRule.AdamW(learningRate: 1e-2));

using var rings = randint(0, Rings, [Points]);
using var inputs = PointsOn(rings);
for (var step = 0; step < steps; step++)
{
    var report = optimizer.Step(inputs, logits => nn.functional.cross_entropy(logits, rings));
    if (step % 20 == 0)
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {step,3}: loss {report.Loss:R}"));
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"right: {RightAnswers()} of {Points}"));

static Tensor PointsOn(Tensor rings)
{
    using var scope = NewDisposeScope();
    var angle = rand(Points) * (2 * Math.PI);
    var radius = rings + 1 + 0.15 * randn(Points);
    return stack([radius * angle.cos(), radius * angle.sin()], 1).MoveToOuterDisposeScope();
}

long RightAnswers()
{
    using var scope = NewDisposeScope();
    using var _ = no_grad();
    return model.call(inputs).argmax(1).eq(rings).sum().cpu().item<long>();
}
