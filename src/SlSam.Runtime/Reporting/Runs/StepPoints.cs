namespace SlSam;

/// <summary>The points of a run's series while it is recorded. Memory is taken once; a run that outgrows it joins each two points.</summary>
internal sealed class StepPoints
{
    private readonly int _capacity;
    private readonly double[] _elapsed;
    private readonly double[] _lowest;
    private readonly double[] _highest;
    private readonly PointColumn _loss;
    private readonly PointColumn _perturbedLoss;
    private readonly PointColumn _gradientNorm;
    private readonly PointColumn _activeShare;
    private readonly PointColumn _firstActiveStage;
    private readonly PointColumn _cost;
    private readonly PointColumn _clipped;
    private readonly PointColumn _lossScale;
    private readonly PointColumn _prefix;
    private readonly PointColumn _firstPass;
    private readonly PointColumn _secondPass;
    private readonly PointColumn _update;
    private readonly PointColumn _between;
    private readonly PointColumn _probability;
    private readonly PointColumn _active;
    private readonly PointColumn _perturbed;
    private readonly PointColumn _norms;
    private readonly PointColumn _balancedness;
    private readonly PointColumn _learningRates;
    private readonly PointColumn[] _columns;
    private long _steps;

    public StepPoints(int capacity, int arms, int pairs, int groups)
    {
        _capacity = capacity;
        _elapsed = new double[capacity];
        (_lowest, _highest) = (new double[capacity], new double[capacity]);
        _columns =
        [
            _loss = new(capacity), _perturbedLoss = new(capacity), _gradientNorm = new(capacity), _activeShare = new(capacity),
            _firstActiveStage = new(capacity), _cost = new(capacity), _clipped = new(capacity), _lossScale = new(capacity), _prefix = new(capacity), _firstPass = new(capacity), _secondPass = new(capacity),
            _update = new(capacity), _between = new(capacity), _probability = new(capacity, arms), _active = new(capacity, arms),
            _perturbed = new(capacity, arms), _norms = new(capacity, arms), _balancedness = new(capacity, pairs), _learningRates = new(capacity, groups),
        ];
    }

    /// <summary>How many steps a point stands for.</summary>
    public int Stride { get; private set; } = 1;

    private int Count => (int)((_steps + Stride - 1) / Stride);

    /// <summary>Adds a step.</summary>
    /// <param name="step">What is known of it.</param>
    /// <param name="between">Seconds since the step before.</param>
    public void Add(RecordedStep step, double between)
    {
        if (_steps == (long)_capacity * Stride)
        {
            Halve();
        }

        var point = (int)(_steps / Stride);
        if (_steps % Stride == 0)
        {
            (_lowest[point], _highest[point]) = (double.NaN, double.NaN);
        }

        _steps++;
        _elapsed[point] = step.Elapsed;
        AddReport(point, step.Report);
        _between.Add(point, between);
        AddArms(point, step);
        for (var pair = 0; pair < step.Balancedness?.Count; pair++)
        {
            _balancedness.Add(point, step.Balancedness[pair], pair);
        }

        for (var group = 0; group < step.Optimizer.Groups.Count; group++)
        {
            _learningRates.Add(point, step.Optimizer.Groups[group].LearningRate, group);
        }
    }

    /// <summary>Takes over the points of a run that is gone on with; where they are too many, as many in a row become one as fit.</summary>
    public void Restore(TrainingRun run, IReadOnlyList<Arm> arms, IReadOnlyList<LoraPair> pairs, IReadOnlyList<LayerGroup> groups)
    {
        var joined = 1;
        while ((run.Steps.First.Length + joined - 1) / joined > _capacity)
        {
            joined *= 2;
        }

        Stride = run.Steps.Stride * joined;
        _steps = run.Steps.Count.Sum(count => (long)count);
        for (var point = 0; point < run.Steps.First.Length; point++)
        {
            var at = point / joined;
            var (lowest, highest) = point % joined == 0 ? (double.NaN, double.NaN) : (_lowest[at], _highest[at]);
            _elapsed[at] = run.Steps.Elapsed[point];
            _lowest[at] = Lower(lowest, run.Steps.LowestLoss[point]);
            _highest[at] = Higher(highest, run.Steps.HighestLoss[point]);
        }

        var saved = run.Columns().ToDictionary(each => each.Name, each => each.Values);
        foreach (var (name, column, quantity) in Named(arms, pairs))
        {
            Restore(column, quantity, (float[])saved[name], run.ValueCounts.GetValueOrDefault(name, run.Steps.Count), joined);
        }

        for (var group = 0; group < groups.Count; group++)
        {
            Restore(_learningRates, group, run.LearningRates.First(rates => rates.Layers.Contains(groups[group].Layer.Name)).Values, run.Steps.Count, joined);
        }
    }

