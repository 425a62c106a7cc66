using System.Runtime.InteropServices;
using Backprop.Facade;
using Backprop.Rules;

namespace Backprop.PropertyTests.Facade.Binding;

#pragma warning disable IDE0060 // examples of forms: not all of them need every parameter

/// <summary>One function, y = λ·(x·w + b), written in every form that is understood; each gradient is right.</summary>
public static class Forms
{
    public static Tensor[] Three(Tensor dy, Tensor x, Tensor w, double lambda) => [lambda * dy.matmul(w.t()), lambda * x.t().matmul(dy), lambda * dy.sum(0L)];

    public static Tensor Right(Tensor x, Tensor w, Tensor b, double lambda) => lambda * (x.matmul(w) + b);

    [HandGradient]
    public static class AsArray
    {
        public static Tensor Forward([Shape("N", "D")] Tensor x, [Shape("D", "M")] Tensor w, [Shape("M")] Tensor b, double lambda = 0.5) => Right(x, w, b, lambda);

        public static Tensor[] Backward(Tensor dy, Tensor x, Tensor w, Tensor b, double lambda) => Three(dy, x, w, lambda);
    }

    [HandGradient]
    internal static class AsInternalList
    {
        internal static Tensor Forward([Shape("N", "D")] Tensor x, [Shape("D", 3)] Tensor w, [Shape(3)] Tensor b, [Optional, DefaultParameterValue(2.0)] double lambda) => Right(x, w, b, lambda);

        internal static IReadOnlyList<Tensor?> Backward(Tensor dy, Tensor x, Tensor w, Tensor b, double lambda) => [.. Three(dy, x, w, lambda)];
    }

    [HandGradient]
    public static class AsSequence
    {
        public static Tensor Forward([Shape("N", "D")] Tensor x, [Shape("D", "2*H")] Tensor w, [Shape("2*H")] Tensor b, float lambda = 0.5f) => Right(x, w, b, lambda);

        public static IEnumerable<Tensor> Backward(Tensor dy, Tensor x, Tensor w, Tensor b, float lambda)
        {
            foreach (var gradient in Three(dy, x, w, lambda)) yield return gradient;
        }
    }

    [HandGradient]
    public static class AsTuple
    {
        public static Tensor Forward([Shape("N", "D")] Tensor x, [Shape("D", "M")] Tensor w, [Shape("M")] Tensor b, int lambda = 3) => Right(x, w, b, lambda);

        public static (Tensor DX, Tensor? DW, Tensor DB) Backward(Tensor dy, Tensor x, Tensor w, Tensor b, int lambda) => Three(dy, x, w, lambda) is [var dx, var dw, var db] ? (dx, dw, db) : default;
    }

    [HandGradient]
    public sealed class AsReferenceTuple
    {
        public static Tensor Forward([Shape("N", "D")] Tensor x, [Shape("D", "M")] Tensor w, [Shape("M")] Tensor b, bool negative = true) => Right(x, w, b, negative ? -1 : 1);

        public static Tuple<Tensor, Tensor, Tensor> Backward(Tensor dy, Tensor x, Tensor w, Tensor b, bool negative) => Three(dy, x, w, negative ? -1 : 1) is [var dx, var dw, var db] ? Tuple.Create(dx, dw, db) : throw new InvalidOperationException();
    }

    public sealed record Grads(Tensor DX, Tensor DW, Tensor DB)
    {
        public Tensor Norm => DX.norm();
    }

    [HandGradient]
    public static class AsRecord
    {
        public static Tensor Forward([Shape("N", "D")] Tensor x, [Shape("D", "M")] Tensor w, [Shape("M")] Tensor b) => Right(x, w, b, 1);

        public static Grads Backward(Tensor dy, Tensor x, Tensor w, Tensor b) => Three(dy, x, w, 1) is [var dx, var dw, var db] ? new(dx, dw, db) : throw new InvalidOperationException();
    }

    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Unnamed(Tensor First, Tensor Second, Tensor Third);

    [HandGradient]
    public static class AsRecordStruct
    {
        public static Tensor Forward([Shape("N", "D")] Tensor x, [Shape("D", "M")] Tensor w, [Shape("M")] Tensor b) => Right(x, w, b, 1);

        public static Unnamed Backward(Tensor dy, Tensor x, Tensor w, Tensor b) => Three(dy, x, w, 1) is [var dx, var dw, var db] ? new(dx, dw, db) : default;
    }

