using System.Text.Json;
using MiniLM.Assets;
using MiniLM.Encoder;
using MiniLM.Tests.Python;
using MiniLM.Texts;
using MiniLM.Tokenization;
using SlSam;
using TorchSharp;
using static TorchSharp.torch;

namespace MiniLM.Tests.Encoder;

public sealed class TextClassifierTests : IDisposable
{
    private static readonly EncoderConfiguration Small = new()
    {
        VocabularySize = 20,
        HiddenSize = 12,
        Blocks = 2,
        Heads = 3,
        IntermediateSize = 20,
        MaximumPositions = 9,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    [SkippableFact]
    public void Sentence_vectors_are_those_of_an_independent_implementation_in_PyTorch()
    {
        string weights = WriteWeights(Small);
        string example = _folder.Write(
            "example.json", """{"ids":[[2,5,6,7,3],[2,19,3,0,0],[2,3,0,0,0]],"mask":[[1,1,1,1,1],[1,1,1,0,0],[1,1,0,0,0]]}""");
        var expected = JsonSerializer.Deserialize<double[][]>(
            DebianPython.Run("encoder.py", "torch", weights, Small.Heads.ToString(), example))!;

        using var model = new TextClassifier(Small);
        PretrainedEncoder.LoadInto(model, weights);
        using var batch = TextBatch.Of([Tokens(2, 5, 6, 7, 3), Tokens(2, 19, 3), Tokens(2, 3)], paddingId: 0, CPU);
        var vectors = model.EmbedSentences(batch.TokenIds, batch.Mask);

        Assert.Equal([3L, 12L], vectors.shape);
        float[] actual = vectors.data<float>().ToArray();
        foreach (var (value, index) in expected.SelectMany(row => row).Select((value, index) => (value, index)))
            Assert.Equal(value, actual[index], 2e-5);
        var logits = model.call(batch.TokenIds, batch.Mask);
        using var classifier = nn.functional.linear(
            vectors, model.get_parameter("classifier.weight")!, model.get_parameter("classifier.bias")!);
        Assert.True(logits.allclose(classifier, rtol: 0, atol: 1e-6));
    }

    [Fact]
    public void Padding_changes_nothing()
    {
        using var model = new TextClassifier(Small);
        using var alone = TextBatch.Of([Tokens(2, 5, 6, 3)], paddingId: 0, CPU);
        using var padded = TextBatch.Of([Tokens(2, 5, 6, 3), Tokens(2, 7, 8, 9, 10, 11, 3)], paddingId: 0, CPU);

        var expected = model.call(alone.TokenIds, alone.Mask);
        var actual = model.call(padded.TokenIds, padded.Mask).narrow(0, 0, 1);

        Assert.True(expected.allclose(actual, rtol: 0, atol: 1e-6));
    }

    [Fact]
    public void Weights_of_another_architecture_are_refused_and_leave_the_model_as_it_was()
    {
        string weights = WriteWeights(Small with { Blocks = 3 });
        using var model = new TextClassifier(Small);
        using var deeper = new TextClassifier(Small with { Blocks = 4 });
        using var wider = new TextClassifier(Small with { HiddenSize = 24 });
        float[] before = wider.get_parameter("blocks.0.output.bias")!.data<float>().ToArray();

        Assert.Contains("encoder.layer.2", Refusal(model, weights), StringComparison.Ordinal);
        Assert.Contains("blocks.3", Refusal(deeper, weights), StringComparison.Ordinal);
        Assert.Contains(", 24]", Refusal(wider, weights), StringComparison.Ordinal);
        Assert.Equal(before, wider.get_parameter("blocks.0.output.bias")!.data<float>().ToArray());
    }

    [SkippableFact]
    public void The_pretrained_encoder_says_what_it_is_known_to_say()
    {
        var cache = new AssetCache(AssetCache.DefaultFolder, new NpmPackageSource());
        Asset[] needed = [AssetCatalog.EncoderConfiguration, AssetCatalog.EncoderWeights, AssetCatalog.Tokenizer];
        Skip.IfNot(
            needed.All(asset => File.Exists(cache.PathOf(asset))),
            $"The encoder is not in {cache.Folder}; running the sample puts it there.");
        using var model = new TextClassifier(EncoderConfiguration.Load(cache.PathOf(AssetCatalog.EncoderConfiguration)));
        PretrainedEncoder.LoadInto(model, cache.PathOf(AssetCatalog.EncoderWeights));

        var similarities = SentenceCheck.Measure(
            model, new WordPieceTokenizer(Vocabulary.Load(cache.PathOf(AssetCatalog.Tokenizer))), CPU);

        Assert.Equal([0.6946, 0.9429, 0.2568], similarities.Select(similarity => similarity.Expected));
        Assert.All(similarities, similarity => Assert.Equal(similarity.Expected, similarity.Cosine, 1e-3));
    }

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    private static EncodedText Tokens(params int[] ids) => new(ids, IsPositive: true);

    private static string Refusal(TextClassifier model, string weights) =>
        Assert.Throws<InvalidDataException>(() => PretrainedEncoder.LoadInto(model, weights)).Message;

    /// <summary>Random weights under Hugging Face's names, large enough that each of them matters, and a pooler that is not used.</summary>
    private string WriteWeights(EncoderConfiguration configuration)
    {
        manual_seed(7);
        long hidden = configuration.HiddenSize, inner = configuration.IntermediateSize;
        var weights = new Dictionary<string, Tensor>
        {
            ["embeddings.word_embeddings.weight"] = randn(configuration.VocabularySize, hidden),
            ["embeddings.position_embeddings.weight"] = randn(configuration.MaximumPositions, hidden),
            ["embeddings.token_type_embeddings.weight"] = randn(configuration.SegmentTypes, hidden),
        };
        void Norm(string name) => (weights[$"{name}.weight"], weights[$"{name}.bias"]) = (rand(hidden) + 0.5, randn(hidden));
        void Linear(string name, long from, long to) =>
            (weights[$"{name}.weight"], weights[$"{name}.bias"]) = (randn(to, from) * 0.4, randn(to));
        Norm("embeddings.LayerNorm");
        Linear("pooler.dense", hidden, hidden);
        for (int block = 0; block < configuration.Blocks; block++)
        {
            string name = $"encoder.layer.{block}";
            foreach (string projection in new[] { "self.query", "self.key", "self.value", "output.dense" })
                Linear($"{name}.attention.{projection}", hidden, hidden);
            Norm($"{name}.attention.output.LayerNorm");
            Linear($"{name}.intermediate.dense", hidden, inner);
            Linear($"{name}.output.dense", inner, hidden);
            Norm($"{name}.output.LayerNorm");
        }
        string path = Path.Combine(_folder.Path, $"{Guid.NewGuid():N}.safetensors");
        SafetensorsWriter.Write(path, weights);
        return path;
    }
}
