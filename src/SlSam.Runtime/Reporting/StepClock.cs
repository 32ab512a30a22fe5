using System.Diagnostics;

namespace SlSam;

/// <summary>Adds up where a step's time goes, by a few time stamps; nothing where nobody has asked.</summary>
internal sealed class StepClock
{
    private readonly long[] _ticks = new long[(int)StepPhase.Update + 1];
    private bool _isRunning;
    private StepPhase _phase;
    private long _since;

    /// <summary>Begins a step, in its first pass.</summary>
    /// <param name="measure">Whether somebody asks for its times.</param>
    public void Begin(bool measure)
    {
        _isRunning = measure;
        if (measure)
        {
            Array.Clear(_ticks);
            _phase = StepPhase.FirstPass;
            _since = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Ends the current phase and enters another, which may have been entered before.</summary>
    /// <returns>The phase that has ended.</returns>
    public StepPhase Enter(StepPhase phase)
    {
        var before = _phase;
        if (_isRunning)
        {
            var now = Stopwatch.GetTimestamp();
            _ticks[(int)_phase] += now - _since;
            (_phase, _since) = (phase, now);
        }

        return before;
    }

    /// <summary>Ends the step.</summary>
    /// <returns>Its times; null where nobody has asked.</returns>
    public StepTimes? End()
    {
        if (!_isRunning)
        {
            return null;
        }

        Enter(_phase);
        _isRunning = false;
        return new StepTimes(Seconds(StepPhase.Prefix), Seconds(StepPhase.FirstPass), Seconds(StepPhase.SecondPass), Seconds(StepPhase.Update));
    }

    private double Seconds(StepPhase phase) => (double)_ticks[(int)phase] / Stopwatch.Frequency;
}
