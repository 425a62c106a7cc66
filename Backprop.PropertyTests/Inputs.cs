namespace Backprop.PropertyTests;

/// <summary>A matrix of plain numbers, which shrinks and prints well; tensors are made of it where they are used, in the scope of that use.</summary>
internal sealed record Matrix(int Rows, int Columns, double[] Entries)
{
    public Tensor Tensor() => torch.tensor(Entries, [Rows, Columns], torch.float64);

    public override string ToString() => $"{Rows}×{Columns} [{string.Join(", ", Entries)}]";
}

/// <summary>What the properties are tested on.</summary>
internal static class Inputs
{
    /// <summary>Numbers as they come, among them equal ones and zeros.</summary>
    public static readonly Gen<double> Real = Gen.OneOf(Gen.Double[-10, 10], Gen.Int[-3, 3].Select(n => (double)n));

    /// <summary>N×C with N from 1 to 5 and C from 1 to 6.</summary>
    public static readonly Gen<Matrix> Logits = Sized(Gen.Int[1, 5], Gen.Int[1, 6], Real);

    /// <summary>Logits as extreme as ±10⁴.</summary>
    public static readonly Gen<Matrix> ExtremeLogits = Sized(Gen.Int[1, 5], Gen.Int[1, 6], Gen.OneOf(Gen.Double[-1e4, 1e4], Gen.OneOfConst(-1e4, 0.0, 1e4)));

    /// <summary>Two matrices of one shape: an input and a cotangent.</summary>
    public static readonly Gen<(Matrix X, Matrix DY)> Pair =
        from n in Gen.Int[1, 5]
        from c in Gen.Int[1, 6]
        from x in Of(n, c, Real)
        from dy in Of(n, c, Gen.Double[-2, 2])
        select (x, dy);

    /// <summary>Logits and a label for each row.</summary>
    public static readonly Gen<(Matrix X, long[] Labels)> Labelled =
        from n in Gen.Int[1, 5]
        from c in Gen.Int[1, 6]
        from x in Of(n, c, Real)
        from labels in Gen.Int[0, c - 1].Select(label => (long)label).Array[n]
        select (x, labels);

    /// <summary>Factors of a product and a cotangent for it.</summary>
    public static readonly Gen<(Matrix X, Matrix W, Matrix DY)> Product =
        from n in Gen.Int[1, 5]
        from d in Gen.Int[1, 5]
        from m in Gen.Int[1, 5]
        from x in Of(n, d, Real)
        from w in Of(d, m, Real)
        from dy in Of(n, m, Real)
        select (x, w, dy);

    private static Gen<Matrix> Sized(Gen<int> rows, Gen<int> columns, Gen<double> entry) =>
        from n in rows
        from c in columns
        from matrix in Of(n, c, entry)
        select matrix;

    private static Gen<Matrix> Of(int rows, int columns, Gen<double> entry) => entry.Array[rows * columns].Select(entries => new Matrix(rows, columns, entries));
}
