using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Backprop.PropertyTests.Substitutes;

/// <summary>What this repository expects of CsCheck; the real one and the substitute must both do it.</summary>
/// <remarks>The real one runs cases on several threads and simplifies by luck: hence the many cases and the wide bounds.</remarks>
public sealed class CsCheckTests
{
    [Fact]
    public void Whole_numbers_keep_to_their_range_and_reach_both_ends()
    {
        Reaches(Gen.Int[-3, 4], -3, 4);
        Reaches(Gen.UInt[2, 6], 2u, 6u);
        Reaches(Gen.Long[-2, 1], -2L, 1L);
        Reaches(Gen.ULong[7, 9], 7UL, 9UL);
        Reaches(Gen.Byte[0, 5], (byte)0, (byte)5);
        Reaches(Gen.Char['c', 'f'], 'c', 'f');
        Reaches(Gen.Bool.Select(b => b ? 1 : 0), 0, 1);
        Reaches(Gen.Int[5, 5], 5, 5);
    }

    [Fact]
    public void Whole_numbers_come_in_every_size()
    {
        Assert.All(Draw(Gen.Int.Positive, 500), i => Assert.InRange(i, 1, int.MaxValue));
        Assert.All(Draw(Gen.Int.NonNegative, 500), i => Assert.InRange(i, 0, int.MaxValue));
        Assert.All(Draw(Gen.Long[-5_000_000_000, 5_000_000_000], 500), i => Assert.InRange(i, -5_000_000_000, 5_000_000_000));
        Sizes(Draw(Gen.Int, 1000).ConvertAll(i => (double)i), -10_000_000, 10_000_000);
        Sizes(Draw(Gen.Long, 1000).ConvertAll(i => (double)i), -1e15, 1e15);
        Sizes(Draw(Gen.UInt, 1000).ConvertAll(i => (double)i), 0, 10_000_000);
        Sizes(Draw(Gen.ULong, 1000).ConvertAll(i => (double)i), 0, 1e15);
        Assert.Contains(Draw(Gen.Byte, 5000), b => b == 255);
        Assert.InRange(Draw(Gen.Int.Uniform, 100).Max(), 100_000_000, int.MaxValue);
        Assert.InRange(Draw(Gen.UInt.Uniform, 100).Max(), 100_000_000u, uint.MaxValue);
        Assert.InRange(Draw(Gen.Long.Uniform, 100).Max(), 100_000_000L, long.MaxValue);
        Assert.InRange(Draw(Gen.ULong.Uniform, 100).Max(), 100_000_000UL, ulong.MaxValue);
    }