    [HandGradient]
    public static class AsAnonymousType
    {
        public static Tensor Forward([Shape("N", "D")] Tensor x, [Shape("D", "M")] Tensor w, [Shape("M")] Tensor b) => Right(x, w, b, 1);

        public static object Backward(Tensor dy, Tensor x, Tensor w, Tensor b) => Three(dy, x, w, 1) is [var dx, var dw, var db] ? new { dx, dw, db } : throw new InvalidOperationException();
    }

    public sealed class Sorted
    {
        public Tensor? DB { get; init; }
        public Tensor? DW { get; init; }
        public Tensor? DX { get; init; }
    }

    [HandGradient]
    public static class AsClassSortedByName
    {
        public static Tensor Forward([Shape("N", "D")] Tensor x, [Shape("D", "M")] Tensor w, [Shape("M")] Tensor b) => Right(x, w, b, 1);

        public static Sorted Backward(Tensor dy, Tensor x, Tensor w, Tensor b) => Three(dy, x, w, 1) is [var dx, var dw, var db] ? new() { DX = dx, DW = dw, DB = db } : throw new InvalidOperationException();
    }

    [HandGradient]
    public static class OfNineInATuple
    {
        public static Tensor Forward([Shape("N")] Tensor a, [Shape("N")] Tensor b, [Shape("N")] Tensor c, [Shape("N")] Tensor d, [Shape("N")] Tensor e, [Shape("N")] Tensor f, [Shape("N")] Tensor g, [Shape("N")] Tensor h, [Shape("N")] Tensor i) =>
            a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i;

        public static (Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor) Backward(Tensor dy, Tensor a, Tensor b, Tensor c, Tensor d, Tensor e, Tensor f, Tensor g, Tensor h, Tensor i) =>
            (dy, 2 * dy, 3 * dy, 4 * dy, 5 * dy, 6 * dy, 7 * dy, 8 * dy, 9 * dy);
    }

    public sealed record Kept(Tensor X, Tensor W);

    [HandGradient]
    public static class WithPrimal
    {
        public static Primal<Kept> Forward([Shape("N", "D")] Tensor x, [Shape("D", "M")] Tensor w, [Shape("M")] Tensor b, double lambda = 0.5) => new(Right(x, w, b, lambda), new(x, w));

        public static Grads Backward(Tensor dy, Kept saved, double lambda) => Three(dy, saved.X, saved.W, lambda) is [var dx, var dw, var db] ? new(dx, dw, db) : throw new InvalidOperationException();
    }

    [HandGradient]
    public static class WithTensorSaved
    {
        public static Primal<Tensor> Forward([Shape("N", "D")] Tensor x) => x.tanh() is var y ? new(y, y) : throw new InvalidOperationException();

        public static Tensor Backward(Tensor dy, Tensor y) => dy * (1 - y * y);
    }

    [HandGradient]
    public static class WithSavedInATuple
    {
        public static (Tensor Y, Tensor Factor) Forward([Shape("N", "D")] Tensor x) => (x.exp(), x.exp());

        public static Tensor Backward(Tensor dy, Tensor factor) => dy * factor;
    }

    [HandGradient]
    public static class WithTwoOutputs
    {
        public static (Tensor, Tensor) Forward([Shape("N", "D")] Tensor x) => (x.exp(), x.sin());

        public static Tensor Backward(Tensor dy, Tensor dz, Tensor x) => dy * x.exp() + dz * x.cos();
    }

    [HandGradient]
    public static class WithTwoOutputsAndCotangentsInAnArray
    {
        public static Tensor[] Forward([Shape("N", "D")] Tensor x) => [x.exp(), x.sin()];

        public static Tensor Backward(Tensor[] dys, Tensor x) => dys[0] * x.exp() + dys[1] * x.cos();
    }

    [HandGradient]
    public static class WithTwoOutputsAndSaved
    {
        public sealed record Result(Tensor Y, Tensor Z, Kept Saved);

        public static Result Forward([Shape("N", "D")] Tensor x) => new(x.exp(), x.sin(), new(x, x));

        public static Tensor Backward(Tensor dy, Tensor dz, Kept saved) => dy * saved.X.exp() + dz * saved.X.cos();
    }

    [HandGradient]
    public static class WithIndicesBesideTheOutput
    {
        public static (Tensor, Tensor) Forward([Shape("N", "D")] Tensor x) => (x.exp(), x.argmax(1));

