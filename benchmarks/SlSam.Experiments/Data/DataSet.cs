using MiniLM.Encoder;
using MiniLM.Texts;
using MiniLM.Tokenization;
using static TorchSharp.torch;

namespace SlSam.Experiments.Data;

/// <summary>Texts of two kinds in three sets that have nothing in common: to train on, to choose a learning rate with, and for the final figures.</summary>
internal sealed class DataSet
{
    /// <summary>The seed of the split: the same for all runs, so that no run is trained on what another is measured with.</summary>
    private const int SplitSeed = 20;

    private readonly List<EncodedText> _training;

    private DataSet(DataSource source, List<EncodedText> training, List<EncodedText> validation, List<EncodedText> test, EncoderCheckpoint checkpoint)
    {
        Source = source;
        _training = training;
        Validation = validation;
        Test = test;
        Checkpoint = checkpoint;
    }

    /// <summary>What the texts are.</summary>
    public DataSource Source { get; }

    /// <summary>What the learning rate is chosen with.</summary>
    public IReadOnlyList<EncodedText> Validation { get; }

    /// <summary>What the final figures are from.</summary>
    public IReadOnlyList<EncodedText> Test { get; }

    /// <summary>How many texts there are to train on.</summary>
    public int TrainingTexts => _training.Count;

    /// <summary>The encoder that is fine-tuned on them.</summary>
    public EncoderCheckpoint Checkpoint { get; }

    /// <summary>Draws the three sets, each half positive.</summary>
    public static DataSet Draw(DataSource source, IReadOnlyCollection<LabelledText> texts, EncoderCheckpoint checkpoint, ExperimentSettings settings)
    {
        int rarer = Math.Min(texts.Count(text => text.IsPositive), texts.Count(text => !text.IsPositive));
        int available = 2 * rarer - settings.ValidationTexts - settings.TestTexts;
        int wanted = settings.Seeds.Count * settings.Steps * settings.BatchSize;
        int training = Math.Min(wanted + wanted % 2, available);
        var outer = TextSplit.Draw(texts, training + settings.ValidationTexts, settings.TestTexts, SplitSeed);
        var inner = TextSplit.Draw(outer.Training, training, settings.ValidationTexts, SplitSeed);
        List<EncodedText> Encode(IReadOnlyList<LabelledText> set) => EncodedText.Encode(set, checkpoint.Tokenizer, settings.SequenceLength);
        return new DataSet(source, Encode(inner.Training), Encode(inner.HeldOut), Encode(outer.HeldOut), checkpoint);
    }

    /// <summary>The batches of a run: all texts in an order drawn by the seed, then all again in another.</summary>
    public IEnumerable<TextBatch> Batches(int seed, int size, Device device)
    {
        var random = new Random(seed);
        var order = new List<EncodedText>();
        for (int next = 0; ; next += size)
        {
            while (next + size > order.Count)
            {
                EncodedText[] epoch = [.. _training];
                random.Shuffle(epoch);
                order.AddRange(epoch);
            }
            yield return TextBatch.Of(order.GetRange(next, size), Checkpoint.Tokenizer.Vocabulary.Padding, device);
        }
    }
}