    [Fact]
    public void Real_numbers_keep_to_their_range_and_reach_both_ends()
    {
        Reaches(Gen.Double[-2, 3], -2, 3);
        Reaches(Gen.Float[-2, 3], -2, 3);
        Reaches(Gen.Decimal[-2, 3], -2, 3);
        Assert.All(Draw(Gen.Double[0.25, 0.75], 1000), x => Assert.InRange(x, 0.25, 0.75));
        Assert.All(Draw(Gen.Double[-7.5, -0.125], 1000), x => Assert.InRange(x, -7.5, -0.125));
        Assert.All(Draw(Gen.Double, 1000), x => Assert.InRange(x, -1e50, 1e50));
        Assert.All(Draw(Gen.Float, 1000), x => Assert.InRange(x, -1e25f, 1e25f));
        Assert.All(Draw(Gen.Single, 1000), x => Assert.True(float.IsFinite(x)));
        Assert.All(Draw(Gen.Double.Unit, 1000), x => Assert.True(x is >= 0 and < 1));
        Assert.All(Draw(Gen.Float.Unit, 1000), x => Assert.True(x is >= 0 and < 1));
        Assert.All(Draw(Gen.Decimal.Unit, 1000), x => Assert.True(x is >= 0 and < 1));
        Assert.All(Draw(Gen.Double.OneTwo, 1000), x => Assert.True(x is >= 1 and < 2));
        Assert.All(Draw(Gen.Float.OneTwo, 1000), x => Assert.True(x is >= 1 and < 2));
        Sizes(Draw(Gen.Double, 20_000), -1e20, 1e20);
        Assert.Contains(Draw(Gen.Double, 2000), x => x != 0 && Math.Abs(x) < 1e-20);
        var special = Draw(Gen.Double.Special, 10_000);
        double[] expected = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, double.MaxValue, double.Epsilon];
        Assert.Empty(expected.Except(special));
        Assert.Contains(float.NaN, Draw(Gen.Float.Special, 10_000));
    }

    [Fact]
    public void Collections_keep_to_their_lengths_and_reach_both_ends()
    {
        Reaches(Gen.Int.Array[2, 5].Select(a => a.Length), 2, 5);
        Reaches(Gen.Int.List[0, 3].Select(l => l.Count), 0, 3);
        Reaches(Gen.Int.Array[Gen.Int[1, 2]].Select(a => a.Length), 1, 2);
        Reaches(Gen.Int.List[Gen.Int[1, 2]].Select(a => a.Count), 1, 2);
        Reaches(Gen.String[1, 4].Select(s => s.Length), 1, 4);
        Reaches(Gen.Int.Array2D[Gen.Int[1, 3], Gen.Const(2)].Select(a => a.GetLength(0)), 1, 3);
        Assert.All(Draw(Gen.Int.Array, 300), a => Assert.InRange(a.Length, 0, 127));
        Assert.All(Draw(Gen.Int.List, 300), a => Assert.InRange(a.Count, 0, 127));
        Assert.All(Draw(Gen.Int.Array.Nonempty, 300), a => Assert.InRange(a.Length, 1, 128));
        Assert.All(Draw(Gen.Int.List.Nonempty, 300), a => Assert.InRange(a.Count, 1, 128));
        Assert.All(Draw(Gen.Int.Array2D.Nonempty, 5), a => Assert.InRange(a.GetLength(1), 1, 128));
        Assert.Equal(7, Gen.Int.Array[7].Single().Length);
        Assert.Equal(7, Gen.Int.List[7].Single().Count);
        var matrix = Gen.Int[1, 9].Array2D[2, 3].Single();
        Assert.Equal((2, 3), (matrix.GetLength(0), matrix.GetLength(1)));
        Assert.All(matrix.Cast<int>(), i => Assert.InRange(i, 1, 9));
    }

    [Fact]
    public void Text_has_the_characters_asked_for()
    {
        Assert.All(Draw(Gen.Char, 300), c => Assert.InRange(c, ' ', '~'));
        Assert.All(Draw(Gen.Char["xyz"], 100), c => Assert.Contains(c, "xyz"));
        Assert.All(Draw(Gen.Char.AlphaNumeric, 300), c => Assert.True(char.IsAsciiLetterOrDigit(c)));
        Assert.All(Draw(Gen.String.AlphaNumeric, 50), s => Assert.All(s, c => Assert.True(char.IsAsciiLetterOrDigit(c))));
        Assert.All(Draw(Gen.String["ab"], 50), s => Assert.All(s, c => Assert.Contains(c, "ab")));
        Assert.All(Draw(Gen.String[Gen.Char['p', 'q'], 1, 3], 50), s => Assert.Matches("^[pq]{1,3}$", s));
        Assert.All(Draw(Gen.String[Gen.Char['p', 'q']], 50), s => Assert.Matches("^[pq]*$", s));
        Assert.All(Draw(Gen.String, 50), s => Assert.InRange(s.Length, 0, 127));
    }

    [Fact]
    public void Choices_are_made_among_what_is_given()
    {
        Assert.Equal([1, 2, 3], Seen(Gen.OneOfConst(1, 2, 3)));
        Assert.Equal([1, 2, 3], Seen(Gen.OneOf(Gen.Const(1), Gen.Int[2, 3])));
        Assert.Equal(["a", "b"], Seen(Gen.OneOf<object>(Gen.Const("a"), Gen.Const("b"))));
        Assert.Equal([1, 3], Seen(Gen.FrequencyConst((1, 1), (0, 2), (5, 3))));
        Assert.Equal([1, 3], Seen(Gen.Frequency((1, Gen.Const(1)), (0, Gen.Const(2)), (5, Gen.Const(3)))));
        Assert.Equal(Enum.GetValues<DayOfWeek>(), Seen(Gen.Enum<DayOfWeek>()));
        Assert.Equal([null, 4], Seen(Gen.Const(4).Nullable()));
        Assert.Equal([null, "x"], Seen(Gen.Const("x").Null(0.5)));
        Assert.Equal(["x"], Seen(Gen.Const("x").Null(0)));
        var often = Draw(Gen.FrequencyConst((1, false), (9, true)), 2000).Count(b => b);
        Assert.InRange(often, 1600, 1980);
        var anew = Gen.Const(() => new object());
        Assert.NotSame(anew.Single(), anew.Single());
    }

    [Fact]
    public void Shuffles_are_permutations()
    {
        int[] ordered = [1, 2, 3, 4, 5, 6];
        Gen.Shuffle(ordered).Sample(a => Assert.Equal(ordered, a.Order()));
        Gen.Shuffle(ordered, 3).Sample(a => a.Length == 3 && a.Distinct().Count() == 3 && a.All(ordered.Contains));
        Gen.Shuffle(ordered.ToList()).Sample(l => l.Order().SequenceEqual(ordered));
        Gen.Shuffle(ordered.ToList(), 2).Sample(l => l.Count == 2 && l[0] != l[1]);
        Assert.Contains(Draw(Gen.Shuffle(ordered), 100), a => !a.SequenceEqual(ordered));
        Assert.Equal([1, 2, 3, 4, 5, 6], ordered);
    }

    [Fact]
    public void Queries_compose()
    {
        var gen =
            from n in Gen.Int[1, 9]
            from xs in Gen.Int[0, n].Array[n]
            where xs.Sum() % 2 == 0
            select (n, xs);
        gen.Sample((n, xs) => xs.Length == n && xs.All(x => x <= n) && xs.Sum() % 2 == 0);
        Gen.Int[1, 5].SelectMany(n => Gen.Int[n, 9]).Sample(m => Assert.InRange(m, 1, 9));
        Gen.Select(Gen.Int[1, 3], Gen.Int[4, 6]).SelectMany((a, b) => Gen.Int[a, b]).Sample(m => Assert.InRange(m, 1, 6));
        Gen.Select(Gen.Int[1, 3], Gen.Int[4, 6], Gen.Int[7, 8]).SelectMany((a, _, c) => Gen.Int[a, c]).Sample(m => Assert.InRange(m, 1, 8));
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9]).Where((a, b) => a <= b).Sample((a, b) => a <= b);
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Bool).Where((a, b, c) => c || a <= b).Sample((a, b, c) => c || a <= b);
    }

    [Fact]
    public void Tuples_are_generated_and_taken_apart()
    {
        Gen<int> a = Gen.Int[1, 1], b = Gen.Int[2, 2], c = Gen.Int[3, 3], d = Gen.Int[4, 4], e = Gen.Int[5, 5], f = Gen.Int[6, 6];
        Assert.Equal((1, 2), a.Select(b).Single());
        Assert.Equal((1, 2, 3), Gen.Select(a, b, c).Single());
        Assert.Equal((1, 2, 3, 4), Gen.Select(a, b, c, d).Single());
        Assert.Equal((1, 2, 3, 4, 5), Gen.Select(a, b, c, d, e).Single());
        Assert.Equal((1, 2, 3, 4, 5, 6), Gen.Select(a, b, c, d, e, f).Single());
        Assert.Equal(3, Gen.Select(a, b, (x, y) => x + y).Single());
        Assert.Equal(6, Gen.Select(a, b, c, (x, y, z) => x + y + z).Single());
        Assert.Equal(10, Gen.Select(a, b, c, d, (x, y, z, u) => x + y + z + u).Single());
        Assert.Equal(15, Gen.Select(a, b, c, d, e, (x, y, z, u, v) => x + y + z + u + v).Single());
        Assert.Equal(21, Gen.Select(a, b, c, d, e, f, (x, y, z, u, v, w) => x + y + z + u + v + w).Single());
        Assert.Equal(3, Gen.Select(a, b).Select((x, y) => x + y).Single());
        Assert.Equal(6, Gen.Select(a, b, c).Select((x, y, z) => x + y + z).Single());
        Assert.Equal(10, Gen.Select(a, b, c, d).Select((x, y, z, u) => x + y + z + u).Single());
        Assert.Equal(15, Gen.Select(a, b, c, d, e).Select((x, y, z, u, v) => x + y + z + u + v).Single());
        Assert.Equal(21, Gen.Select(a, b, c, d, e, f).Select((x, y, z, u, v, w) => x + y + z + u + v + w).Single());
        a.Select(b).Sample((x, y) => Assert.Equal(3, x + y));
        Gen.Select(a, b, c).Sample((x, y, z) => Assert.Equal(6, x + y + z));
        Gen.Select(a, b, c, d).Sample((x, y, z, u) => Assert.Equal(10, x + y + z + u));
        Gen.Select(a, b, c, d, e).Sample((x, y, z, u, v) => Assert.Equal(15, x + y + z + u + v));
        Assert.Throws<CsCheckException>(() => a.Select(b).Sample((x, y) => x + y != 3));
        Assert.Throws<CsCheckException>(() => Gen.Select(a, b, c).Sample((x, y, z) => x + y + z != 6));
        Assert.Throws<CsCheckException>(() => Gen.Select(a, b, c, d).Sample((x, y, z, u) => x + y + z + u != 10));
        Assert.Throws<CsCheckException>(() => Gen.Select(a, b, c, d, e).Sample((x, y, z, u, v) => x + y + z + u + v != 15));
    }

    [Fact]
    public void The_impossible_is_refused()
    {
        Assert.Throws<CsCheckException>(() => Gen.Int[2, 1]);
        Assert.Throws<CsCheckException>(() => Gen.Double[2, 1]);
        Assert.Throws<CsCheckException>(() => Gen.Int.List[2, 1]);
        Assert.Throws<CsCheckException>(() => Gen.OneOfConst<int>());
        Assert.Throws<CsCheckException>(() => Gen.OneOf<int>());
        Assert.Throws<CsCheckException>(() => Gen.Frequency<int>());
        var never = Gen.Int[1, 5].Where(i => i > 5);
        Assert.Contains("Where", Assert.Throws<CsCheckException>(() => never.Single()).Message, StringComparison.Ordinal);
        Assert.Contains("Where", Assert.Throws<CsCheckException>(() => never.Sample(_ => true)).Message, StringComparison.Ordinal);
        Assert.Throws<CsCheckException>(() => Gen.Int.Sample(_ => true, seed: "not a seed!!!"));
    }

    [Fact]
    public void A_property_that_holds_is_called_as_often_as_asked()
    {
        Assert.Equal(Check.Iter, Calls(count => Gen.Int.Sample(_ => count())));
        Assert.Equal(37, Calls(count => Gen.Int.Sample(_ => count(), iter: 37)));
        Assert.Equal(5, Calls(count => Gen.Int.Sample(_ => count(), seed: "0N0XIzNsQ0O2", iter: 5)));
        Assert.Equal(20, Calls(count => Gen.Int.Sample(_ => { count(); }, iter: 20, threads: 1)));
        Assert.InRange(Calls(count => Gen.Int.Sample(_ => count(), time: 1)), 1, long.MaxValue);
        var lines = new List<string>();
        Gen.Int.Sample(_ => true, lines.Add, iter: 12);
        Assert.Contains("12", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_are_simplified()
    {
        Assert.InRange(Failing(Gen.Int[0, 50].List[0, 20], l => l.Sum() < 100).Count, 2, 12);
        Assert.InRange(Failing(Gen.Int[-1_000_000, 1_000_000], i => i < 1000), 1000, 2000);
        Assert.InRange(Failing(Gen.Int[0, 1000].Select(i => i * 2), i => i < 500), 500, 520);
        Assert.InRange(Failing(Gen.Double[0, 1000], x => x <= 10), 10, 30);
        Assert.Equal(3, Failing(Gen.Int[1, 20].SelectMany(n => Gen.Int[0, 9].Array[n]), a => a.Length < 3).Length);
        Assert.InRange(Failing(Gen.Int[1, 1000].Where(i => i % 2 == 0), i => i < 100), 100, 120);
        var (a, b) = Failing(Gen.Select(Gen.Int[0, 100], Gen.Int[0, 100]), t => t.Item1 + t.Item2 < 50);
        Assert.InRange(a + b, 50, 60);
    }

    [Fact]
    public void The_seed_of_a_failure_brings_it_back_at_once()
    {
        var gen = Gen.Select(Gen.Double.List[0, 20], Gen.Int.SelectMany(i => Gen.Int[0, Math.Abs(i) + 1])).Where((l, _) => l.Count != 1);
        for (var i = 0; i < 20; i++)
        {
            string? first = null, again = null, once = null;
            var failure = Assert.Throws<CsCheckException>(() => gen.Sample((l, n) => l.Sum() < 3 && n < 3, print: t => first = Text(t)));
            var seed = failure.Message.Split("CsCheck_Seed=")[1].Split(' ', '\n')[0];
            var calls = Calls(count => Assert.Throws<CsCheckException>(
                () => gen.Sample((l, n) => count() && l.Sum() < 3 && n < 3, seed: seed, iter: 1, print: t => once = Text(t))));
            Assert.Equal((1, first), (calls, once));
            Assert.Throws<CsCheckException>(() => gen.Sample(t => Fail(ref again, Text(t)), seed: seed));
            Assert.Equal(first, again);
        }

        static bool Fail(ref string? with, string text) => Interlocked.CompareExchange(ref with, text, null) is null && false;

        static string Text((List<double> Reals, int Whole) t) => $"{string.Join(' ', t.Reals.Append(t.Whole))}";
    }

    [Fact]
    public void An_exception_is_a_failure_and_its_message_is_passed_on()
    {
        var thrown = Assert.Throws<CsCheckException>(() => Gen.Int[3, 3].Sample(i => throw new InvalidOperationException($"boom {i}")));
        Assert.Contains("boom 3", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(An_exception_is_a_failure_and_its_message_is_passed_on), thrown.StackTrace, StringComparison.Ordinal);
        var generated = Assert.Throws<CsCheckException>(() => Gen.Int[3, 3].Select(i => i / (i - 3)).Sample(_ => true));
        Assert.Contains("zero", generated.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_that_changes_its_input_does_no_harm()
    {
        var gen = Gen.Int[1, 9].Array[0, 9].List[0, 9];
        var failing = Failing(gen, l =>
        {
            var holds = l.Sum(a => a.Sum()) < 20;
            l.ForEach(a => Array.Clear(a));
            l.Clear();
            return holds;
        });
        Assert.Empty(failing);
    }

    [Fact]
    public void Classes_are_counted_and_loggers_called()
    {
        var lines = new ConcurrentQueue<string>();
        Gen.Int[1, 4].Sample(i => i % 2 == 0 ? "even" : "odd", lines.Enqueue);
        Assert.Matches("(?s)(even.*odd)|(odd.*even)", string.Join('\n', lines));
        using var logger = new CountingLogger();
        Gen.Int.Sample(_ => true, iter: 5, logger: logger);
        Gen.Int.Sample(_ => { }, iter: 5, logger: logger);
        Assert.Equal(10, logger.Calls);
    }

    [Fact]
    public void One_example_is_found_and_kept()
    {
        var found = Assert.Throws<CsCheckException>(() => Gen.Int[0, 99].Single(i => i == 42));
        var seed = found.Message.Split('"')[1];
        Assert.Equal(42, Gen.Int[0, 99].Single(i => i == 42, seed));
        Assert.Throws<CsCheckException>(() => Gen.Int[0, 99].Single(i => i != 42, seed));
    }

    [Fact]
    public void The_environment_sets_the_defaults()
    {
        Assert.True(Check.Iter > 0 && Check.Threads > 0 && Check.WhereLimit > 0); // those of this process are read by now
        (string Name, string Field, object Value)[] settings =
        [
            ("CsCheck_Iter", "Iter", 7L),
            ("CsCheck_Time", "Time", 3),
            ("CsCheck_Threads", "Threads", 2),
            ("CsCheck_Seed", "Seed", "0N0XIzNsQ0O2"),
        ];
        var before = Array.ConvertAll(settings, s => Environment.GetEnvironmentVariable(s.Name));
        try
        {
            Array.ForEach(settings, s => Environment.SetEnvironmentVariable(s.Name, s.Value.ToString()));
            var fresh = new AssemblyLoadContext("environment").LoadFromAssemblyPath(typeof(Check).Assembly.Location);
            Assert.All(settings, s => Assert.Equal(s.Value, fresh.GetType("CsCheck.Check")!.GetField(s.Field)!.GetValue(null)));
        }
        finally
        {
            foreach (var (setting, value) in settings.Zip(before))
                Environment.SetEnvironmentVariable(setting.Name, value);
        }
    }

    [Fact]
    public void The_surface_is_that_of_the_real_one()
    {
        var listed = File.ReadLines(Path.Combine(Root(), "Substitutes", "CsCheck", "surface.txt")).Where(l => !l.StartsWith('#')).ToList();
        var offered = Surface.Of(typeof(Check).Assembly);
        Assert.Empty(listed.Except(offered));
        if (typeof(Check).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Any(a => a is { Key: "Substitute", Value: "true" }))
            Assert.Empty(offered.Except(listed));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Backprop.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has Backprop.sln.");
        return folder.FullName;
    }

    private static List<T> Draw<T>(Gen<T> gen, int count) => [.. Enumerable.Range(0, count).Select(_ => gen.Single())];

    private static List<T> Seen<T>(Gen<T> gen) => [.. Draw(gen, 400).Distinct().Order()];

    private static void Reaches<T>(Gen<T> gen, T start, T finish)
        where T : IComparable
    {
        var drawn = Draw(gen, 2000);
        Assert.Equal((start, finish), (drawn.Min(), drawn.Max()));
    }

    private static void Sizes(List<double> drawn, double start, double finish)
    {
        Assert.Contains(0, drawn);
        Assert.Contains(drawn, x => x is > 0 and < 100);
        Assert.Contains(drawn, x => x > finish);
        Assert.True(start == 0 || drawn.Exists(x => x < start), $"Nothing below {start}.");
    }

    private static long Calls(Action<Func<bool>> use)
    {
        var calls = 0L;
        use(() => Interlocked.Increment(ref calls) > 0);
        return calls;
    }

    private static T Failing<T>(Gen<T> gen, Func<T, bool> holds)
    {
        var failing = default(T)!;
        Assert.Throws<CsCheckException>(() => gen.Sample(holds, iter: 50_000, print: t => Check.Print(failing = t)));
        return failing;
    }

    private sealed class CountingLogger : ILogger
    {
        private int _calls;

        public int Calls => _calls;

        public Action<T> WrapAssert<T>(Action<T> assert) => t =>
        {
            Interlocked.Increment(ref _calls);
            assert(t);
        };

        public Func<T, bool> WrapAssert<T>(Func<T, bool> assert) => t => Interlocked.Increment(ref _calls) > 0 && assert(t);

        public Func<T, Task> WrapAssert<T>(Func<T, Task> assert) => throw new NotSupportedException();

        public Func<T, Task<bool>> WrapAssert<T>(Func<T, Task<bool>> assert) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }

    /// <summary>Writes an assembly's public face, one line for each type and each member that it declares.</summary>
    private static class Surface
    {
        private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        private static readonly Dictionary<string, string> _keywords =
            ("Void void Object object String string Boolean bool Byte byte Char char Int32 int UInt32 uint Int64 long UInt64 ulong " +
            "Single float Double double Decimal decimal")
                .Split(' ')
                .Chunk(2)
                .ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);

        public static List<string> Of(Assembly assembly) => [.. assembly.GetExportedTypes().SelectMany(Lines)];

        private static IEnumerable<string> Lines(Type type)
        {
            var kind = (type.IsInterface, type.IsAbstract, type.IsSealed) switch
            {
                (true, _, _) => "interface",
                (_, true, true) => "static class",
                (_, true, _) => "abstract class",
                (_, _, true) => "sealed class",
                _ => "class",
            };
            var bases = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Select(Name).ToList();
            if (type.BaseType is { } parent && parent != typeof(object))
                bases.Insert(0, Name(parent));
            return type.GetMembers(Own).Select(Member).OfType<string>().Select(m => $"{Name(type)}: {m}")
                .Prepend($"{kind} {Name(type)}{(bases.Count > 0 ? " : " : "")}{string.Join(", ", bases)}");
        }

        private static string? Member(MemberInfo member) => member switch
        {
            FieldInfo f => $"{Static(f.IsStatic)}{Name(f.FieldType)} {f.Name}",
            PropertyInfo p => $"{Static(p.GetMethod!.IsStatic)}{Name(p.PropertyType)} {Indexer(p)} {{ get; {(p.CanWrite ? "set; " : "")}}}",
            ConstructorInfo c => $"new({Parameters(c.GetParameters())})",
            MethodInfo { IsSpecialName: false } m => $"{Static(m.IsStatic)}{Name(m.ReturnType)} {m.Name}{Generic(m)}",
            _ => null,
        };

        private static string Static(bool isStatic) => isStatic ? "static " : "";

        private static string Indexer(PropertyInfo p) => p.GetIndexParameters() is { Length: > 0 } i ? $"this[{Parameters(i)}]" : p.Name;

        private static string Generic(MethodInfo method)
        {
            var types = method.GetGenericArguments();
            var extended = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
            var names = types.Length > 0 ? $"<{string.Join(", ", types.Select(Name))}>" : "";
            return $"{names}({extended}{Parameters(method.GetParameters())}){string.Concat(types.Select(Constraints))}";
        }

        private static string Constraints(Type type)
        {
            var names = type.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).Select(Name).ToList();
            if (type.GenericParameterAttributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
                names.Insert(0, "struct");
            if (type.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
                names.Insert(0, "class");
            return names.Count > 0 ? $" where {type.Name} : {string.Join(", ", names)}" : "";
        }

        private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(p =>
            $"{(p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{Name(p.ParameterType)} {p.Name}{Default(p)}"));

        private static string Default(ParameterInfo p) =>
            p.HasDefaultValue ? string.Create(CultureInfo.InvariantCulture, $" = {p.DefaultValue ?? "null"}") : "";

        private static string Name(Type type)
        {
            if (type.IsArray)
                return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
            if (Nullable.GetUnderlyingType(type) is { } underlying)
                return $"{Name(underlying)}?";
            if (!type.IsGenericType)
                return !type.IsGenericParameter && _keywords.TryGetValue(type.Name, out var keyword) ? keyword : type.Name;
            var arguments = string.Join(", ", type.GetGenericArguments().Select(Name));
            return type.IsAssignableTo(typeof(ITuple)) ? $"({arguments})" : $"{type.Name.Split('`')[0]}<{arguments}>";
        }
    }
}
