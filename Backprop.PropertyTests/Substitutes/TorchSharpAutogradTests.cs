using static Backprop.PropertyTests.Substitutes.TorchSharpFacts;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.PropertyTests.Substitutes;

/// <summary>What this repository expects of TorchSharp's gradients, losses and linear algebra; the real one and the substitute must both do it.</summary>
public sealed class TorchSharpAutogradTests
{
    [Fact]
    public void Gradients()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor(new[] { 1.0, 2, 3 }, requires_grad: true);
        var w = torch.tensor(2.0, requires_grad: true);
        var y = (x * x * w).sum();
        Assert.True(y.requires_grad);
        Assert.False(y.is_leaf);
        var grads = torch.autograd.grad([y], [x, w]);
        Holds(grads[0], [3], 4, 8, 12);
        Holds(grads[1], [], 14);
        Assert.False(grads[0].requires_grad);

        var weighted = torch.autograd.grad([x.exp()], [x], [Vector(1, 0, 2)]);
        Holds(weighted[0], [3], Math.E, 0, 2 * Math.Exp(3));

        var first = torch.autograd.grad([x.pow(3).sum()], [x], create_graph: true)[0];
        Holds(torch.autograd.grad([first.sum()], [x])[0], [3], 6, 12, 18);

        var unused = torch.autograd.grad([x.sum()], [x, w], allow_unused: true);
        Assert.False(unused[0].IsInvalid);
        Assert.True(unused[1].IsInvalid);

