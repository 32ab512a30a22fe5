namespace SlSam;

/// <summary>Is told by a <see cref="RunRecorder"/> what happens while it happens, to write it where it is watched.</summary>
public interface IRunListener
{
    /// <summary>A step was recorded.</summary>
    /// <param name="step">What is known of it, valid until the call returns.</param>
    void OnStep(RecordedStep step);

    /// <summary>The model was evaluated.</summary>
    /// <param name="evaluation">How it did.</param>
    void OnEvaluation(Evaluation evaluation);
}
