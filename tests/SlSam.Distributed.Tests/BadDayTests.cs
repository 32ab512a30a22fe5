using SlSam.Distributed.Tests.Worker;
using SlSam.Distributed.Tests.Workplace;

namespace SlSam.Distributed.Tests;

/// <summary>What goes wrong on one rank is no step on any, and the run goes on as if it had not been tried.</summary>
[Collection(SessionGroup.Name)]
public sealed class BadDayTests(Session session)
{
    private static readonly Dictionary<string, (string There, string Elsewhere)> s_outcomes = new()
    {
        ["NaN in the first pass"] = ("NonFiniteFirstPass", "NonFiniteFirstPass"),
        ["NaN in the second pass"] = ("NonFiniteSecondPass", "NonFiniteSecondPass"),
        ["throws in the first pass"] = ("InvalidDataException: The data cannot be read.", "The step failed on rank 1"),
        ["throws in the second pass"] = ("InvalidDataException: The data cannot be read.", "The step failed on rank 1"),
        ["cancels in the second pass"] = ("OperationCanceledException", "The step was cancelled on rank 1"),
        ["cancelled before the step"] = ("OperationCanceledException", "The step was cancelled on rank 1"),
        ["depends on nothing"] = ("The loss of rank 1 did not depend on any active layer", "The loss of rank 1 did not depend on any active layer"),
        ["other learning rate"] = ("Rank 1 is about to train other layers", "Rank 1 is about to train other layers"),
        ["other shard size"] = ("ShardSize is 12 on rank 1 and 0 on rank 0", "ShardSize is 12 on rank 1 and 0 on rank 0"),
    };

    public static TheoryData<int, bool, string> Faults
    {
        get
        {
            var data = new TheoryData<int, bool, string>();
            foreach (var fault in BadDays.Faults)
            {
                foreach (var synchronized in new[] { false, true })
                {
                    data.Add(2, synchronized, fault);
                    data.Add(4, synchronized, fault);
                }
            }

            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Faults))]
    public void All_ranks_refuse_the_step_and_say_why(int count, bool synchronized, string fault)
    {
        for (var rank = 0; rank < count; rank++)
        {
            var finding = session[count, $"Bad days {synchronized}", rank];
            Assert.Contains(rank == 1 ? s_outcomes[fault].There : s_outcomes[fault].Elsewhere, finding.Texts[fault]);
            Assert.True(finding[fault][0] == 1, "Weights or running statistics are not those before the step.");
        }
    }

    [SkippableTheory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public void The_run_goes_on_as_if_nothing_had_happened(int count, bool synchronized)
    {
        for (var rank = 0; rank < count; rank++)
        {
            var bad = session[count, $"Bad days {synchronized}", rank];
            var good = session[count, $"Good days {synchronized}", rank];
            Assert.Equal(good.Numbers["weights"], bad.Numbers["weights"]);
            Assert.Equal(good.Numbers["probabilities"], bad.Numbers["probabilities"]);
        }
    }

    [SkippableTheory]
    [InlineData("options", "The options of rank 1 are not those of rank 0")]
    [InlineData("model", "The model of rank 1 has other layers, shapes or types than that of rank 0")]
    [InlineData("element mask", "ElementMask keeps for later steps")]
    [InlineData("norm over all", "PerturbationNorm.All keeps the lengths")]
    [InlineData("element mask, synchronized", "")]
    [InlineData("masks", "Rank 1 has masks, or weights in masked layers, other than rank 0")]
    public void What_cannot_train_together_is_refused_when_it_joins(string attempt, string message)
    {
        for (var rank = 0; rank < 2; rank++)
        {
            var said = session[2, "Refusals", rank].Texts[attempt];
            Assert.StartsWith(message, said);
            Assert.Equal(message.Length == 0, said.Length == 0);
        }
    }
}
