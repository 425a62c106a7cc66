using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class LogSoftmaxTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("log-softmax");

    [Fact]
    public void IsTheLogarithmOfSoftmax() => ForAll(Inputs.Logits, x => Close(Softmax.Forward(x.Tensor()).Y.log(), LogSoftmax.Forward(x.Tensor()).Y));

    [Fact]
    public void DerivativeOfTheLogProbabilityOfAClassIsOneHotMinusSoftmax() => ForAll(Inputs.Logits, x =>
    {
        // Notes 004: ∂ log softmax(θ_i) / ∂θ_i = 1 − softmax(θ_i); ∂ / ∂θ_k = −softmax(θ_k).
        var row = x.Tensor()[0];
        var (_, saved) = LogSoftmax.Forward(row);
        var first = torch.eye(x.Columns, dtype: torch.float64)[0];
        Close(first - Softmax.Forward(row).Y, LogSoftmax.Backward(first, saved).DX);
    });

    [Fact]
    public void GradientRowsSumToZero() => ForAll(Inputs.Pair, pair =>
        Close(torch.zeros(pair.X.Rows, torch.float64), LogSoftmax.Backward(pair.DY.Tensor(), LogSoftmax.Forward(pair.X.Tensor()).Saved).DX.sum(1L)));

    [Fact]
    public void ExtremeLogitsStayFinite() => ForAll(Inputs.ExtremeLogits, x =>
    {
        var (y, saved) = LogSoftmax.Forward(x.Tensor());
        Assert.All(Numbers(y), entry => Assert.True(double.IsFinite(entry)));
        Assert.All(Numbers(LogSoftmax.Backward(torch.ones_like(y), saved).DX), entry => Assert.True(double.IsFinite(entry)));
    });
}
