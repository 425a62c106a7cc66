using Backprop.Bugs.Formulas;
using Backprop.Verify;

namespace Backprop.PropertyTests.Bugs.Formulas;

/// <summary>The right formulas are right: every form of every gradient is what autograd gives of the forward formula.</summary>
public class FormulaBookTests
{
    public static TheoryData<string> All => Points.Names;

    [Theory]
    [MemberData(nameof(All))]
    public void EveryFormOfEveryGradientIsThatOfAutograd(string name)
    {
        var formula = Points.Find(name);
        var operation = formula.Operation();
        for (var seed = 1; seed <= 5; seed++)
        {
            using var scope = torch.NewDisposeScope();
            var @case = Points.Case(operation, seed);
            var inputs = Points.Inputs(operation, @case);
            var point = Points.At(formula, @case, inputs);
            var differentiable = operation.Inputs.Select(input => input.Differentiable).ToList();
            // ⟨dy, outputs⟩, so that functions with several outputs are judged too.
            Tensor Scalar(IReadOnlyList<Tensor> x)
            {
                var forward = formula.At(x, [], formula.Sizes(x, Points.Constants(formula)));
                return formula.Outputs.Zip(formula.Cotangents, (output, dy) => (forward.Of(output)! * point.Of(new Leaf(dy))!).sum()).Aggregate((sum, term) => sum + term);
            }
            var truth = Autograd.Gradients(Scalar, inputs, differentiable, torch.tensor(1.0, torch.float64));
            foreach (var (input, i) in operation.Inputs.Where(input => input.Differentiable).Select((input, i) => (input, i)))
                foreach (var form in formula.Gradients.Single(gradient => gradient.Input == input.Name).Forms)
                {
                    var value = point.Of(form);
                    Assert.True(value is not null, $"d{input.Name}: {new Printer(new Dictionary<string, string>()).Whole(form)} does not fit {@case.Text}.");
                    Assert.Equal(truth[i].shape, value.shape);
                    var distance = Distance(Host.Numbers(value), Host.Numbers(truth[i]));
                    Assert.True(distance <= 1e-10, $"d{input.Name} = {new Printer(new Dictionary<string, string>()).Whole(form)} is off by {distance} at {@case.Text}.");
                }
        }
    }

    /// <summary>Nothing of the above can fail if every gradient is zero.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void NoGradientIsZeroEverywhere(string name)
    {
        using var scope = torch.NewDisposeScope();
        var formula = Points.Find(name);
        var operation = formula.Operation();
        Assert.All(formula.Gradients, gradient => Assert.Contains(Enumerable.Range(1, 5), seed =>
        {
            var @case = Points.Case(operation, seed);
            return Host.Numbers(Points.At(formula, @case, Points.Inputs(operation, @case)).Of(gradient.Forms[0])!).Any(number => number != 0);
        }));
    }

    [Fact]
    public void NamesAreThereOnce() => Assert.Equal(FormulaBook.All.Count, FormulaBook.All.Select(formula => formula.Name).Distinct().Count());

    private static double Distance(double[] a, double[] b) =>
        Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum()) / Math.Max(Math.Sqrt(b.Sum(y => y * y)), 1e-300);
}