    /// <summary>How many steps of each point have a value, of the columns in which some have none.</summary>
    public IReadOnlyDictionary<string, int[]> ValueCounts(IReadOnlyList<Arm> arms, IReadOnlyList<LoraPair> pairs)
    {
        var counts = new Dictionary<string, int[]>();
        if (Stride == 1)
        {
            return counts;
        }

        var steps = StepCounts();
        foreach (var (name, column, quantity) in Named(arms, pairs))
        {
            var values = column.Counts(Count, quantity);
            if (!values.AsSpan().SequenceEqual(steps))
            {
                counts.Add(name, values);
            }
        }

        return counts;
    }

    /// <summary>The steps' series.</summary>
    public StepSeries ToSeries()
    {
        return new StepSeries
        {
            Stride = Stride,
            First = [.. Enumerable.Range(0, Count).Select(point => (long)point * Stride + 1)],
            Count = StepCounts(),
            Elapsed = Singles(_elapsed),
            Loss = _loss.Means(Count),
            LowestLoss = Singles(_lowest),
            HighestLoss = Singles(_highest),
            PerturbedLoss = _perturbedLoss.Means(Count),
            GradientNorm = _gradientNorm.Means(Count),
            ActiveShare = _activeShare.Means(Count),
            FirstActiveStage = _firstActiveStage.Means(Count),
            Cost = _cost.Means(Count),
            Clipped = _clipped.Means(Count),
            LossScale = _lossScale.Means(Count),
            Prefix = _prefix.Means(Count),
            FirstPass = _firstPass.Means(Count),
            SecondPass = _secondPass.Means(Count),
            Update = _update.Means(Count),
            Between = _between.Means(Count),
        };
    }

    /// <summary>The arms' series.</summary>
    public IReadOnlyList<ArmSeries> ToSeries(IReadOnlyList<Arm> arms) =>
    [
        .. arms.Select((arm, index) => new ArmSeries
        {
            Name = arm.Name,
            Parameters = arm.ParameterCount,
            Probability = _probability.Means(Count, index),
            Active = _active.Means(Count, index),
            Perturbed = _perturbed.Means(Count, index),
            GradientNorm = _norms.Means(Count, index),
        }),
    ];

    /// <summary>The pairs' series.</summary>
    public IReadOnlyList<PairSeries> ToSeries(IReadOnlyList<LoraPair> pairs) =>
        [.. pairs.Select((pair, index) => new PairSeries { Name = pair.Name, Balancedness = _balancedness.Means(Count, index) })];

    /// <summary>The learning rates' series: one for all layers whose rates are the same.</summary>
    public IReadOnlyList<LearningRateSeries> ToSeries(IReadOnlyList<LayerGroup> groups)
    {
        var series = new List<(List<string> Layers, float[] Values)>();
        for (var group = 0; group < groups.Count; group++)
        {
            var values = _learningRates.Means(Count, group);
            var same = series.Find(each => each.Values.AsSpan().SequenceEqual(values)).Layers;
            if (same is null)
            {
                series.Add((same = [], values));
            }

            same.Add(groups[group].Layer.Name);
        }

        return [.. series.Select(each => new LearningRateSeries { Layers = each.Layers, Values = each.Values })];
    }