        var z = (x * 2).sum();
        torch.autograd.grad([z], [x], retain_graph: true);
        Holds(torch.autograd.grad([z], [x])[0], 2, 2, 2);
    }

    [Fact]
    public void Nothing_is_recorded_where_it_is_not_wanted()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.ones(2, requires_grad: true);
        Assert.True(torch.is_grad_enabled());
        using (torch.no_grad())
        {
            Assert.False(torch.is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (torch.enable_grad()) Assert.True((x * 2).requires_grad);
            x.add_(1); // in place on a leaf is allowed here only
        }
        Assert.True(torch.is_grad_enabled());
        using (torch.set_grad_enabled(false)) Assert.False(x.exp().requires_grad);
        Assert.False(x.detach().requires_grad);
        Assert.False(x.clone().detach_().requires_grad);
        Assert.True(torch.ones(1).requires_grad_().requires_grad);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => x.add_(1));
        Holds(x, 2, 2);
        var elsewhere = false;
        var thread = new Thread(() => elsewhere = torch.is_grad_enabled());
        using (torch.no_grad())
        {
            thread.Start();
            thread.Join();
        }
        Assert.True(elsewhere); // each thread for itself
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => torch.ones(1, torch.int64).requires_grad = true);
    }

    [Fact]
    public void Backward_goes_through()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.ones(2, requires_grad: true);
        x.exp().sum().backward();
        torch.autograd.backward(x * 2, torch.ones(2));
        torch.autograd.backward([(x * 2).sum()]);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => torch.ones(1).backward());
    }

    [Fact]
    public void Losses()
    {
        using var scope = torch.NewDisposeScope();
        double[,] scores = { { 1, 2, 0.5 }, { 0, -1, 3 } };
        var (s, labels) = (Matrix(scores), torch.tensor(new long[] { 1, 2 }));
        double LogSum(int row) => Math.Log(Enumerable.Range(0, 3).Sum(j => Math.Exp(scores[row, j])));
        double[] ce = [LogSum(0) - 2, LogSum(1) - 3];
        Holds(F.cross_entropy(s, labels), [], ce.Average());
        Holds(F.cross_entropy(s, labels, reduction: torch.nn.Reduction.Sum), [], ce.Sum());
        Holds(F.cross_entropy(s, labels, reduction: torch.nn.Reduction.None), [2], ce);
        Holds(F.cross_entropy(s, labels, weight: Vector(1, 1, 3)), [], (ce[0] + 3 * ce[1]) / 4);
        Holds(F.cross_entropy(s, torch.tensor(new long[] { 1, -100 })), [], ce[0]);
        var uniform = new[] { 0, 1 }.Select(i => LogSum(i) - (scores[i, 0] + scores[i, 1] + scores[i, 2]) / 3).ToArray();
        Holds(F.cross_entropy(s, labels, label_smoothing: 0.3), [], (0.7 * ce.Sum() + 0.3 * uniform.Sum()) / 2);
        Holds(F.nll_loss(F.log_softmax(s, 1), labels), [], ce.Average());
        Holds(F.softmax(s, 1).sum(1L), [2], 1, 1);
        // margins over the true score: row 0 (true 2): 1 - 2 + 1 = 0, 0.5 - 2 + 1 < 0; row 1 (true 3): none
        Holds(F.multi_margin_loss(s, labels), [], 0);
        Holds(F.multi_margin_loss(s, torch.tensor(new long[] { 0, 2 }), reduction: torch.nn.Reduction.Sum), [], (2 + 0.5) / 3);

        var (p, t) = (Vector(0.2, 0.9, 3), Vector(1, 0.5, 0));
        double[] d = [-0.8, 0.4, 3];
        Holds(F.mse_loss(p, t), [], d.Average(e => e * e));
        Holds(F.mse_loss(p, t, torch.nn.Reduction.Sum), [], d.Sum(e => e * e));
        Holds(F.smooth_l1_loss(p, t), [], d.Average(e => Math.Abs(e) < 1 ? e * e / 2 : Math.Abs(e) - 0.5));
        Holds(F.huber_loss(p, t, 2), [], d.Average(e => Math.Abs(e) < 2 ? e * e / 2 : 2 * (Math.Abs(e) - 1)));
        Holds(F.binary_cross_entropy(Vector(0.2, 0.9), Vector(1, 0.5)), [], -(Math.Log(0.2) + (Math.Log(0.9) + Math.Log(0.1)) / 2) / 2);
        Holds(F.binary_cross_entropy_with_logits(p, t), [], p.data<double>().Zip([1, 0.5, 0], (x, y) => Math.Log(1 + Math.Exp(x)) - x * y).Average());
        Holds(F.kl_div(Vector(-1, -2), Vector(0.25, 0.75), log_target: false, reduction: torch.nn.Reduction.Sum), [], 0.25 * (Math.Log(0.25) + 1) + 0.75 * (Math.Log(0.75) + 2));
        Holds(F.hinge_embedding_loss(Vector(0.5, 0.5), Vector(1, -1), margin: 1), [], 0.5);
        Holds(F.margin_ranking_loss(Vector(1, 3), Vector(2, 1), Vector(1, 1), 0.5), [], 0.75);
        Holds(F.soft_margin_loss(Vector(2, -1), Vector(1, 1)), [], (Math.Log(1 + Math.Exp(-2)) + Math.Log(1 + Math.Exp(1))) / 2);
    }

    [Fact]
    public void Layers_and_activations()
    {
        using var scope = torch.NewDisposeScope();
        var (x, w) = (Matrix(new double[,] { { 1, 2 }, { 3, 4 } }), Matrix(new double[,] { { 1, 0 }, { 1, 1 }, { 0, -1 } }));
        Holds(F.linear(x, w, Vector(10, 20, 30)), [2, 3], 11, 23, 28, 13, 27, 26);
        Holds(F.linear(x, w), [2, 3], 1, 3, -2, 3, 7, -4);
        Holds(F.bilinear(x, x, torch.ones(1, 2, 2, torch.float64)), [2, 1], 9, 49);
        Holds(F.one_hot(torch.tensor(new long[] { 2, 0 })), [2, 3], 0, 0, 1, 1, 0, 0);
        Holds(F.one_hot(torch.tensor(new long[] { 0 }), 2), [1, 2], 1, 0);
        Assert.Throws<ArgumentException>(() => F.one_hot(torch.tensor(new[] { 1 })));
        Holds(F.dropout(x, 0.5, training: false), 1, 2, 3, 4);
        Assert.All(Values(F.dropout(torch.ones(100, torch.float64), 0.75)), v => Assert.True(v is 0 or 4));
        var norm = 1 / Math.Sqrt(0.25 + 1e-5);
        Holds(F.layer_norm(x, [2]), [2, 2], -0.5 * norm, 0.5 * norm, -0.5 * norm, 0.5 * norm);
        norm = 1 / Math.Sqrt(4 + 1e-5);
        Holds(F.batch_norm(x, Vector(1, 2), Vector(4, 4)), [2, 2], 0, 0, 2 * norm, 2 * norm);
        Holds(F.cosine_similarity(x, Matrix(new double[,] { { 2, 4 }, { 4, -3 } })), [2], 1, 0);
        var v = Vector(-2, 0.5, 3);
        Holds(F.relu(v), 0, 0.5, 3);
        Holds(F.leaky_relu(v, 0.1), -0.2, 0.5, 3);
        Holds(F.elu(v, 2), 2 * (Math.Exp(-2) - 1), 0.5, 3);
        Holds(F.softplus(v, 2), Math.Log(1 + Math.Exp(-4)) / 2, Math.Log(1 + Math.E) / 2, Math.Log(1 + Math.Exp(6)) / 2);
        Holds(F.tanh(v), Math.Tanh(-2), Math.Tanh(0.5), Math.Tanh(3));
    }

    [Fact]
    public void Matrices()
    {
        using var scope = torch.NewDisposeScope();
        var (a, b, v) = (Matrix(new double[,] { { 4, 1 }, { 1, 3 } }), Matrix(new double[,] { { 1, 2 }, { 3, 4 } }), Vector(1, -1));
        Holds(a.mm(b), [2, 2], 7, 12, 10, 14);
        Holds(torch.matmul(a, b), [2, 2], 7, 12, 10, 14);
        Holds(a.mv(v), [2], 3, -2);
        Holds(v.dot(Vector(2, 5)), [], -3);
        Assert.Throws<InvalidOperationException>(() => v.dot(Vector(1, 2, 3)));
        Holds(v.outer(v), [2, 2], 1, -1, -1, 1);
        Holds(a.unsqueeze(0).bmm(b.unsqueeze(0)), [1, 2, 2], 7, 12, 10, 14);
        Holds(torch.eye(2, dtype: torch.float64).kron(a[0].unsqueeze(0)), [2, 4], 4, 1, 0, 0, 0, 0, 4, 1);
        Holds(a.addmm(a, b, 2, 3), [2, 2], 29, 38, 32, 48);
        Holds(torch.addmm(a, a, b, 1, 1), [2, 2], 11, 13, 11, 17);
        Holds(a.clone().addmm_(a, b), [2, 2], 11, 13, 11, 17);
        Holds(v.addmv(a, v, 10), [2], 13, -12);
        Holds(v.addbmm(a.unsqueeze(0), b.unsqueeze(0)), [2, 2], 8, 11, 11, 13);
        Holds(a.trace(), [], 7);
        Holds(torch.linalg.det(a), [], 11);
        Holds(torch.linalg.inv(a), [2, 2], 3 / 11.0, -1 / 11.0, -1 / 11.0, 4 / 11.0);
        Holds(torch.linalg.solve(a, Vector(5, 4)), [2], 1, 1);
        Holds(torch.linalg.norm(b), [], Math.Sqrt(30));
        Holds(torch.linalg.vector_norm(b, 1), [], 10);
        Holds(torch.linalg.matrix_rank(Matrix(new double[,] { { 1, 2 }, { 2, 4 } })), [], 1);
        var l = torch.linalg.cholesky(a);
        Holds(l.mm(l.t()), [2, 2], 4, 1, 1, 3);
        var (values, vectors) = torch.linalg.eigh(a);
        Holds(vectors.mm(values.diag()).mm(vectors.t()), [2, 2], 4, 1, 1, 3);
        var (q, r) = torch.linalg.qr(b);
        Holds(q.mm(r), [2, 2], 1, 2, 3, 4);
        var (u, s, vh) = torch.linalg.svd(b);
        Holds(u.mm(s.diag()).mm(vh), [2, 2], 1, 2, 3, 4);
        Holds(torch.cdist(v.unsqueeze(0), Matrix(new double[,] { { 4, 3 } })), [1, 1], 5);
        Holds(torch.einsum("ij,jk->ik", a, b), [2, 2], 7, 12, 10, 14);
        Holds(a.matrix_power(2), [2, 2], 17, 7, 7, 10);
    }
}
