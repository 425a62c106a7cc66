using System.Runtime.CompilerServices;
using static Backprop.PropertyTests.Substitutes.TorchSharpFacts;

namespace Backprop.PropertyTests.Substitutes;

/// <summary>What this repository expects of TorchSharp's dispose scopes; the real one and the substitute must both do it.</summary>
[Collection("Alone")]
public sealed class TorchSharpScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it()
    {
        var outside = torch.ones(1);
        Tensor inside, computed;
        using (var scope = torch.NewDisposeScope())
        {
            inside = torch.ones(1);
            computed = outside + inside;
            Assert.Equal(2, scope.DisposablesCount);
            Assert.True(scope.Contains(computed));
            Assert.False(scope.Contains(outside));
            Assert.Equal(2, scope.DisposablesView.Count);
        }
        Assert.True(inside.IsInvalid);
        Assert.True(computed.IsInvalid);
        Assert.False(outside.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => inside.Handle);
        Assert.Throws<InvalidOperationException>(() => outside + inside);
        Assert.Throws<InvalidOperationException>(() => inside.dtype);
        outside.Dispose();
        outside.Dispose(); // twice is no harm
        Assert.True(outside.IsInvalid);
    }

    [Fact]
    public void Scopes_nest_and_tensors_move_outwards()
    {
        Tensor stays, moves, moves2, leaves;
        using (var outer = torch.NewDisposeScope())
        {
            using (torch.NewDisposeScope())
            {
                stays = torch.ones(1);
                moves = torch.ones(1).MoveToOuterDisposeScope();
                (moves2, leaves) = (torch.ones(1), torch.ones(1));
                moves2.MoveToOuterDisposeScope().MoveToOuterDisposeScope();
                Assert.Same(leaves, leaves.DetachFromDisposeScope());
            }
            Assert.True(stays.IsInvalid);
            Assert.False(moves.IsInvalid);
            Assert.True(outer.Contains(moves));
            Assert.False(outer.Contains(moves2));
        }
        Assert.True(moves.IsInvalid);
        Assert.False(moves2.IsInvalid);
        Assert.False(leaves.IsInvalid);
        moves2.Dispose();
        leaves.Dispose();
    }

    [Fact]
    public void The_scope_moves_detaches_and_keeps_too()
    {
        Tensor a, b, c, d;
        using (var outer = torch.NewDisposeScope())
        {
            using (var inner = torch.NewDisposeScope())
            {
                (a, b, c, d) = (torch.ones(1), torch.ones(1), torch.ones(1), torch.ones(1));
                var (first, second) = inner.MoveToOuter(a, b);
                Assert.Same(a, first);
                Assert.Same(b, second);
                Assert.Same(c, inner.Detach(c));
                inner.DisposeEverythingBut(d);
                Assert.Equal(1, inner.DisposablesCount);
                Assert.False(d.IsInvalid);
                var e = torch.ones(1);
                inner.DisposeEverything();
                Assert.True(d.IsInvalid);
                Assert.True(e.IsInvalid);
                Assert.Equal(0, inner.DisposablesCount);
            }
            a.Dispose(); // by hand, before the scope does
            Assert.Equal(1, outer.DisposablesCount);
        }
        Assert.True(b.IsInvalid);
        Assert.False(c.IsInvalid);
        c.Dispose();
    }

    [Fact]
    public void An_exception_ends_the_scope_like_anything_else()
    {
        Tensor? inside = null;
        Assert.Throws<FormatException>((Action)(() =>
        {
            using var scope = torch.NewDisposeScope();
            inside = torch.ones(1);
            throw new FormatException();
        }));
        Assert.True(inside!.IsInvalid);
        using var next = torch.NewDisposeScope();
        Assert.True(next.Contains(torch.ones(1)));
    }

    [Fact]
    public void A_wrapped_expression_leaves_only_its_result()
    {
        Tensor? between = null;
        using var result = torch.WrappedTensorDisposeScope(() =>
        {
            between = torch.ones(2);
            return between + 1;
        });
        Assert.True(between!.IsInvalid);
        Holds(result, 2, 2);
    }

    [Fact]
    public void Every_thread_has_its_own_scopes()
    {
        using var mine = torch.NewDisposeScope();
        Tensor? theirs = null, theirsInside = null;
        var here = torch.ones(1);
        var thread = new Thread(() =>
        {
            theirs = torch.ones(1);
            using var scope = torch.NewDisposeScope();
            theirsInside = here + 1;
        });
        thread.Start();
        thread.Join();
        Assert.False(mine.Contains(theirs!));
        Assert.True(theirsInside!.IsInvalid);
        Assert.False(theirs!.IsInvalid);
        theirs.Dispose();
    }

    [Fact]
    public void A_tensor_may_be_disposed_on_another_thread()
    {
        using (torch.NewDisposeScope())
        {
            var tensors = Enumerable.Range(0, 100).Select(i => torch.full(1, i)).ToList();
            var thread = new Thread(() => tensors.Where((_, i) => i % 2 == 0).ToList().ForEach(t => t.Dispose()));
            thread.Start();
            thread.Join();
            Assert.All(tensors.Where((_, i) => i % 2 == 1), t => Assert.False(t.IsInvalid));
        }
    }

    [Fact]
    public void The_counts_add_up()
    {
        var counts = DisposeScopeManager.Statistics;
        counts.Reset();
        using (torch.NewDisposeScope())
        {
            for (var i = 0; i < 5; i++) torch.ones(1);
            torch.ones(1).DetachFromDisposeScope().Dispose();
        }
        torch.ones(1).Dispose();
        Assert.Equal((6L, 5L, 1L, 1L), (counts.CreatedInScopeCount, counts.DisposedInScopeCount, counts.DetachedFromScopeCount, counts.CreatedOutsideScopeCount));
    }

    [Fact]
    public void Nothing_is_alive_after_a_scope()
    {
        Collect();
        var before = Tensor.TotalCount;
        for (var round = 0; round < 50; round++)
        {
            using var scope = torch.NewDisposeScope();
            var x = torch.randn([4, 4], requires_grad: true);
            var loss = torch.nn.functional.cross_entropy(x.mm(x.t()).softmax(1), torch.tensor(new long[] { 0, 1, 2, 3 }));
            torch.autograd.grad([loss], [x]);
            var (values, places) = x.sort();
            x.split(2).First().unbind();
            _ = (x[0, 1], x[.., 1..], x[x > 0], values, places, x.data<float>().ToArray(), x.alias());
        }
        Assert.Equal(before, Tensor.TotalCount);
        Assert.True(Tensor.PeakCount > before);
    }

    [Fact]
    public void Finalizers_catch_what_nobody_disposes()
    {
        Collect();
        var before = Tensor.TotalCount;
        Forget();
        var thread = new Thread(ForgetAScope);
        thread.Start();
        thread.Join();
        Assert.True(Tensor.TotalCount > before);
        for (var i = 0; i < 20 && Tensor.TotalCount > before; i++)
        {
            Collect();
            Thread.Sleep(10);
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget()
    {
        for (var i = 0; i < 300; i++) torch.ones(1);
        using var scope = torch.NewDisposeScope();
        for (var i = 0; i < 300; i++) torch.ones(1).DetachFromDisposeScope();
    }

    /// <summary>Opens a scope that is never ended, on a thread that is.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ForgetAScope()
    {
        torch.NewDisposeScope();
        for (var i = 0; i < 300; i++) torch.ones(1);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
