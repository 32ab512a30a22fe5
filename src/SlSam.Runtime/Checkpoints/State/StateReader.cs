using System.Text.Json;

namespace SlSam;

/// <summary>A state as a checkpoint has it. It keeps count of what is asked for, so that what nobody asks for is not lost in silence.</summary>
/// <param name="path">What messages call the checkpoint.</param>
/// <param name="values">The members of its JSON object.</param>
/// <param name="weights">The model's weights.</param>
/// <param name="others">All other tensors.</param>
/// <param name="sameSettings">Whether options and update rule must be those that it was trained with.</param>
internal sealed class StateReader(string path, JsonElement values, SafetensorsFile weights, SafetensorsFile others, bool sameSettings)
{
    private const int LongestQuotation = 60;

    private readonly HashSet<string> _valuesAsked = new(StringComparer.Ordinal);
    private readonly HashSet<(SafetensorsFile File, string Name)> _tensorsAsked = [];
    private readonly List<Action> _last = [];

    /// <summary>Whether options and update rule must be those that it was trained with.</summary>
    public bool SameSettings => sameSettings;

    /// <summary>A value, shortened for a message.</summary>
    public static string Shorten(JsonElement element)
    {
        var text = element.GetRawText();
        return text.Length <= LongestQuotation ? text : $"{text[..LongestQuotation]}...";
    }

    /// <summary>The shape of what a parameter trains: its own, or, where the checkpoint has a mask for it, a vector of the mask's length.</summary>
    public long[] ShapeOf(TrainedParameter trained)
    {
        var mask = TrainedState.MaskOf(trained);
        return others.Contains(mask) ? [LengthOf(mask)] : trained.Parameter.shape;
    }

    /// <summary>The length of a vector whose length the checkpoint alone knows.</summary>
    public long LengthOf(string name) => others.Contains(name) && others[name].Shape is [var length]
        ? length
        : throw Refuse($"it has no vector '{name}'");

    public JsonElement Value(string name)
    {
        _valuesAsked.Add(name);
        return values.TryGetProperty(name, out var value) ? value : throw Refuse($"it has no '{name}'");
    }

    public JsonElement List(string name)
    {
        var value = Value(name);
        return value.ValueKind == JsonValueKind.Array ? value : throw Refuse($"'{name}' is {Shorten(value)}, but must be a list");
    }

    public bool HasTensor(string name)
    {
        _tensorsAsked.Add((others, name));
        return others.Contains(name);
    }

    public SavedTensor Tensor(string name, TensorForm form, bool isWeight = false)
    {
        var file = isWeight ? weights : others;
        _tensorsAsked.Add((file, name));
        if (!file.Contains(name))
        {
            throw Refuse($"it has no tensor '{name}'");
        }

        var entry = file[name];
        return entry.DType == form.Type && entry.Shape.SequenceEqual(form.Shape)
            ? new SavedTensor(file, name)
            : throw Refuse($"it has {entry}, but here it is {form}");
    }

    /// <summary>Keeps a check that changes something for the end of all checks.</summary>
    public void Last(Action check) => _last.Add(check);

    /// <summary>Runs the checks that were kept for the end.</summary>
    public void RunLast() => _last.ForEach(check => check());

    /// <summary>Refuses a checkpoint with something that nothing here remembers.</summary>
    public void RequireAllAsked()
    {
        foreach (var property in values.EnumerateObject())
        {
            if (!_valuesAsked.Contains(property.Name))
            {
                throw Refuse($"it has '{property.Name}', which nothing here remembers");
            }
        }

        foreach (var file in new[] { weights, others })
        {
            foreach (var entry in file.Entries)
            {
                if (!_tensorsAsked.Contains((file, entry.Name)))
                {
                    throw Refuse($"it has the tensor '{entry.Name}', which nothing here remembers");
                }
            }
        }
    }

    public InvalidDataException Refuse(string reason) => TrainingCheckpoint.Refuse(path, reason);
}
