using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>One-hot rows of class labels: y_nk = I(k = label_n).</summary>
/// <remarks>
/// Shapes: labels: N (int64) → Y: N×C.
/// Backward: none, since labels are whole numbers.
/// Edges: C = 1 gives ones; no label gives 0×C.
/// Source: notes 004, lines 37–41, 459 and 802; notes 003, line 117.
/// </remarks>
public static class OneHot
{
    /// <summary>N×C, in the dtype that is asked for, on the device of the labels.</summary>
    /// <exception cref="ArgumentException">labels are not int64 of one dimension, or dtype is not floating-point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range, or there is no class.</exception>
    public static Tensor Of(Tensor labels, long classes, torch.ScalarType dtype)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Expect.Indices(labels, nameof(labels), classes);
        var zeros = torch.zeros(labels.shape[0], classes, dtype, labels.device);
        Expect.Floating(zeros, nameof(dtype));
        var index = labels.unsqueeze(1);
        return zeros.scatter(1, index, torch.ones_like(index, dtype));
    }
}
