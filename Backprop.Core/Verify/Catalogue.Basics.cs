using Backprop.Rules;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Verify;

public static partial class Catalogue
{
    private static IReadOnlyList<Subject> Basics() =>
    [
        Activated("activate-identity", "y = x", Activation.Identity, x => x.clone()),
        Activated("activate-sigmoid", "y = σ(x)", Activation.Sigmoid, torch.sigmoid),
        Activated("activate-tanh", "y = tanh x", Activation.Tanh, torch.tanh),
        Activated("activate-relu", "y = max(0, x)", Activation.Relu, x => F.relu(x)),
    ];

    private static Subject Activated(string name, string summary, Activation kind, Func<Tensor, Tensor> reference) =>
        Unary(name, summary, x => Activate.Forward(x, kind), (dy, saved) => Activate.Backward(dy, saved).DX, reference);
}
