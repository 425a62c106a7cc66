using Backprop.Diagnosis;
using Backprop.Verify;

namespace Backprop.Facade;

/// <summary>One line in a test, of xunit or any other framework: <c>GradientAssert.Right(MySigmoid.Forward, MySigmoid.Backward, Input.Real("x", "N", "D"))</c>.
/// A gradient that is right, or right by convention at a kink, passes; anything else throws, and the message is the report: a check that proves nothing must not
/// look like one that passed.</summary>
public static class GradientAssert
{
    /// <summary>The backward pass of a function of one input is right.</summary>
    /// <exception cref="WrongGradientException">It is not, or that could not be found out.</exception>
    public static CheckReport Right(Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor> backward, Input x, CheckOptions? options = null) =>
        Right(Gradients.Check(forward, backward, x, options));

    /// <summary>The same for two inputs.</summary>
    public static CheckReport Right(Func<Tensor, Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, IReadOnlyList<Tensor>> backward, Input first, Input second, CheckOptions? options = null) =>
        Right(Gradients.Check(forward, backward, first, second, options));

    /// <summary>The same for two inputs, the gradients as a tuple.</summary>
    public static CheckReport Right(Func<Tensor, Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, (Tensor, Tensor)> backward, Input first, Input second, CheckOptions? options = null) =>
        Right(Gradients.Check(forward, backward, first, second, options));

    /// <summary>The same for three inputs.</summary>
    public static CheckReport Right(Func<Tensor, Tensor, Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, Tensor, IReadOnlyList<Tensor>> backward, Input first, Input second, Input third, CheckOptions? options = null) =>
        Right(Gradients.Check(forward, backward, first, second, third, options));

    /// <summary>The same for three inputs, the gradients as a tuple.</summary>
    public static CheckReport Right(Func<Tensor, Tensor, Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, Tensor, (Tensor, Tensor, Tensor)> backward, Input first, Input second, Input third, CheckOptions? options = null) =>
        Right(Gradients.Check(forward, backward, first, second, third, options));

    /// <summary>The same for any number of inputs.</summary>
    public static CheckReport Right(Func<IReadOnlyList<Tensor>, Tensor> forward, Func<Tensor, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> backward, IReadOnlyList<Input> inputs, CheckOptions? options = null) =>
        Right(Gradients.Check(forward, backward, inputs, options));

    /// <summary>The same for methods in any form that `backprop check` understands.</summary>
    public static CheckReport Right(Delegate forward, Delegate backward, params Input[] inputs) => Right(Gradients.Check(forward, backward, inputs));

    /// <summary>The same with options.</summary>
    public static CheckReport Right(Delegate forward, Delegate backward, CheckOptions options, params Input[] inputs) => Right(Gradients.Check(forward, backward, options, inputs));

    /// <summary>A marked type is right.</summary>
    public static CheckReport Right(Type type, CheckOptions? options = null) => Right(Gradients.Check(type, options));

    private static CheckReport Right(CheckReport report) => report.Verdict is Verdict.Right or Verdict.Kink ? report : throw new WrongGradientException(report);
}
