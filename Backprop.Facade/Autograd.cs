using System.Diagnostics;
using Backprop.Verify;

namespace Backprop.Facade;

#pragma warning disable CA1707 // PyTorch's own names, so that a call written for it needs no other words here.

/// <summary>PyTorch's gradcheck and gradgradcheck, by PyTorch's names and with PyTorch's defaults.</summary>
/// <remarks>They judge a function that autograd differentiates, at one point, and say where its Jacobian and that of differences part. For a gradient written by hand, and
/// for the cause, see <see cref="Gradients"/>. An input that requires a gradient and is not float64 is warned of through <see cref="Trace"/>.</remarks>
public static class Autograd
{
    /// <summary>Whether the gradients by autograd of a function of one tensor agree with differences.</summary>
    /// <param name="func">From a tensor to a tensor.</param>
    /// <param name="inputs">The point: it must require a gradient. Its entries are moved in place, and put back.</param>
    /// <param name="eps">How far each entry is moved, to either side.</param>
    /// <param name="atol">The absolute tolerance.</param>
    /// <param name="rtol">The relative tolerance.</param>
    /// <param name="raise_exception">Whether to throw what is wrong, instead of returning false.</param>
    /// <param name="nondet_tol">How much two backward passes for the same cotangent may differ.</param>
    /// <param name="check_grad_dtypes">Whether a gradient of another dtype than its input is an error.</param>
    /// <param name="fast_mode">Compares one random projection of each Jacobian instead of all entries.</param>
    /// <exception cref="GradCheckException">They do not, and <paramref name="raise_exception"/> is set; the message says where.</exception>
    /// <exception cref="ArgumentException">No input requires a gradient, or one cannot be checked.</exception>
    public static bool gradcheck(Func<Tensor, Tensor> func, Tensor inputs, double eps = 1e-6, double atol = 1e-5, double rtol = 1e-3, bool raise_exception = true, double nondet_tol = 0, bool check_grad_dtypes = false, bool fast_mode = false) =>
        First(x => [func(x[0])], [inputs], eps, atol, rtol, raise_exception, nondet_tol, check_grad_dtypes, fast_mode);

    /// <summary>Whether the gradients by autograd of a function of two tensors agree with differences.</summary>
    /// <inheritdoc cref="gradcheck(Func{Tensor, Tensor}, Tensor, double, double, double, bool, double, bool, bool)"/>
    public static bool gradcheck(Func<Tensor, Tensor, Tensor> func, IReadOnlyList<Tensor> inputs, double eps = 1e-6, double atol = 1e-5, double rtol = 1e-3, bool raise_exception = true, double nondet_tol = 0, bool check_grad_dtypes = false, bool fast_mode = false) =>
        First(x => [func(x[0], x[1])], Counted(inputs, 2), eps, atol, rtol, raise_exception, nondet_tol, check_grad_dtypes, fast_mode);

    /// <summary>Whether the gradients by autograd of a function of three tensors agree with differences.</summary>
    /// <inheritdoc cref="gradcheck(Func{Tensor, Tensor}, Tensor, double, double, double, bool, double, bool, bool)"/>
    public static bool gradcheck(Func<Tensor, Tensor, Tensor, Tensor> func, IReadOnlyList<Tensor> inputs, double eps = 1e-6, double atol = 1e-5, double rtol = 1e-3, bool raise_exception = true, double nondet_tol = 0, bool check_grad_dtypes = false, bool fast_mode = false) =>
        First(x => [func(x[0], x[1], x[2])], Counted(inputs, 3), eps, atol, rtol, raise_exception, nondet_tol, check_grad_dtypes, fast_mode);

    /// <summary>Whether the gradients by autograd of a function of any number of tensors, with any number of results, agree with differences.</summary>
    /// <inheritdoc cref="gradcheck(Func{Tensor, Tensor}, Tensor, double, double, double, bool, double, bool, bool)"/>
    public static bool gradcheck(Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> func, IReadOnlyList<Tensor> inputs, double eps = 1e-6, double atol = 1e-5, double rtol = 1e-3, bool raise_exception = true, double nondet_tol = 0, bool check_grad_dtypes = false, bool fast_mode = false) =>
        First(func, inputs, eps, atol, rtol, raise_exception, nondet_tol, check_grad_dtypes, fast_mode);

    /// <summary>Whether the second derivatives by autograd of a function of one tensor agree with differences of the first.</summary>
    /// <param name="func">From a tensor to a tensor.</param>
    /// <param name="inputs">The point: it must require a gradient. Its entries are moved in place, and put back.</param>
    /// <param name="grad_outputs">The cotangent that the gradients are taken for; random when null. Where it requires a gradient, the derivative with respect to it is checked too.</param>
    /// <param name="eps">How far each entry is moved, to either side.</param>
    /// <param name="atol">The absolute tolerance.</param>
    /// <param name="rtol">The relative tolerance.</param>
    /// <param name="raise_exception">Whether to throw what is wrong, instead of returning false.</param>
    /// <param name="nondet_tol">How much two backward passes for the same cotangent may differ.</param>
    /// <param name="check_grad_dtypes">Whether a gradient of another dtype than its input is an error.</param>
    /// <param name="fast_mode">Compares one random projection of each Jacobian instead of all entries.</param>
    /// <exception cref="GradCheckException">They do not, and <paramref name="raise_exception"/> is set; the message says where.</exception>
    /// <exception cref="ArgumentException">No input requires a gradient, or one cannot be checked.</exception>
    public static bool gradgradcheck(Func<Tensor, Tensor> func, Tensor inputs, Tensor? grad_outputs = null, double eps = 1e-6, double atol = 1e-5, double rtol = 1e-3, bool raise_exception = true, double nondet_tol = 0, bool check_grad_dtypes = false, bool fast_mode = false) =>
        Second(x => [func(x[0])], [inputs], One(grad_outputs), eps, atol, rtol, raise_exception, nondet_tol, check_grad_dtypes, fast_mode);

