using SlSam.Runtime.Tests.Models;
using static TorchSharp.torch;

namespace SlSam.Runtime.Tests.Engine;

public sealed class GradientSwitchTests
{
    [Fact]
    public void Only_parameters_whose_state_changes_are_toggled()
    {
        using var scope = NewDisposeScope();
        using var model = new Mlp(["tanh", "tanh"], 3, 4, 3, 2);
        var table = new ArmTable(((ISamModel)model).CreateLayers(), ArmGranularity.Layer, new SparseOptions(), UpdateRule.Sgd(0.1));
        var gradients = new GradientSwitch(table);
        var none = Set();
        foreach (var (wanted, toggles) in new[] { (Set(0, 1, 2, 3, 4, 5), 0), (Set(0, 1), 4), (Set(0, 1), 0), (Set(0, 3), 2), (Set(3), 1) })
        {
            var before = gradients.Toggles;
            gradients.Require(wanted, none, stage: -1);
            Assert.Equal(toggles, gradients.Toggles - before);
            Assert.All(table.All, trained => Assert.Equal(wanted.Trained.ToArray().Contains(trained), trained.Parameter.requires_grad));
        }

        gradients.Release();
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));

        ParameterSet Set(params int[] indices)
        {
            var set = new ParameterSet();
            foreach (var index in indices)
            {
                set.Add(table.All[index]);
            }

            set.Close();
            return set;
        }
    }
}
