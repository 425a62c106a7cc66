namespace Backprop.Diagnosis;

/// <summary>How well one list of numbers explains another.</summary>
internal static class Fit
{
    /// <summary>Relative residuals below this are rounding.</summary>
    internal const double Exact = 1e-6;

    internal static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    internal static double Norm(double[] a) => Math.Sqrt(Dot(a, a));

    internal static double[] Minus(double[] a, double[] b)
    {
        var difference = new double[a.Length];
        for (var i = 0; i < a.Length; i++) difference[i] = a[i] - b[i];
        return difference;
    }

    internal static double[] Times(double[] a, double[] b)
    {
        var product = new double[a.Length];
        for (var i = 0; i < a.Length; i++) product[i] = a[i] * b[i];
        return product;
    }

    /// <summary>‖a − b‖ over the greater of their norms; 0 when both are 0.</summary>
    internal static double Residual(double[] a, double[] b)
    {
        if (a.Length != b.Length) return double.PositiveInfinity;
        var scale = Math.Max(Norm(a), Norm(b));
        return scale == 0 ? 0 : Norm(Minus(a, b)) / scale;
    }

    internal static bool Same(double[] a, double[] b) => Residual(a, b) <= Exact;

    /// <summary>Of the angle between them; 0 when one is 0.</summary>
    internal static double Cosine(double[] a, double[] b) => Norm(a) * Norm(b) is > 0 and var scale ? Dot(a, b) / scale : 0;

    /// <summary>k with a = k·b to rounding, neither being 0; null when there is none.</summary>
    internal static double? Ratio(double[] a, double[] b)
    {
        if (a.Length != b.Length) return null;
        double aa = 0, ab = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            aa += a[i] * a[i];
            ab += a[i] * b[i];
            bb += b[i] * b[i];
        }
        // The cosine alone cannot see residuals below 1e-8, so what passes it is looked at once more.
        if (!(aa > 0 && bb > 0) || !(ab * ab >= aa * bb * (1 - 1e-9))) return null;
        var k = ab / bb;
        var rest = 0.0;
        for (var i = 0; i < a.Length; i++) rest += (a[i] - k * b[i]) * (a[i] - k * b[i]);
        return rest <= Exact * Exact * aa ? k : null;
    }

    /// <summary>a = Σ cᵢ·columns[i] by least squares; null when the columns are not independent or do not explain a.</summary>
    internal static double[]? Combination(double[] a, IReadOnlyList<double[]> columns) =>
        Solve(a, columns) is { } c && Same(a, Combine(c, columns)) ? c : null;

    internal static double[] Combine(double[] c, IReadOnlyList<double[]> columns)
    {
        var sum = new double[columns.Count == 0 ? 0 : columns[0].Length];
        for (var j = 0; j < c.Length; j++)
            for (var i = 0; i < sum.Length; i++) sum[i] += c[j] * columns[j][i];
        return sum;
    }

    /// <summary>The coefficients of the least squares fit of a by the columns; null when those are (nearly) dependent.</summary>
    internal static double[]? Solve(double[] a, IReadOnlyList<double[]> columns)
    {
        // Gram–Schmidt, twice each: the normal equations would lose half of the digits.
        var n = columns.Count;
        if (n == 0 || n > a.Length) return null;
        var q = new double[n][];
        var r = new double[n, n];
        for (var j = 0; j < n; j++)
        {
            var v = (double[])columns[j].Clone();
            var before = Norm(v);
            for (var pass = 0; pass < 2; pass++)
                for (var i = 0; i < j; i++)
                {
                    var overlap = Dot(q[i], v);
                    r[i, j] += overlap;
                    for (var e = 0; e < v.Length; e++) v[e] -= overlap * q[i][e];
                }
            r[j, j] = Norm(v);
            if (!(r[j, j] > 1e-7 * before)) return null;
            q[j] = Array.ConvertAll(v, number => number / r[j, j]);
        }
        var c = new double[n];
        for (var j = n - 1; j >= 0; j--)
        {
            c[j] = Dot(q[j], a);
            for (var i = j + 1; i < n; i++) c[j] -= r[j, i] * c[i];
            c[j] /= r[j, j];
        }
        return c;
    }
}
