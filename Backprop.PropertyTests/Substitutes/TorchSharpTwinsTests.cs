using System.Reflection;
using System.Runtime.InteropServices;

namespace Backprop.PropertyTests.Substitutes;

/// <summary>
/// Each function of torch does what the method of that name does, and each method that changes its tensor what the one does that makes a new tensor. What the
/// methods compute is tested elsewhere. Arguments are tried until some fit both; those that fit nothing are named.
/// </summary>
public sealed class TorchSharpTwinsTests
{
    /// <summary>Functions that are not their method applied to the first argument, or that nothing below fits: they have tests of their own.</summary>
    private static readonly HashSet<string> Functions = new(StringComparer.Ordinal)
    {
        "empty_like", // what it holds is anything
    };

    /// <summary>In place methods whose plain twin is another thing, or draws other numbers.</summary>
    private static readonly HashSet<string> Methods = new(StringComparer.Ordinal)
    {
        "bernoulli_", // the probability, not the tensor's own
        "detach_", // the same values in any case
    };

    [Fact]
    public void Functions_do_what_methods_do()
    {
        if (!TorchSharpFacts.IsSubstitute) return; // arguments that do not fit end the process in 0.99
        using var scope = torch.NewDisposeScope();
        var (compared, untried) = (0, new List<string>());
        foreach (var function in typeof(torch).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => !Functions.Contains(m.Name) && Plain(m) && m.GetParameters() is [{ ParameterType: var first }, ..] && typeof(Tensor).Equals(first)))
        {
            var parameters = function.GetParameters();
            var method = typeof(Tensor).GetMethod(function.Name, BindingFlags.Public | BindingFlags.Instance, parameters.Skip(1).Select(p => p.ParameterType).ToArray());
            if (method is null || method.ReturnType != function.ReturnType) continue;
            if (Compare(parameters, (a) => function.Invoke(null, a), (a) => method.Invoke(a[0], a[1..]), function.Name.EndsWith('_'))) compared++;
            else untried.Add(function.ToString()!);
        }
        Assert.True(untried.Count == 0, string.Join(Environment.NewLine, untried));
        Assert.InRange(compared, 380, int.MaxValue);
    }

    [Fact]
    public void In_place_methods_do_what_plain_ones_do()
    {
        if (!TorchSharpFacts.IsSubstitute) return;
        using var scope = torch.NewDisposeScope();
        var (compared, untried) = (0, new List<string>());
        foreach (var changing in typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(m => m.Name.EndsWith('_') && !Methods.Contains(m.Name) && Plain(m)))
        {
            var types = changing.GetParameters().Select(p => p.ParameterType).ToArray();
            if (typeof(Tensor).GetMethod(changing.Name[..^1], types) is not { } plain || plain.ReturnType != typeof(Tensor)) continue;
            ParameterInfo[] parameters = [typeof(torch).GetMethod("exp")!.GetParameters()[0], .. changing.GetParameters()];
            if (Compare(parameters, a => changing.Invoke(a[0], a[1..]), a => plain.Invoke(a[0], a[1..]), inPlace: false)
                && Compare(parameters, a => { changing.Invoke(a[0], a[1..]); return a[0]; }, a => plain.Invoke(a[0], a[1..]), inPlace: false)) compared++;
            else untried.Add(changing.ToString()!);
        }
        Assert.True(untried.Count == 0, string.Join(Environment.NewLine, untried));
        Assert.InRange(compared, 100, int.MaxValue);
    }

    [Fact]
    public void A_difference_would_be_noticed()
    {
        if (!TorchSharpFacts.IsSubstitute) return;
        var (cos, exp) = (typeof(Tensor).GetMethod("cos", [])!, typeof(torch).GetMethod("exp", [typeof(Tensor)])!);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Compare(exp.GetParameters(), a => exp.Invoke(null, a), a => cos.Invoke(a[0], []), inPlace: false));
    }

    private static bool Plain(MethodInfo m) => !m.IsGenericMethod && m.GetParameters().All(p => !p.ParameterType.IsByRef && !p.ParameterType.IsByRefLike && !p.ParameterType.Name.StartsWith("Func", StringComparison.Ordinal));

    /// <summary>Calls both with equal arguments of the first kind that both take; false when there is none.</summary>
    private static bool Compare(ParameterInfo[] parameters, Func<object?[], object?> one, Func<object?[], object?> other, bool inPlace)
    {
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            object?[] first = Arguments(parameters, kind), second = Arguments(parameters, kind);
            object? expected, actual;
            try
            {
                torch.manual_seed(5);
                expected = other(second);
                torch.manual_seed(5);
                actual = one(first);
                if (expected is Tensor t && t.is_floating_point() && t.numel() > 0 && t.isnan().all().item<bool>()) continue; // NaN shows nothing
            }
            catch (TargetInvocationException e) when (e.InnerException is ExternalException or ArgumentException or InvalidOperationException or NotImplementedException or NotSupportedException)
            {
                continue;
            }
            Same(expected, actual);
            if (inPlace) Same(second[0], first[0]);
            return true;
        }
        return false;
    }

    private static readonly int[][][] Kinds =
    [
        [[3, 3], [3, 3], [0]], [[3, 3], [3, 3], [1]], [[3, 3], [3, 3], [2]], [[3], [3], [0]], [[2, 3, 3], [2, 3, 3], [0]], [[3], [3, 3], [0]], [[3, 3], [3], [0]], [[3, 3], [2, 3, 3], [0]],
        [[3, 3], [3, 3], [3]], [[3, 2], [3, 2], [0]], [[1, 1], [1, 1], [0]], [[2, 4, 4], [4], [0]], [[3, 3], [1], [0]], [[3], [3, 3], [1]], [[3], [3, 3], [0], [3]],
    ];

    private static object?[] Arguments(ParameterInfo[] parameters, int kind) => parameters.Select((p, i) => Argument(p, i, kind)).ToArray();

    /// <summary>Of float, integer, Boolean or complex elements, in the first shape; other arguments in the second, or from the third on in the last; indices and masks as their names say.</summary>
    private static object? Argument(ParameterInfo p, int place, int kind)
    {
        var (shape, type) = (Array.ConvertAll(Kinds[kind][place < 2 ? place : Kinds[kind].Length == 4 ? 3 : 1], i => (long)i), Kinds[kind][2][0]);
        Tensor Make(int of)
        {
            var count = shape.Aggregate(1L, (a, b) => a * b);
            var values = torch.tensor(Enumerable.Range(0, (int)count).Select(i => 0.1 + 0.17 * ((i * 5 + 3 * place) % 5)).ToArray()).reshape(shape);
            return of switch
            {
                1 => values.mul(6).to_type(torch.ScalarType.Int64).remainder(3),
                2 => values.gt(0.4),
                3 => torch.complex(values, values.mul(0.5)),
                4 => torch.arange(count).remainder(3).reshape(shape),
                _ when shape.Length == 2 && shape[0] == shape[1] && place == 0 => values.add(values.t()).mul(0.15).add(torch.eye(shape[0], dtype: torch.float64).mul(0.5)), // positive definite
                _ => values,
            };
        }
        var t = p.ParameterType;
        if (t == typeof(Tensor) && p.Name is ("index" or "indices" or "repeats" or "indices_or_sections")) return Make(4);
        if (t == typeof(Tensor) && p.Name is ("mask" or "condition")) return Make(2);
        if (t == typeof(Tensor) && p.Name == "q") return torch.tensor(0.25);
        if (t == typeof(Tensor)) return p.HasDefaultValue && p.Name is not ("min" or "max") ? null : Make(type);
        if (t == typeof(Scalar)) return type == 1 ? (Scalar)2 : (Scalar)0.5;
        if (t == typeof(torch.Size)) return (torch.Size)shape;
        if (t == typeof(long[]))
            return p.Name switch
            {
                "permutation" or "dims1" or "dims2" or "source" => [1L, 0L],
                "destination" or "dims" or "dim" or "dimensions" => [0L, 1L],
                "shifts" => shape.Length == 1 ? [1L] : [1L, 2L],
                "shape" or "sizes" or "size" => shape,
                _ => [1L, 2L],
            };
        if (t == typeof((long, long)[])) return new[] { (0L, 1L) };
        if (t == typeof((long, long))) return p.Name == "shifts" ? (1L, 2L) : (0L, 1L);
        if (t == typeof((long, long, long))) return p.Name == "shifts" ? (1L, 2L, 1L) : (0L, 1L, 2L);
        if (t == typeof(IEnumerable<long>)) return new[] { 0L, 1L, 2L };
        if (p.HasDefaultValue) return p.DefaultValue;
        return Type.GetTypeCode(t) switch
        {
            TypeCode.Int64 => p.Name switch { "dim" or "dim0" or "axis0" or "start" or "index" or "dimensions" => 0L, "dim1" or "axis1" => 1L, "high" => 9L, _ => 1L },
            TypeCode.Int32 => t == typeof(torch.ScalarType) ? torch.ScalarType.Float32 : 1,
            TypeCode.Double => 0.5,
            TypeCode.Single => 0.5f,
            TypeCode.Boolean => false,
            _ => t == typeof(long?) ? 0L : t == typeof(torch.ScalarType) ? torch.ScalarType.Float32 : null,
        };
    }

    private static void Same(object? expected, object? actual)
    {
        switch (expected)
        {
            case Tensor t:
                var a = Assert.IsAssignableFrom<Tensor>(actual);
                Assert.Equal(t.shape, a.shape);
                Assert.True(t.is_complex() ? t.Equals(a) : TorchSharpFacts.Values(t).SequenceEqual(TorchSharpFacts.Values(a)), "other values");
                break;
            case System.Runtime.CompilerServices.ITuple tuple:
                var b = Assert.IsAssignableFrom<System.Runtime.CompilerServices.ITuple>(actual);
                for (var i = 0; i < tuple.Length; i++) Same(tuple[i], b[i]);
                break;
            case System.Collections.IEnumerable list when expected is not string:
                var (c, d) = (list.Cast<object>().ToList(), ((System.Collections.IEnumerable)actual!).Cast<object>().ToList());
                Assert.Equal(c.Count, d.Count);
                for (var i = 0; i < c.Count; i++) Same(c[i], d[i]);
                break;
            default:
                Assert.Equal(expected, actual);
                break;
        }
    }
}
