using System.Runtime.InteropServices;
using SlSam.Runtime.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Soak;

/// <summary>A step of a random model on one batch or several micro-batches, in which something may go wrong.</summary>
/// <param name="model">The model.</param>
/// <param name="optimizer">Its optimizer.</param>
/// <param name="batches">The micro-batches.</param>
/// <param name="staged">Whether the model's stages are made use of.</param>
internal sealed class Trial(RandomModel model, RandomOptimizer optimizer, Batch[] batches, bool staged)
{
    /// <summary>Runs the step.</summary>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="call">At which call of the closure, counted from 1; of no effect where it goes wrong before the first.</param>
    /// <returns>How the step ended; null where it threw what it should.</returns>
    /// <exception cref="InvalidOperationException">It did not, or something else.</exception>
    public StepReport? Run(Fault fault = Fault.None, int call = 1)
    {
        using var scope = NewDisposeScope();
        using var cancellation = new CancellationTokenSource();
        optimizer.CancellationToken = cancellation.Token;
        var learningRates = optimizer.Groups.Select(each => each.LearningRate).ToArray();
        try
        {
            using var _ = set_grad_enabled(fault != Fault.GradientsAreOff);
            switch (fault)
            {
                case Fault.CancelledBefore:
                    cancellation.Cancel();
                    break;
                case Fault.LearningRateIsNaN:
                    foreach (var each in optimizer.Groups)
                    {
                        each.LearningRate = double.NaN;
                    }

                    break;
            }

            var calls = 0;
            var report = Step(Disturb(fault, call), (logits, target) => Loss(logits, target, ++calls == call ? fault : Fault.None, cancellation));
            return Throws(fault) ? throw new InvalidOperationException($"{fault} at call {call} of {calls} did not throw, but ended as {report}.") : report;
        }
        catch (Exception error) when (IsExpected(fault, error))
        {
            return null;
        }
        finally
        {
            optimizer.CancellationToken = default;
            for (var index = 0; index < learningRates.Length; index++)
            {
                optimizer.Groups[index].LearningRate = learningRates[index];
            }
        }
    }

    /// <summary>Whether a fault ends in an exception; the others end in a report that says so.</summary>
    private static bool Throws(Fault fault) => fault is not (Fault.None or Fault.LossIsNaN or Fault.DataIsNaN or Fault.GradientIsNaN or Fault.LossIsDetached);

    /// <summary>Whether an exception is what a fault should end in, and says what it was.</summary>
    private static bool IsExpected(Fault fault, Exception error) => fault switch
    {
        Fault.ClosureThrows => error is TimeoutException,
        Fault.LossIsNull => Says<InvalidOperationException>(error, "returned null"),
        Fault.LossIsDisposed => Says<InvalidOperationException>(error, "disposed already"),
        Fault.LossHasAShape => Says<InvalidOperationException>(error, "of shape ["),
        Fault.LossIsAnInteger => Says<InvalidOperationException>(error, "of type Int64"),
        Fault.LossIsElsewhere => Says<InvalidOperationException>(error, "on the device meta"),
        Fault.LossIsDetached => Says<InvalidOperationException>(error, "does not depend on any layer"),
        Fault.ClosureRunsBackward => Says<ExternalException>(error, "backward through the graph a second time"),
        Fault.DataHaveAnotherWidth => error is ExternalException,
        Fault.Cancelled or Fault.CancelledBefore => error is OperationCanceledException,
        Fault.StepWithinTheStep or Fault.ScoreWithinTheStep => Says<InvalidOperationException>(error, "in the middle of a step"),
        Fault.GradientsAreOff => Says<InvalidOperationException>(error, "Gradients are off"),
        Fault.LearningRateIsNaN => Says<InvalidOperationException>(error, "learning rate of layer"),
        Fault.NoMicroBatches => Says<ArgumentException>(error, "no micro-batches"),
        Fault.OptimizerIsDisposed => Says<ObjectDisposedException>(error, "disposed in the middle of a step"),
        Fault.LayerIsDisposed => Says<InvalidOperationException>(error, "was disposed after the optimizer was built"),
        _ => false,
    };

    private static bool Says<TException>(Exception error, string text) =>
        error is TException && error.Message.Contains(text, StringComparison.Ordinal);

    private StepReport Step(Batch[] parts, Func<Tensor, Tensor, Tensor> loss)
    {
        if (parts.Length == 1)
        {
            return staged
                ? optimizer.Step(parts[0].Input, parts[0].Target, loss)
                : optimizer.Step(slice => loss(model.call(slice.Of(parts[0].Input)), slice.Of(parts[0].Target)));
        }

        return staged
            ? optimizer.Step(parts, loss)
            : optimizer.Step(parts, (part, slice) => loss(model.call(slice.Of(part.Input)), slice.Of(part.Target)), part => part.Input.shape[0]);
    }

    /// <summary>Micro-batches with bad data in one of them.</summary>
    private Batch[] Disturb(Fault fault, int call)
    {
        var bad = (call - 1) % batches.Length;
        return fault switch
        {
            Fault.NoMicroBatches => [],
            Fault.DataIsNaN => Replace(batches[bad].Input * double.NaN),
            Fault.DataHaveAnotherWidth => Replace(batches[bad].Input[.., 1..]),
            _ => batches,
        };

        Batch[] Replace(Tensor input) => [.. batches.Select((batch, index) => index == bad ? batch with { Input = input } : batch)];
    }

    private Tensor Loss(Tensor logits, Tensor target, Fault fault, CancellationTokenSource cancellation)
    {
        var loss = nn.functional.cross_entropy(logits, target);
        switch (fault)
        {
            case Fault.LossIsNaN:
                return loss * double.NaN;
            case Fault.GradientIsNaN:
                // sqrt has an infinite slope at 0.
                return loss + (logits.sum() * 0).sqrt();
            case Fault.ClosureThrows:
                throw new TimeoutException();
            case Fault.LossIsNull:
                return null!;
            case Fault.LossIsDisposed:
                loss.Dispose();
                return loss;
            case Fault.LossHasAShape:
                return logits;
            case Fault.LossIsAnInteger:
                return loss.to(ScalarType.Int64);
            case Fault.LossIsElsewhere:
                return loss.to(DeviceType.META);
            case Fault.LossIsDetached:
                return loss.detach();
            case Fault.ClosureRunsBackward:
                loss.backward();
                return loss;
            case Fault.Cancelled:
                cancellation.Cancel();
                return loss;
            case Fault.StepWithinTheStep:
                optimizer.Step(_ => nn.functional.cross_entropy(model.call(batches[0].Input), batches[0].Target));
                return loss;
            case Fault.ScoreWithinTheStep:
                optimizer.Score([new ScoreBatch(1, () => loss)]);
                return loss;
            case Fault.OptimizerIsDisposed:
                optimizer.Dispose();
                return loss;
            case Fault.LayerIsDisposed:
                optimizer.Trained.First(trained => trained.Parameter.requires_grad).Parameter.Dispose();
                return loss;
            default:
                optimizer.zero_grad();
                return loss;
        }
    }
}
