using SlSam.Distributed.Tests.Worker;
using SlSam.Distributed.Tests.Workplace;

namespace SlSam.Distributed.Tests;

/// <summary>Two and four processes that train together over Gloo, held against one process, and against each other.</summary>
[Collection(SessionGroup.Name)]
public sealed class TrainingTests(Session session)
{
    private static readonly int[] s_counts = [2, 4];

    public static TheoryData<int, string> OnTheJointBatch => Data(Trials.OnTheJointBatch.Keys);

    public static TheoryData<int, string> OfOwnAscent => Data(Trials.OfOwnAscent.Keys);

    public static TheoryData<int, string> All => Data(Trials.All.Select(trial => trial.Key));

    [SkippableTheory]
    [MemberData(nameof(OnTheJointBatch))]
    public void It_is_the_step_of_one_process_on_the_joint_batch(int count, string name)
    {
        var theirs = session[count, name, 0];
        var alone = Trials.OnTheJointBatch[name].TrainAlone(count);

        Assert.Equal(alone["active"], theirs["active"]);
        Close.Assert(alone["losses"], theirs["losses"]);
        Close.Assert(alone["norms"], theirs["norms"]);
        Close.Assert(alone["weights"], theirs["weights"]);
    }

    [SkippableTheory]
    [MemberData(nameof(OfOwnAscent))]
    public void Without_synchronizing_the_first_pass_each_perturbs_along_its_own_gradient(int count, string name)
    {
        var theirs = session[count, name, 0];
        var reference = OwnAscent.Train(Trials.OfOwnAscent[name], count);

        Assert.Equal(reference["active"], theirs["active"]);
        Close.Assert(reference["weights"], theirs["weights"]);
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public void All_ranks_have_the_same_bits_after_every_step(int count, string name)
    {
        var first = session[count, name, 0];
        Assert.All(first["losses"].Where((_, index) => index % 4 == 3), outcome => Assert.Equal((double)StepOutcome.Updated, outcome));
        for (var rank = 1; rank < count; rank++)
        {
            var other = session[count, name, rank];
            foreach (var numbers in new[] { "weights", "losses", "norms", "active" })
            {
                Assert.Equal(first.Numbers[numbers], other.Numbers[numbers]);
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public void Only_the_gradients_of_what_is_trained_travel(int count, string name)
    {
        var trial = Trials.All.Single(each => each.Key == name).Value;
        var theirs = session[count, name, count - 1];
        var size = trial.Type == TorchSharp.torch.ScalarType.Float64 ? 8 : 4;
        for (var step = 0; step < Trial.Steps; step++)
        {
            // Beside each number that is trained, one for each of its tensors, which says whether there was a gradient; in one pass, or in both.
            var entries = theirs["entries"][2 * step] + theirs["entries"][2 * step + 1];
            var bytes = theirs["bytes"][step];
            var passes = bytes / (size * entries);
            Assert.True(
                name == Trials.BranchName || passes == 1 || (trial.Parallel.SynchronizeFirstPass && passes > 1 && passes <= 2),
                $"{bytes} bytes in step {step}, which trains {entries} numbers of {size} bytes.");
        }
    }

    [SkippableTheory]
    [InlineData(2)]
    [InlineData(4)]
    public void What_no_rank_uses_has_no_gradient_and_what_one_uses_has_one_on_all(int count)
    {
        var shards = Trials.Others[Trials.BranchName].Shards(count);
        var used = Enumerable.Range(0, Trial.Steps).Select(step => Enumerable.Range(0, count).Any(rank => BranchTrial.UsesBlocks(shards.Part(step, rank)))).ToArray();
        Assert.Contains(true, used);
        Assert.True(count > 2 || used.Contains(false));

        // The blocks have two tensors each, stem and head together four.
        Assert.Equal(used.Select(any => any ? 8.0 : 4.0), session[count, Trials.BranchName, 0]["entries"].Where((_, index) => index % 2 == 1));
    }

    [SkippableFact]
    public void Gradients_leave_while_the_backward_pass_runs()
    {
        var small = session[2, "Small buckets", 0];
        Assert.InRange(small["overlapped"][0], 0.5 * small["bytes"].Sum(), 0.99 * small["bytes"].Sum());

        // All of the model is one bucket by default, which leaves at the end.
        Assert.Equal([0.0], session[2, "SAM", 0]["overlapped"]);
    }

    private static TheoryData<int, string> Data(IEnumerable<string> names)
    {
        var data = new TheoryData<int, string>();
        foreach (var name in names)
        {
            foreach (var count in s_counts)
            {
                data.Add(count, name);
            }
        }

        return data;
    }
}
