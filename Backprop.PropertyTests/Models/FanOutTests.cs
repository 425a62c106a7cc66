using Backprop.Models;
using Backprop.Verify;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class FanOutTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("fan-out");

    [Fact]
    public void TheGradientIsTheSumOverThePaths() => ForAll(Inputs.Pair, pair =>
    {
        var (x, dy) = (pair.X.Tensor(), pair.DY.Tensor());
        var saved = FanOut.Forward(x).Saved;
        var paths = FanOut.Paths(dy, saved);
        Assert.Equal(3, paths.Count);
        Close(paths[0] + paths[1] + paths[2], FanOut.Backward(dy, saved).DX);
    });

    [Fact]
    public void APathIsTheGradientWhileTheOthersStandStill() => ForAll(Inputs.Pair, pair =>
    {
        // The two other Y_i are constants here; finite differences see only the path that moves.
        var (x, dy) = (pair.X.Tensor(), pair.DY.Tensor());
        var (y1, y2) = (torch.sigmoid(x), torch.tanh(x));
        var paths = FanOut.Paths(dy, FanOut.Forward(x).Saved);
        Close(FiniteDifference.Gradient(input => torch.sigmoid(input) * y2, x, dy), paths[0], 1e-6);
        Close(FiniteDifference.Gradient(input => y1 * torch.tanh(input), x, dy), paths[1], 1e-6);
        Close(FiniteDifference.Gradient(input => torch.nn.functional.softmax(input, -1), x, dy), paths[2], 1e-6);
    });

    [Fact]
    public void RefusesNoColumns()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("x: expected shape […, C] with C ≥ 1", Assert.Throws<ArgumentException>(() => FanOut.Forward(torch.zeros(2, 0))).Message);
    }
}
