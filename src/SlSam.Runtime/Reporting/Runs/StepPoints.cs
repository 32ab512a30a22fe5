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

    /// <summary>The steps' series.</summary>
    /// <param name="before">How many steps were made before the first of them.</param>
    public StepSeries ToSeries(long before)
    {
        var first = new long[Count];
        var count = new int[Count];
        for (var point = 0; point < first.Length; point++)
        {
            first[point] = before + (long)point * Stride + 1;
            count[point] = (int)Math.Min(Stride, _steps - (long)point * Stride);
        }

        return new StepSeries
        {
            Stride = Stride,
            First = first,
            Count = count,
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
            _lowest[point] = double.IsNaN(_lowest[point]) ? report.Loss : Math.Min(_lowest[point], report.Loss);
            _highest[point] = double.IsNaN(_highest[point]) ? report.Loss : Math.Max(_highest[point], report.Loss);
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
            _lowest[point] = double.IsNaN(_lowest[first]) ? _lowest[second] : double.IsNaN(_lowest[second]) ? _lowest[first] : Math.Min(_lowest[first], _lowest[second]);
            _highest[point] = double.IsNaN(_highest[first]) ? _highest[second] : double.IsNaN(_highest[second]) ? _highest[first] : Math.Max(_highest[first], _highest[second]);
        }

        Stride *= 2;
    }

    private float[] Singles(double[] values) => [.. values.AsSpan(0, Count).ToArray().Select(value => (float)value)];
}
