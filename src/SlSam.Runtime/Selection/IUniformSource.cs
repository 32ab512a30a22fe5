namespace SlSam;

/// <summary>A source of uniform draws for selectors. Give your own to replay a recorded run.</summary>
public interface IUniformSource
{
    /// <summary>The next draw, in [0, 1).</summary>
    double Next();
}
