using Backprop.Rules;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Verify;

public static partial class Catalogue
{
    private static IReadOnlyList<Subject> Rules() =>
    [
        Subject.Of("matrix-product", "Y = XW", [Input.Real("x", "N", "D"), Input.Real("w", "D", "M")],
            x => MatrixProduct.Forward(x[0], x[1]),
            (dy, saved) => MatrixProduct.Backward(dy, saved) is var g ? [g.DX, g.DW] : [],
            x => torch.matmul(x[0], x[1])),
        Subject.Of("linear", "Y = XW + b", [Input.Real("x", "N", "D"), Input.Real("w", "D", "M"), Input.Real("b", "M")],
            x => Linear.Forward(x[0], x[1], x[2]),
            (dy, saved) => Linear.Backward(dy, saved) is var g ? [g.DX, g.DW, g.DB] : [],
            x => F.linear(x[0], x[1].t(), x[2])),
        Unary("sigmoid", "y = 1 / (1 + e^(−x))", Sigmoid.Forward, (dy, saved) => Sigmoid.Backward(dy, saved).DX, torch.sigmoid),
        Unary("tanh", "y = tanh x", Tanh.Forward, (dy, saved) => Tanh.Backward(dy, saved).DX, torch.tanh),
        Unary("relu", "y = max(0, x)", Relu.Forward, (dy, saved) => Relu.Backward(dy, saved).DX, x => F.relu(x)),
        Unary("softmax", "y_i = e^(x_i) / Σ_j e^(x_j)", Softmax.Forward, (dy, saved) => Softmax.Backward(dy, saved).DX, x => F.softmax(x, -1)),
        Unary("log-softmax", "y_i = x_i − log Σ_j e^(x_j)", LogSoftmax.Forward, (dy, saved) => LogSoftmax.Backward(dy, saved).DX, x => F.log_softmax(x, -1)),
    ];

    private static Subject Unary<TSaved>(string name, string summary, Func<Tensor, Primal<TSaved>> forward, Func<Tensor, TSaved, Tensor> backward, Func<Tensor, Tensor> reference) where TSaved : class =>
        Subject.Of(name, summary, [Input.Real("x", "N", "D")], x => forward(x[0]), (dy, saved) => [backward(dy, saved)], x => reference(x[0]));
}
