namespace SlSam;

/// <summary>
/// Says which parameters require gradients while an optimizer lives: those that the pass at hand needs. What changes from pass to pass is toggled,
/// nothing else.
/// </summary>
internal sealed class GradientSwitch
{
    private readonly ArmTable _table;
    private readonly bool[] _on;
    private readonly bool[] _wanted;
    private readonly bool[] _kept;

    public GradientSwitch(ArmTable table)
    {
        _table = table;
        _on = new bool[table.All.Length];
        _wanted = new bool[table.All.Length];
        _kept = new bool[table.All.Length];
        Array.Fill(_on, true);
        Keep();
        foreach (var parameter in table.Frozen)
        {
            parameter.requires_grad = false;
        }
    }

    /// <summary>How often a parameter has been toggled: a native call each.</summary>
    public long Toggles { get; private set; }

    /// <summary>Lets a set of parameters require gradients, and of another set those that are used before a stage.</summary>
    public void Require(ParameterSet set, ParameterSet others, int stage)
    {
        Array.Clear(_wanted);
        foreach (var trained in set.Trained)
        {
            _wanted[trained.Index] = true;
        }

        foreach (var trained in others.Trained)
        {
            _wanted[trained.Index] |= trained.Group.Layer.Stage < stage;
        }

        Toggle();
    }

    /// <summary>Remembers what requires gradients now, for <see cref="TakeBack"/>.</summary>
    public void Keep() => _on.CopyTo(_kept, 0);

    /// <summary>Lets those parameters require gradients again that did when it was remembered.</summary>
    public void TakeBack()
    {
        _kept.CopyTo(_wanted, 0);
        Toggle();
    }

    /// <summary>Drops the gradients, and makes every parameter that still exists require them if it did before the optimizer was built.</summary>
    public void Release()
    {
        foreach (var trained in _table.All.Where(trained => !trained.Parameter.IsInvalid))
        {
            trained.Parameter.grad = null;
            trained.Parameter.requires_grad = true;
        }

        foreach (var parameter in _table.Frozen.Where(parameter => !parameter.IsInvalid))
        {
            parameter.requires_grad = true;
        }
    }

    private void Toggle()
    {
        for (var index = 0; index < _on.Length; index++)
        {
            if (_on[index] != _wanted[index] && _table.All[index].Parameter is { IsInvalid: false } parameter)
            {
                parameter.requires_grad = _wanted[index];
                _on[index] = _wanted[index];
                Toggles++;
            }
        }
    }
}
