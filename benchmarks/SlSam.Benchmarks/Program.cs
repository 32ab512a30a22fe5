using System.CommandLine;
using SlSam.Benchmarks.Model;
using SlSam.Benchmarks.Timing;

var rounds = new Option<int>("--rounds") { Description = "Counted steps of each method.", DefaultValueFactory = _ => 30 };
var threads = new Option<int>("--threads") { Description = "Threads that libtorch may use, here and in PyTorch.", DefaultValueFactory = _ => 1 };
var blocks = new Option<int>("--blocks") { Description = "Blocks of the encoder.", DefaultValueFactory = _ => 12 };
var width = new Option<int>("--width") { Description = "Width of the encoder; its 8 heads share it.", DefaultValueFactory = _ => 256 };
var batch = new Option<int>("--batch") { Description = "Sequences in a batch.", DefaultValueFactory = _ => 16 };
var length = new Option<int>("--length") { Description = "Tokens in a sequence.", DefaultValueFactory = _ => 64 };
var python = new Option<string>("--python") { Description = "The Python whose PyTorch is measured beside.", DefaultValueFactory = _ => "/usr/bin/python3" };

var command = new RootCommand("Times a training step of AdamW, SAM and SL-SAM here and in PyTorch: same model, same threads, one run.")
{
    rounds, threads, blocks, width, batch, length, python,
};
command.SetAction(parsed =>
{
    var shape = new EncoderShape(
        Vocabulary: 1000,
        Width: parsed.GetValue(width),
        Heads: 8,
        Blocks: parsed.GetValue(blocks),
        Classes: 2,
        Batch: parsed.GetValue(batch),
        Length: parsed.GetValue(length),
        Threads: parsed.GetValue(threads));
    return StepTimeBenchmark.Run(shape, parsed.GetValue(rounds), parsed.GetValue(python)!) ? 0 : 1;
});
return command.Parse(args).Invoke();
