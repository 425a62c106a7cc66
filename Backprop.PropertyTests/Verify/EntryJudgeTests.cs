using Backprop.Rules;
using Backprop.Verify;

namespace Backprop.PropertyTests.Verify;

public class EntryJudgeTests
{
    /// <summary>Half a step from the kinks, inside the least step that is tried, and on either side of it.</summary>
    [Theory]
    [InlineData(3e-7)]
    [InlineData(-3e-7)]
    [InlineData(7e-7)]
    [InlineData(3e-6)]
    [InlineData(2e-3)]
    [InlineData(0)]
    public void AKinkBesideThePointIsNoMistake(double beside) => Judge.Agrees(SquareWithKinks(beside, 1), new() { Seed = 20 });

    [Fact]
    public void AMistakeBesideAKinkIsSeen() => Judge.Catches(SquareWithKinks(3e-7, 1.001), Criterion.Autograd);

    /// <summary>A parabola, whose curvature hides small kinks from great steps, with one of these near each multiple of ½: where numbers with ties lie.</summary>
    private static Subject SquareWithKinks(double beside, double factor)
    {
        const double small = 7e-4;
        return Subject.Of("square-with-kinks", "y = x² + kinks", [Input.Real("x", "N", "D")],
            x => new Primal<object>(Y(x[0]), x[0]),
            (dy, saved) => [dy * factor * (2 * (Tensor)saved + small * Shifted((Tensor)saved).gt(0).to_type(dy.dtype))],
            x => Y(x[0])) with
        { Values = [Values.Ties] };

        Tensor Y(Tensor x) => x * x + small * Shifted(x).relu();

        Tensor Shifted(Tensor x) => x - (x * 2).detach().round() / 2 + beside;
    }
}
