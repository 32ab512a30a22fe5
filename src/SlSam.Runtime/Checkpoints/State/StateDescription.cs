using static TorchSharp.torch;

namespace SlSam;

/// <summary>
/// What an object remembers from one step to the next, each thing under a name, with how it is read and how it is set. A training checkpoint is
/// written from this description and loaded by it, so that the two cannot drift apart: everything in a file is checked first, and set only then.
/// </summary>
/// <remarks>An object describes the same things, under the same names, whatever state it is in.</remarks>
public sealed class StateDescription
{
    private readonly string _prefix;
    private readonly HashSet<string> _names;
    private readonly List<StateEntry> _entries;

    internal StateDescription()
        : this("", [], [])
    {
    }

    private StateDescription(string prefix, HashSet<string> names, List<StateEntry> entries)
    {
        _prefix = prefix;
        _names = names;
        _entries = entries;
    }

    /// <summary>What is put before every name that is described.</summary>
    internal string Prefix => _prefix;

    /// <summary>What was described, in that order, in which it is also set.</summary>
    internal IReadOnlyList<StateEntry> Entries => _entries;

    /// <summary>Describes a part whose names are its own.</summary>
    /// <param name="name">The part's name, put before the names in it.</param>
    /// <param name="describe">Describes the part.</param>
    /// <exception cref="ArgumentNullException"><paramref name="describe"/> is null.</exception>
    public void Part(string name, Action<StateDescription> describe)
    {
        ArgumentNullException.ThrowIfNull(describe);
        describe(new StateDescription($"{_prefix}{name}/", _names, _entries));
    }

    /// <summary>Describes a floating-point number, which may be NaN or infinite.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="get">Reads it.</param>
    /// <param name="set">Sets it; must not throw.</param>
    public void Number(string name, Func<double> get, Action<double> set) => Add(new NumberEntry(Name(name), get, set));

    /// <summary>Describes a whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="get">Reads it.</param>
    /// <param name="set">Sets it; must not throw for a number of the range.</param>
    /// <param name="minimum">The least that it can be; 0 by default.</param>
    /// <param name="maximum">The most that it can be.</param>
    public void Integer(string name, Func<long> get, Action<long> set, long minimum = 0, long maximum = long.MaxValue) =>
        Add(new IntegerEntry(Name(name), get, set, minimum, maximum));

    /// <summary>Describes a yes or no.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="get">Reads it.</param>
    /// <param name="set">Sets it; must not throw.</param>
    public void Flag(string name, Func<bool> get, Action<bool> set) => Add(new FlagEntry(Name(name), get, set));

    /// <summary>Describes an array of floating-point numbers whose length never changes. It is filled in place.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">The array.</param>
    public void Numbers(string name, double[] values) => Add(new NumbersEntry(Name(name), values));

    /// <summary>Describes a list of whole numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="get">Reads it.</param>
    /// <param name="set">Takes a list that <paramref name="problem"/> has found nothing wrong with; must not throw.</param>
    /// <param name="problem">What is wrong with a list, as the end of a sentence: "but has 3 entries for 4 arms". Null where nothing is.</param>
    public void Integers(string name, Func<IReadOnlyList<long>> get, Action<long[]> set, Func<long[], string?> problem) =>
        Add(new IntegersEntry(Name(name), get, set, problem));

    /// <summary>Describes a source of draws.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="draws">The source.</param>
    /// <exception cref="NotSupportedException">It is not <see cref="IResumable"/>.</exception>
    public void Draws(string name, IUniformSource draws) => Part(name, (draws as IResumable
        ?? throw new NotSupportedException(
            $"{draws.GetType().Name} does not say what it remembers, so that a training checkpoint would lose it: let it implement {nameof(IResumable)}."))
        .DescribeState);

    /// <summary>Describes a tensor that is always there and is filled in place; where it is a weight of the model, in the file with the weights.</summary>
    internal void Tensor(string name, Tensor tensor, bool isWeight = false) => Add(new TensorEntry(isWeight ? name : Name(name), tensor, isWeight));

    /// <summary>Describes tensors that are there together or not at all.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="parts">What is put behind it for each of them.</param>
    /// <param name="get">Reads them; null where there are none.</param>
    /// <param name="set">Sets them; called with null where there are none.</param>
    /// <param name="form">What each of them must be, as far as a checkpoint says itself.</param>
    /// <param name="problem">What is wrong with the values of one of them, as the end of a sentence; null where nothing is.</param>
    internal void Tensors(
        string name, string[] parts, Func<IReadOnlyList<Tensor>?> get, Action<IReadOnlyList<SavedTensor>?> set,
        Func<StateReader, int, TensorForm> form, Func<int, Tensor, string?>? problem = null) =>
        Add(new TensorsEntry(Name(name), parts, get, set, form, problem));

    /// <summary>Describes a scheduler of the learning rates of groups.</summary>
    internal void Schedule(string name, optim.lr_scheduler.LRScheduler schedule, IReadOnlyList<LayerGroup> groups) =>
        Add(new ScheduleEntry(Name(name), schedule, groups));

    /// <summary>Describes what must be the same where a checkpoint is loaded, as a text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="get">Reads it.</param>
    /// <param name="otherwise">What is wrong where a checkpoint has another text.</param>
    /// <param name="isSetting">Whether it may differ where other settings are allowed.</param>
    internal void Same(string name, Func<string> get, Func<string, string> otherwise, bool isSetting = false) =>
        Add(new SameEntry(Name(name), get, otherwise, isSetting));

    private string Name(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var whole = _prefix + name;
        return _names.Add(whole) ? whole : throw new ArgumentException($"'{whole}' is described twice.", nameof(name));
    }

    private void Add(StateEntry entry) => _entries.Add(entry);
}
