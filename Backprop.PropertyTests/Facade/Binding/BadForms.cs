using Backprop.Facade;

namespace Backprop.PropertyTests.Facade.Binding;

#pragma warning disable IDE0060, CA1000, CA1052 // examples of forms that are not understood

/// <summary>Forms that are not understood; each gets a sentence of its own.</summary>
public static class BadForms
{
    [HandGradient]
    public static class WithoutForward
    {
        public static Tensor Backward(Tensor dy, Tensor x) => dy;
    }

    [HandGradient]
    public class WithInstanceMethods
    {
        public Tensor Forward([Shape("N")] Tensor x) => x;

        public Tensor Backward(Tensor dy, Tensor x) => dy;
    }

    [HandGradient]
    public static class WithAValue
    {
        public static Func<Tensor, Tensor> Forward => x => x;
    }

    [HandGradient]
    public static class WithTwoForwards
    {
        public static Tensor Forward([Shape("N")] Tensor x) => x;

        public static Tensor Forward([Shape("N")] Tensor x, [Shape("N")] Tensor z) => x + z;

        public static Tensor Backward(Tensor dy, Tensor x) => dy;
    }

    [HandGradient]
    public static class Generic<T>
    {
        public static Tensor Forward([Shape("N")] Tensor x) => x;
    }

    [HandGradient]
    public static class WithGenericForward
    {
        public static T Forward<T>([Shape("N")] T x) => x;

        public static Tensor Backward(Tensor dy, Tensor x) => dy;
    }

    [HandGradient]
    public static class WithoutShape
    {
        public static Tensor Forward([Shape("N")] Tensor x, Tensor w) => x * w;

        public static Tensor[] Backward(Tensor dy, Tensor x, Tensor w) => [dy * w, dy * x];
    }

    [HandGradient]
    public static class WithoutDefault
    {
        public static Tensor Forward([Shape("N")] Tensor x, double lambda) => lambda * x;

        public static Tensor Backward(Tensor dy, Tensor x, double lambda) => lambda * dy;
    }

    [HandGradient]
    public static class WithAnArray
    {
        public static Tensor Forward(Tensor[] x) => x[0];

        public static Tensor Backward(Tensor dy, Tensor[] x) => dy;
    }

    [HandGradient]
    public static class WithoutTensors
    {
        public static Tensor Forward(double x = 1) => torch.tensor(x);

        public static Tensor Backward(Tensor dy, double x) => dy;
    }

    [HandGradient]
    public static class ByReference
    {
        public static Tensor Forward([Shape("N")] ref Tensor x) => x;

        public static Tensor Backward(Tensor dy, Tensor x) => dy;
    }

    [HandGradient]
    public static class WithANumber
    {
        public static double Forward([Shape("N")] Tensor x) => x.sum().ToDouble();

        public static Tensor Backward(Tensor dy, Tensor x) => dy;
    }

    [HandGradient]
    public static class WithNumbersForGradients
    {
        public static Tensor Forward([Shape("N")] Tensor x) => x;

        public static double[] Backward(Tensor dy, Tensor x) => [1];
    }

    [HandGradient]
    public static class WithTooFew
    {
        public static Tensor Forward([Shape("N")] Tensor x, [Shape("N")] Tensor w, [Shape()] Tensor b) => x * w + b;

        public static Tensor[] Backward(Tensor dy, Tensor x, Tensor w) => [dy * w, dy * x, dy.sum()];
    }

    [HandGradient]
    public static class WithTooMany
    {
        public static Tensor Forward([Shape("N")] Tensor x) => x;

        public static Tensor Backward(Tensor dy, Tensor y, Tensor x) => dy;
    }

    [HandGradient]
    public static class WithoutCotangent
    {
        public static Tensor Forward([Shape("N")] Tensor x, [Shape("N")] Tensor w) => x * w;

        public static Tensor[] Backward(Tensor x, Tensor w) => [w, x];
    }

    [HandGradient]
    public static class WithCotangentLast
    {
        public static Tensor Forward([Shape("N")] Tensor x) => x;

        public static Tensor Backward(Tensor x, Tensor dy) => dy;
    }

