using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using static Backprop.PropertyTests.Substitutes.TorchSharpFacts;

namespace Backprop.PropertyTests.Substitutes;

/// <summary>What this repository expects of TorchSharp under wrong calls, many calls and many threads; the real one and the substitute must both do it.</summary>
/// <remarks>TorchSharp 0.99 ends the process at some wrong calls (matmul, var, cummax, autograd.grad): those are only tried on the substitute.</remarks>
[Collection("Alone")]
public sealed class TorchSharpFailureTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public void A_wrong_call_is_an_exception_that_says_why()
    {
        using var scope = torch.NewDisposeScope();
        var (a, b) = (torch.ones(2, 3), torch.ones(2, 3));
        Says("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", () => a.mm(b));
        Says("The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1", () => a + torch.ones(2, 2));
        Says("Dimension out of range (expected to be in range of [-2, 1], but got 5)", () => a.sum(5L));
        Says("shape '[4, 4]' is invalid for input of size 6", () => a.view(4, 4));
        Says("index 7 is out of bounds for dimension 0 with size 2", () => a[torch.tensor(new long[] { 7 })]);
        Says("Only Tensors of floating point and complex dtype can require gradients", () => torch.ones(1, torch.int64).requires_grad_());
        Says("does not require grad", () => Nothing(torch.ones(1).backward));
        Says("Target 9 is out of bounds", () => torch.nn.functional.cross_entropy(a, torch.tensor(new long[] { 0, 9 })));
        if (!IsSubstitute) return;
        Says("expected scalar type", () => a.matmul(torch.ones(3, 2, torch.float64)), "same dtype");
        Says("One of the differentiated Tensors", () => torch.autograd.grad([(a.requires_grad_() * 1).sum()], [torch.ones(1, requires_grad: true)]));
        Says("does not require grad", () => torch.autograd.grad([b.sum()], [b]));
        Says("Expected positive number of threads", () => Nothing(() => torch.set_num_threads(0)), "threads");
    }

    private static void Says(string expected, Func<object?> wrong, string orElse = "\0")
    {
        var message = Assert.Throws<ExternalException>(wrong).Message;
        Assert.True(message.Contains(expected, StringComparison.Ordinal) || message.Contains(orElse, StringComparison.Ordinal), message);
        if (IsSubstitute) Assert.DoesNotContain('\n', message); // no C++ frames
    }

    private static object? Nothing(Action action)
    {
        action();
        return null;
    }

    [Fact]
    public void An_unknown_operator_is_an_exception_too()
    {
        if (!IsSubstitute) return;
        var op = typeof(torch).Assembly.GetType("TorchSharp.Op")!;
        var find = op.GetMethod("Find", BindingFlags.NonPublic | BindingFlags.Instance)!;
        for (var i = 0; i < 1000; i++)
        {
            var e = Assert.Throws<TargetInvocationException>(() => find.Invoke(Activator.CreateInstance(op, "no_such_operator", "Tensor"), null)).InnerException;
            Assert.Contains("has no operator aten::no_such_operator.Tensor", Assert.IsType<ExternalException>(e).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Every operator that the substitute names exists in the libtorch it stands on.</summary>
    [Fact]
    public void Every_operator_is_there()
    {
        if (!IsSubstitute) return;
        var op = typeof(torch).Assembly.GetType("TorchSharp.Op")!;
        var find = op.GetMethod("Find", BindingFlags.NonPublic | BindingFlags.Instance)!;
        var fields = typeof(torch).Assembly.GetType("TorchSharp.Ops")!.GetFields(BindingFlags.NonPublic | BindingFlags.Static).Where(f => f.FieldType == op).ToList();
        Assert.True(fields.Count > 300);
        Assert.All(fields, f => find.Invoke(f.GetValue(null), null));
    }

    [Fact]
    public void A_hundred_thousand_failures_are_as_many_exceptions_and_leak_nothing()
    {
        var (a, b, c) = (torch.ones(2, 3), torch.ones(4), torch.tensor(new long[] { 1 }));
        Func<Tensor>[] wrong = [() => a.add(b), () => a.mm(a), () => a.view(5), () => torch.cat([a, b]), () => a[c, c, c], () => c.exp_(), () => a.gather(3, c), () => a.add_(b)];
        int Fail(int count)
        {
            var caught = 0;
            for (var i = 0; i < count; i++)
            {
                using var scope = torch.NewDisposeScope();
                try
                {
                    wrong[i % wrong.Length]();
                }
                catch (ExternalException)
                {
                    caught++;
                }
            }
            return caught;
        }
        var count = IsSubstitute ? 100_000 : 2_000; // the real one takes some milliseconds for each
        Assert.Equal(count / 10, Fail(count / 10));
        var (before, alive) = (Resident(), Tensor.TotalCount);
        Assert.Equal(count, Fail(count));
        Assert.Equal(alive, Tensor.TotalCount);
        if (IsSubstitute) Assert.InRange(Resident() - before, long.MinValue, 40 * Megabyte); // the real one leaks its messages
        Holds(a, 1, 1, 1, 1, 1, 1);
        foreach (var t in new[] { a, b, c }) t.Dispose();
    }

    [Fact]
    public void Two_hundred_thousand_steps_take_no_more_memory()
    {
        using var x = torch.rand(4, 4);
        using var y = torch.rand(4, 4);
        void Step(int count)
        {
            for (var i = 0; i < count; i++)
            {
                using var scope = torch.NewDisposeScope();
                _ = x + y;
            }
        }
        Step(20_000);
        var (before, alive) = (Resident(), Tensor.TotalCount);
        Step(200_000);
        Assert.Equal(alive, Tensor.TotalCount);
        Assert.InRange(Resident() - before, long.MinValue, 20 * Megabyte);
    }

    [Fact]
    public void Threads_do_not_disturb_each_other()
    {
        using var shared = torch.ones(8, 8, torch.float64);
        var problems = new List<string>();
        var threads = Enumerable.Range(1, 8).Select(n => new Thread(() =>
        {
            try
            {
                for (var i = 0; i < 500; i++)
                {
                    using var scope = torch.NewDisposeScope();
                    using var grad = n % 2 == 0 ? torch.no_grad() : torch.enable_grad();
                    var x = torch.full(8, 8, n, torch.float64, requires_grad: true);
                    var y = (x * shared).mm(shared).sum();
                    Assert.Equal(512.0 * n, y.item<double>());
                    Assert.Equal(n % 2 == 1, y.requires_grad);
                    if (n % 2 == 1) Assert.Equal(8.0, torch.autograd.grad([y], [x])[0][0, 0].item<double>());
                    var e = Assert.Throws<ExternalException>(() => shared.view(n, 100));
                    Assert.Contains($"'[{n}, 100]'", e.Message, StringComparison.Ordinal);
                }
            }
            catch (Exception e)
            {
                lock (problems) problems.Add(e.ToString());
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        Assert.Empty(problems);
    }

    /// <summary>A second copy of the substitute, which has loaded nothing yet, with BACKPROP_SHIM set wrong and then right.</summary>
    [Fact]
    public void A_native_library_that_does_not_load_says_why_each_time_until_it_does()
    {
        if (!IsSubstitute) return;
        var folder = Directory.CreateTempSubdirectory("backprop-shim");
        var good = Environment.GetEnvironmentVariable("BACKPROP_SHIM") ?? Path.Combine(AppContext.BaseDirectory, "libbackprop_torch.so");
        string Wrong(string name, Action<byte[]>? change = null)
        {
            var (file, bytes) = (Path.Combine(folder.FullName, name), File.ReadAllBytes(good));
            change?.Invoke(bytes);
            File.WriteAllBytes(file, change is null ? "no library"u8.ToArray() : bytes);
            return file;
        }
        var other = new AssemblyLoadContext("second", isCollectible: false).LoadFromAssemblyPath(typeof(torch).Assembly.Location);
        var version = other.GetType("TorchSharp.torch")!.GetProperty("__version__")!;
        string Message(string file)
        {
            Environment.SetEnvironmentVariable("BACKPROP_SHIM", file);
            var e = Assert.Throws<TargetInvocationException>(() => version.GetValue(null)).InnerException;
            Assert.Contains("./backprop setup", e!.Message, StringComparison.Ordinal);
            Assert.Contains(file, e.Message, StringComparison.Ordinal);
            return Assert.IsType<DllNotFoundException>(e).Message;
        }
        var before = Environment.GetEnvironmentVariable("BACKPROP_SHIM");
        try
        {
            Assert.Contains("does not exist", Message(Path.Combine(folder.FullName, "absent.so")), StringComparison.Ordinal);
            Assert.Contains("no ELF", Message(Wrong("text.so")), StringComparison.Ordinal);
            Assert.Contains("built for RISC-V", Message(Wrong("machine.so", b => (b[18], b[19]) = (243, 0))), StringComparison.Ordinal);
            Assert.Contains("'libtorch_cpX", Message(Wrong("needs.so", b => Replace(b, "libtorch_cpu.so", "libtorch_cpX.so"))), StringComparison.Ordinal);
            Assert.Contains("another C++ ABI", Message(Wrong("symbol.so", b => Replace(b, "_ZN3c1010Dispatcher13realSingletonEv", "_ZN3c1010Dispatcher13realSingletonEx"))), StringComparison.Ordinal);
            Environment.SetEnvironmentVariable("BACKPROP_SHIM", good);
            Assert.Equal(torch.__version__, version.GetValue(null));
        }
        finally
        {
            Environment.SetEnvironmentVariable("BACKPROP_SHIM", before);
            folder.Delete(recursive: true);
        }
    }

    private static void Replace(byte[] bytes, string what, string by)
    {
        var pattern = System.Text.Encoding.ASCII.GetBytes(what);
        for (int at, from = 0; (at = bytes.AsSpan(from).IndexOf(pattern)) >= 0; from += at + 1)
            System.Text.Encoding.ASCII.GetBytes(by).CopyTo(bytes, from + at);
    }

    /// <summary>A small operator's way through the substitute costs microseconds at most: a guard against a slow path, not a benchmark.</summary>
    [Fact]
    public void Small_operators_stay_cheap()
    {
        using var x = torch.rand(4, 4);
        using var y = torch.rand(4, 4);
        double Best()
        {
            var watch = Stopwatch.StartNew();
            using (torch.NewDisposeScope())
                for (var i = 0; i < 2000; i++) x.add_(y);
            return watch.Elapsed.TotalMicroseconds / 2000;
        }
        Assert.InRange(Enumerable.Range(0, 10).Min(_ => Best()), 0, 20);
    }
}
