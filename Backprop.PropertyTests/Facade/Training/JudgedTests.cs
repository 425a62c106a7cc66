using Backprop.Facade.Training;
using Backprop.Rules;
using Backprop.Training;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Facade.Training;

public class JudgedTests
{
    [Theory]
    [InlineData(2, 20_001)] // more examples than a piece has
    [InlineData(1 << 22, 9)] // so wide that a piece has four
    public void PiecesMakeTheWhole(int wide, int count)
    {
        using var scope = torch.NewDisposeScope();
        var network = new DenseNetwork([wide, 1], Activation.Identity, NetworkLoss.SquaredError, 0.1);
        var parameters = new[] { torch.full([wide, 1], 1.0 / wide, torch.float64), torch.full([1], 0.5, torch.float64) };
        var inputs = torch.arange(count, torch.float64).div(count).unsqueeze(1).expand(count, wide).contiguous();
        var batch = new Batch(inputs, torch.zeros(count, 1, torch.float64));
        Close(network.Outputs(parameters, inputs), Judged.Outputs(network, parameters, inputs), 1e-9);
        Close(network.Loss(parameters, batch), Scalar(Judged.MeanLoss(network, parameters, batch)), 1e-9);
    }
}
