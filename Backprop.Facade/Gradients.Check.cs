using Backprop.Diagnosis;
using Backprop.Facade.Binding;
using Backprop.Verify;

namespace Backprop.Facade;

public static partial class Gradients
{
    /// <summary>Checks a backward pass of your own against autograd and differences, and says why it is wrong where it is.</summary>
    /// <param name="forward">x → the result.</param>
    /// <param name="backward">dy, x → dx.</param>
    /// <param name="x">How x is drawn, e.g. <c>Input.Real("x", "N", "D")</c>, or a tensor.</param>
    /// <param name="options">Cases, seed, dtype, device, tolerance; null for the defaults.</param>
    /// <exception cref="LibtorchUnavailableException">libtorch, or the device, cannot be used.</exception>
    public static CheckReport Check(Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor> backward, Input x, CheckOptions? options = null) =>
        Check(Specimens.Of(forward, backward, [x]), options);

    /// <summary>The same for two inputs: backward gives dx₁ and dx₂.</summary>
    public static CheckReport Check(Func<Tensor, Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, IReadOnlyList<Tensor>> backward, Input first, Input second, CheckOptions? options = null) =>
        Check(Specimens.Of(forward, backward, [first, second]), options);

    /// <summary>The same for two inputs, the gradients as a tuple.</summary>
    public static CheckReport Check(Func<Tensor, Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, (Tensor, Tensor)> backward, Input first, Input second, CheckOptions? options = null) =>
        Check(Specimens.Of(forward, backward, [first, second]), options);

    /// <summary>The same for three inputs.</summary>
    public static CheckReport Check(Func<Tensor, Tensor, Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, Tensor, IReadOnlyList<Tensor>> backward, Input first, Input second, Input third, CheckOptions? options = null) =>
        Check(Specimens.Of(forward, backward, [first, second, third]), options);

    /// <summary>The same for three inputs, the gradients as a tuple.</summary>
    public static CheckReport Check(Func<Tensor, Tensor, Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, Tensor, (Tensor, Tensor, Tensor)> backward, Input first, Input second, Input third, CheckOptions? options = null) =>
        Check(Specimens.Of(forward, backward, [first, second, third]), options);

    /// <summary>The same for any number of inputs.</summary>
    public static CheckReport Check(Func<IReadOnlyList<Tensor>, Tensor> forward, Func<Tensor, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> backward, IReadOnlyList<Input> inputs, CheckOptions? options = null) =>
        Check(Specimens.Of(forward, backward, inputs), options);

    /// <summary>The same for methods in any form that `backprop check` understands: constants with defaults, several outputs, gradients as an array, tuple or record.</summary>
    /// <param name="forward">Takes tensors, and constants with defaults.</param>
    /// <param name="backward">Takes a cotangent for each output, then the same parameters or what Forward saved.</param>
    /// <param name="inputs">Forward's tensors in order; none when the attributes of Forward's parameters describe them.</param>
    /// <exception cref="FormException">Their form is not understood; the message names the parameter and says what to write.</exception>
    /// <exception cref="LibtorchUnavailableException">libtorch, or the device, cannot be used.</exception>
    public static CheckReport Check(Delegate forward, Delegate backward, params Input[] inputs) => Check(Specimens.Of(forward, backward, inputs), options: null);

    /// <summary>The same with options.</summary>
    public static CheckReport Check(Delegate forward, Delegate backward, CheckOptions options, params Input[] inputs) => Check(Specimens.Of(forward, backward, inputs), options);

    /// <summary>Checks a marked type: a static class or F# module with Forward and Backward.</summary>
    /// <exception cref="FormException">Its form is not understood.</exception>
    public static CheckReport Check(Type type, CheckOptions? options = null) => Check(Specimens.Of(type), options);

    /// <summary>Checks layers in a row: when the chain is wrong, names the first layer, seen from the loss, whose own backward pass is.</summary>
    /// <param name="x">How the first layer's input is drawn.</param>
    /// <param name="layers">First to last.</param>
    /// <exception cref="LibtorchUnavailableException">libtorch cannot be used.</exception>
    public static ChainReport CheckChain(Input x, params Layer[] layers)
    {
        Libtorch.EnsureLoaded();
        return Chain.Check(x, layers);
    }

    /// <summary>Checks a specimen.</summary>
    /// <exception cref="LibtorchUnavailableException">libtorch, or the device, cannot be used.</exception>
    public static CheckReport Check(Specimen specimen, CheckOptions? options = null, CancellationToken cancellation = default)
    {
        Libtorch.EnsureLoaded();
        Libtorch.EnsureDevice((options ?? new()).Device);
        return Checker.Check(specimen, options, cancellation);
    }
}