    /// <summary>Whether the second derivatives by autograd of a function of two tensors agree with differences of the first.</summary>
    /// <inheritdoc cref="gradgradcheck(Func{Tensor, Tensor}, Tensor, Tensor?, double, double, double, bool, double, bool, bool)"/>
    public static bool gradgradcheck(Func<Tensor, Tensor, Tensor> func, IReadOnlyList<Tensor> inputs, Tensor? grad_outputs = null, double eps = 1e-6, double atol = 1e-5, double rtol = 1e-3, bool raise_exception = true, double nondet_tol = 0, bool check_grad_dtypes = false, bool fast_mode = false) =>
        Second(x => [func(x[0], x[1])], Counted(inputs, 2), One(grad_outputs), eps, atol, rtol, raise_exception, nondet_tol, check_grad_dtypes, fast_mode);

    /// <summary>Whether the second derivatives by autograd of a function of three tensors agree with differences of the first.</summary>
    /// <inheritdoc cref="gradgradcheck(Func{Tensor, Tensor}, Tensor, Tensor?, double, double, double, bool, double, bool, bool)"/>
    public static bool gradgradcheck(Func<Tensor, Tensor, Tensor, Tensor> func, IReadOnlyList<Tensor> inputs, Tensor? grad_outputs = null, double eps = 1e-6, double atol = 1e-5, double rtol = 1e-3, bool raise_exception = true, double nondet_tol = 0, bool check_grad_dtypes = false, bool fast_mode = false) =>
        Second(x => [func(x[0], x[1], x[2])], Counted(inputs, 3), One(grad_outputs), eps, atol, rtol, raise_exception, nondet_tol, check_grad_dtypes, fast_mode);

    /// <summary>Whether the second derivatives by autograd of a function of any number of tensors, with any number of results, agree with differences of the first.</summary>
    /// <inheritdoc cref="gradgradcheck(Func{Tensor, Tensor}, Tensor, Tensor?, double, double, double, bool, double, bool, bool)"/>
    public static bool gradgradcheck(Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> func, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor>? grad_outputs = null, double eps = 1e-6, double atol = 1e-5, double rtol = 1e-3, bool raise_exception = true, double nondet_tol = 0, bool check_grad_dtypes = false, bool fast_mode = false) =>
        Second(func, inputs, grad_outputs, eps, atol, rtol, raise_exception, nondet_tol, check_grad_dtypes, fast_mode);

    private static bool First(Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> func, IReadOnlyList<Tensor> inputs, double eps, double atol, double rtol, bool raise_exception, double nondet_tol, bool check_grad_dtypes, bool fast_mode) =>
        Passed(GradCheck.Mismatch(func, Warned(inputs), Options(eps, atol, rtol, nondet_tol, check_grad_dtypes, fast_mode)), inputs, raise_exception);

    private static bool Second(Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> func, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor>? grad_outputs, double eps, double atol, double rtol, bool raise_exception, double nondet_tol, bool check_grad_dtypes, bool fast_mode) =>
        Passed(GradCheck.SecondMismatch(func, Warned(inputs), grad_outputs, Options(eps, atol, rtol, nondet_tol, check_grad_dtypes, fast_mode)), inputs, raise_exception);

    private static GradCheckOptions Options(double eps, double atol, double rtol, double nondet_tol, bool check_grad_dtypes, bool fast_mode) =>
        new() { Step = eps, Absolute = atol, Relative = rtol, Nondeterminism = nondet_tol, Dtypes = check_grad_dtypes, Fast = fast_mode };

    private static bool Passed(string? mismatch, IReadOnlyList<Tensor> inputs, bool raise_exception) => (mismatch, raise_exception) switch
    {
        (null, _) => true,
        (_, false) => false,
        _ => throw new GradCheckException(string.Join('\n', [mismatch, .. Warnings(inputs)])),
    };

    private static IReadOnlyList<Tensor> Warned(IReadOnlyList<Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (var warning in Warnings(inputs)) Trace.TraceWarning(warning);
        return inputs;
    }

    private static IEnumerable<string> Warnings(IReadOnlyList<Tensor> inputs) =>
        GradCheck.Imprecise(inputs).Select(place => $"Input {place} requires a gradient and is {inputs[place].dtype}, not Float64: with so few digits this check will likely fail.");

    private static IReadOnlyList<Tensor>? One(Tensor? gradOutput) => gradOutput is null ? null : [gradOutput];

    private static IReadOnlyList<Tensor> Counted(IReadOnlyList<Tensor> inputs, int count) =>
        inputs?.Count == count ? inputs : throw new ArgumentException($"inputs: expected {count} tensors, one for each argument of func, got {inputs?.Count ?? 0}.", nameof(inputs));
}