    private void AddReport(int point, in StepReport report)
    {
        _loss.Add(point, report.Loss);
        if (double.IsFinite(report.Loss))
        {
            _lowest[point] = Lower(_lowest[point], report.Loss);
            _highest[point] = Higher(_highest[point], report.Loss);
        }

        _perturbedLoss.Add(point, report.PerturbedLoss);
        _gradientNorm.Add(point, report.GradientNorm);
        _cost.Add(point, report.Cost);
        _clipped.Add(point, report.Clipped ? 1 : 0);
        _lossScale.Add(point, report.LossScale);
        _activeShare.Add(point, (double)report.ActiveParameters / report.TotalParameters);
        _firstActiveStage.Add(point, report.FirstActiveStage);
        if (report.Times is { } times)
        {
            _prefix.Add(point, times.Prefix);
            _firstPass.Add(point, times.FirstPass);
            _secondPass.Add(point, times.SecondPass);
            _update.Add(point, times.Update);
        }
    }

    private void AddArms(int point, RecordedStep step)
    {
        var twoPasses = step.Report.SharpnessAware;
        var arms = step.Optimizer.Arms;
        for (var index = 0; index < arms.Count; index++)
        {
            var arm = arms[index];
            _probability.Add(point, step.Probabilities[index], index);
            _active.Add(point, arm.IsActive ? 1 : 0, index);
            _perturbed.Add(point, twoPasses && arm.Role == ArmRole.Perturbed ? 1 : 0, index);
            if (arm.IsActive && step.Report.Outcome == StepOutcome.Updated)
            {
                _norms.Add(point, arm.GradientNorm, index);
            }
        }
    }

    private void Halve()
    {
        foreach (var column in _columns)
        {
            column.Halve();
        }

        for (var point = 0; point < _capacity / 2; point++)
        {
            var (first, second) = (2 * point, 2 * point + 1);
            _elapsed[point] = _elapsed[second];
            _lowest[point] = Lower(_lowest[first], _lowest[second]);
            _highest[point] = Higher(_highest[first], _highest[second]);
        }

        Stride *= 2;
    }

    /// <summary>The columns of steps, arms and pairs, by their names in a run.</summary>
    private IEnumerable<(string Name, PointColumn Column, int Quantity)> Named(IReadOnlyList<Arm> arms, IReadOnlyList<LoraPair> pairs)
    {
        foreach (var (name, column) in new[]
        {
            ("loss", _loss), ("perturbedLoss", _perturbedLoss), ("gradientNorm", _gradientNorm), ("activeShare", _activeShare), ("firstActiveStage", _firstActiveStage),
            ("cost", _cost), ("clipped", _clipped), ("lossScale", _lossScale), ("prefix", _prefix), ("firstPass", _firstPass), ("secondPass", _secondPass),
            ("update", _update), ("between", _between),
        })
        {
            yield return ($"steps.{name}", column, 0);
        }

        for (var arm = 0; arm < arms.Count; arm++)
        {
            yield return ($"{arms[arm].Name}: probability", _probability, arm);
            yield return ($"{arms[arm].Name}: active", _active, arm);
            yield return ($"{arms[arm].Name}: perturbed", _perturbed, arm);
            yield return ($"{arms[arm].Name}: gradientNorm", _norms, arm);
        }

        for (var pair = 0; pair < pairs.Count; pair++)
        {
            yield return ($"{pairs[pair].Name}: balancedness", _balancedness, pair);
        }
    }

    private static void Restore(PointColumn column, int quantity, float[] means, int[] counts, int joined)
    {
        for (var point = 0; point < means.Length; point++)
        {
            column.Add(point / joined, means[point], counts[point], quantity);
        }
    }

    /// <summary>The lower of two numbers, of which one that is not known does not count.</summary>
    private static double Lower(double first, double second) => double.IsNaN(first) ? second : double.IsNaN(second) ? first : Math.Min(first, second);

    private static double Higher(double first, double second) => -Lower(-first, -second);

    private int[] StepCounts() => [.. Enumerable.Range(0, Count).Select(point => (int)Math.Min(Stride, _steps - (long)point * Stride))];

    private float[] Singles(double[] values) => [.. values.AsSpan(0, Count).ToArray().Select(value => (float)value)];
}