        public static Tensor Backward(Tensor dy, Tensor x) => dy * x.exp();
    }

    [HandGradient(Operation = "softmax-cross-entropy")]
    [Size("N", 5, 9)]
    [Size("C", 2, 3)]
    public static class WithLabels
    {
        public static Tensor Forward([Shape("N", "C")] Tensor logits, [Labels("N", "C")] Tensor y, double lambda = 0.1) => -logits.log_softmax(1).gather(1, y.unsqueeze(1)).mean() + lambda * (logits * logits).sum();

        public static Tensor Backward(Tensor dy, Tensor logits, Tensor y, double lambda) =>
            dy * ((logits.softmax(1) - torch.nn.functional.one_hot(y, logits.shape[1]).to_type(logits.dtype)) / logits.shape[0] + 2 * lambda * logits);
    }

    [HandGradient]
    public static class WithNullForLabels
    {
        public static Tensor Forward([Probabilities("N", "C"), NoGradient] Tensor p, [Shape("N", "C")] Tensor x, [Indices("K", "N", Ignored = -1)] Tensor rows) => (p * x).sum() + 0 * rows.sum();

        public static (Tensor?, Tensor, Tensor?) Backward(Tensor dy, Tensor p, Tensor x, Tensor rows) => (null, dy * p, null);
    }

    [HandGradient]
    public static class WithNothingReturned
    {
        public static Tensor Forward([Shape("N")] Tensor x, [Shape("N")] Tensor z) => x + z;

        public static Tensor?[] Backward(Tensor dy, Tensor x, Tensor z) => [dy, null];
    }

    [HandGradient]
    public static class WithCache
    {
        private static readonly Tensor Two = torch.tensor(2.0, torch.float64);
        private static Tensor? _three;
        private static readonly Dictionary<string, Lazy<Tensor[]>> Table = new(StringComparer.Ordinal);

        public static Tensor Forward([Shape("N")] Tensor x)
        {
            _three ??= torch.tensor(3.0, torch.float64);
            if (!Table.ContainsKey("five")) Table["five"] = new(() => [torch.tensor(5.0, torch.float64)]);
            return Two * _three * Table["five"].Value[0] * x;
        }

        public static Tensor Backward(Tensor dy, Tensor x) => dy * Two * _three! * Table["five"].Value[0];
    }
    private sealed record Entry(Tensor Factor);

    private static class Table
    {
        internal static readonly Entry[] Entries;

        static Table() => Entries = [new(torch.tensor(7.0, torch.float64))];
    }

    /// <summary>The first use of a table is in a scope of Forward's own; it must have been made before.</summary>
    [HandGradient]
    public static class WithItsOwnScope
    {
        public static Tensor Forward([Shape("N")] Tensor x)
        {
            using var scope = torch.NewDisposeScope();
            return (x * Table.Entries[0].Factor).MoveToOuterDisposeScope();
        }

        public static Tensor Backward(Tensor dy, Tensor x) => dy * Table.Entries[0].Factor;
    }

    [HandGradient]
    public static class Talkative
    {
        public static Tensor Forward([Shape("N")] Tensor x)
        {
            Console.WriteLine("forward speaks");
            return 2 * x;
        }

        public static Tensor Backward(Tensor dy, Tensor x) => 2 * dy;
    }

    /// <summary>The sum of a softmax is 1 whatever its input.</summary>
    [HandGradient]
    public static class WithoutInfluence
    {
        public static Tensor Forward([Shape("N", "D")] Tensor x) => x.softmax(1).sum(1L);

        public static Tensor Backward(Tensor dy, Tensor x) => torch.zeros_like(x);
    }
}

/// <summary>Two classes of one name.</summary>
public static class Twins
{
    public static class First
    {
        [HandGradient]
        public static class Same
        {
            public static Tensor Forward([Shape("N")] Tensor x) => x;

            public static Tensor Backward(Tensor dy, Tensor x) => dy;
        }
    }

    public static class Second
    {
        [HandGradient]
        public static class Same
        {
            public static Tensor Forward([Shape("N")] Tensor x) => -x;

            public static Tensor Backward(Tensor dy, Tensor x) => -dy;
        }
    }

    [HandGradient]
    public static class Alone
    {
        public static Tensor Forward([Shape("N")] Tensor x) => x;

        public static Tensor Backward(Tensor dy, Tensor x) => dy;
    }
}
