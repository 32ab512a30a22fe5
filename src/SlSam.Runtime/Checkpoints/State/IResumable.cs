namespace SlSam;

/// <summary>Something that remembers, and says what, so that a training checkpoint can save it: a source of draws of your own, for one.</summary>
public interface IResumable
{
    /// <summary>Describes everything that changes from step to step and that later steps depend on.</summary>
    /// <param name="state">Takes the description.</param>
    void DescribeState(StateDescription state);
}