    [HandGradient]
    public static class InAnotherOrder
    {
        public static Tensor Forward([Shape("N", "D")] Tensor x, [Shape("D", "M")] Tensor w) => x.matmul(w);

        public static Tensor[] Backward(Tensor dy, Tensor w, Tensor x) => [dy.matmul(w.t()), x.t().matmul(dy)];
    }

    [HandGradient]
    public static class OfAnotherType
    {
        public static Tensor Forward([Shape("N")] Tensor x, double lambda = 2) => lambda * x;

        public static Tensor Backward(Tensor dy, Tensor x, float lambda) => lambda * dy;
    }

    public sealed record Kept(Tensor X);

    [HandGradient]
    public static class WithAnotherSaved
    {
        public static (Tensor Y, Kept Saved) Forward([Shape("N")] Tensor x) => (x, new(x));

        public static Tensor Backward(Tensor dy, string saved) => dy;
    }

    [HandGradient]
    public static class WithNegativeSize
    {
        public static Tensor Forward([Shape("N", -3)] Tensor x) => x;

        public static Tensor Backward(Tensor dy, Tensor x) => dy;
    }

    [HandGradient]
    public static class WithASumForASize
    {
        public static Tensor Forward([Shape("N+1")] Tensor x) => x;

        public static Tensor Backward(Tensor dy, Tensor x) => dy;
    }

    [HandGradient]
    public static class OfTwoKinds
    {
        public static Tensor Forward([Positive("N"), UnitNorm("N")] Tensor x) => x;

        public static Tensor Backward(Tensor dy, Tensor x) => dy;
    }

    [HandGradient]
    public static class PositiveWithoutShape
    {
        public static Tensor Forward([Positive] Tensor x) => x;

        public static Tensor Backward(Tensor dy, Tensor x) => dy;
    }

    [HandGradient]
    public static class WithTwoShapes
    {
        public static Tensor Forward([Positive("N"), Shape("N")] Tensor x) => x;

        public static Tensor Backward(Tensor dy, Tensor x) => dy;
    }

    [HandGradient]
    public static class WithUnboundedLabels
    {
        public static Tensor Forward([Shape("N")] Tensor x, [Labels] Tensor y) => x;

        public static Tensor Backward(Tensor dy, Tensor x, Tensor y) => dy;
    }

    [HandGradient]
    public static class WithAnEmptyRange
    {
        public static Tensor Forward([Range(1, 0, "N")] Tensor x) => x;

        public static Tensor Backward(Tensor dy, Tensor x) => dy;
    }

    [HandGradient]
    public static class WithOneHotOfNothing
    {
        public static Tensor Forward([OneHot, Shape] Tensor x) => x;

        public static Tensor Backward(Tensor dy, Tensor x) => dy;
    }

    [HandGradient]
    public static class WithAMarkedNumber
    {
        public static Tensor Forward([Shape("N")] Tensor x, [Shape] double lambda = 1) => x;

        public static Tensor Backward(Tensor dy, Tensor x, double lambda) => dy;
    }

    [HandGradient(Operation = "softmx")]
    public static class OfAnUnknownOperation
    {
        public static Tensor Forward([Shape("N")] Tensor x) => x;

        public static Tensor Backward(Tensor dy, Tensor x) => dy;
    }

    [HandGradient]
    [Size("M", 2, 3)]
    public static class WithASizeOfNothing
    {
        public static Tensor Forward([Shape("N", "D")] Tensor x) => x;

        public static Tensor Backward(Tensor dy, Tensor x) => dy;
    }

    [HandGradient]
    [Size("N", 3, 2)]
    public static class WithAnEmptySize
    {
        public static Tensor Forward([Shape("N")] Tensor x) => x;

        public static Tensor Backward(Tensor dy, Tensor x) => dy;
    }

    /// <summary>Understood, but with more outputs than cotangents, which only a call shows.</summary>
    [HandGradient]
    public static class WithMoreOutputsThanCotangents
    {
        public static Tensor[] Forward([Shape("N")] Tensor x) => [x, 2 * x];

        public static Tensor Backward(Tensor dy, Tensor x) => dy;
    }
}
