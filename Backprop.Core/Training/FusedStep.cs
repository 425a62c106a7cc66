using Backprop.Optimizers;
using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Training;

/// <summary>The training step of a dense network by hand: no graph, in place, buffers kept from step to step, the plain update folded into the product.</summary>
/// <remarks>
/// A layer's W and b are one matrix P = [W; b], and its input ends in a column of ones: [x 1] P = xW + b, and [x 1]ᵀ dZ is both gradients.
/// With <see cref="Optimizer.Sgd"/> the factor −η/N is put on the small dZ of the output; all after it is linear in that, so that P += [x 1]ᵀ dZ is the step.
/// It equals the pure rules up to the order of rounding: a property test says so. What was tried for it is in docs/performance.md.
/// </remarks>
internal sealed class FusedStep : HeldStep
{
    /// <summary>A matrix with fewer columns and more rows lies column by column: MKL's products with it are twice as fast so, OpenBLAS's as fast.</summary>
    internal static bool IsNarrow(long rows, long columns) => columns < Math.Min(rows, 16);

    private readonly DenseNetwork _network;
    private readonly Joint[] _layers;
    private FusedBuffers? _buffers, _other;

    /// <summary>A layer's matrix P with the views of it that a step uses, and for each of the optimizer's tensors one of P's shape.</summary>
    private sealed record Joint(Tensor P, Tensor W, Tensor? B, Tensor WTransposed, Tensor? Gradient, Tensor? GradientOfW, IReadOnlyList<Tensor> Memory);

    internal FusedStep(DenseNetwork network, Optimizer optimizer, IReadOnlyList<NamedTensor> parameters) : base(optimizer)
    {
        DenseNetwork.Check(network);
        network.CheckParameters([.. parameters.Select(parameter => parameter.Value)]);
        _network = network;
        using var scope = torch.NewDisposeScope();
        var held = new List<NamedTensor>();
        var memory = new List<IReadOnlyList<Tensor>>();
        var names = Updates.MemoryNames(optimizer);
        _layers = new Joint[network.Layers];
        for (var l = 0; l < network.Layers; l++)
        {
            var (rows, columns) = (network.Sizes[l], network.Sizes[l + 1]);
            var w = parameters[network.Bias ? 2 * l : l];
            Expect.Form(w.Value, w.Name, "D×M");
            Expect.Size(w.Value, w.Name, 0, rows, "the network's width there");
            Expect.Size(w.Value, w.Name, 1, columns, "the network's width there");
            var height = network.Bias ? rows + 1 : rows;
            Tensor Zeros() => Keep(IsNarrow(rows, columns) ? torch.zeros([columns, height], w.Value.dtype, w.Value.device).t() : torch.zeros([height, columns], w.Value.dtype, w.Value.device));
            var p = Zeros();
            var own = Keep(p.narrow(0, 0, rows));
            own.copy_(w.Value);
            Tensor? bias = null;
            if (network.Bias)
            {
                var b = parameters[2 * l + 1];
                Expect.OneOf(b.Value, b.Name, "the network's width there", [columns]);
                bias = Keep(p.select(0, rows));
                bias.copy_(b.Value);
            }
            var gradient = optimizer is Optimizer.Sgd ? null : Zeros();
            _layers[l] = new(p, own, bias, Keep(own.t()), gradient, gradient is null ? null : Keep(gradient.narrow(0, 0, rows)), [.. names.Select(_ => Zeros())]);
            held.Add(new(w.Name, own));
            memory.Add([.. _layers[l].Memory.Select(tensor => Keep(tensor.narrow(0, 0, rows)))]);
            if (bias is null) continue;
            held.Add(new(parameters[2 * l + 1].Name, bias));
            memory.Add([.. _layers[l].Memory.Select(tensor => Keep(tensor.select(0, rows)))]);
        }
        Hold(held, memory);
    }

    public override void Dispose()
    {
        base.Dispose();
        _buffers?.Dispose();
        _other?.Dispose();
        foreach (var layer in _layers)
            foreach (var tensor in (Tensor?[])[layer.P, layer.WTransposed, layer.Gradient, layer.GradientOfW, .. layer.Memory]) tensor?.Dispose();
    }

    protected override double Take(Batch batch, double rate, long step) => Take(batch, rate, step, false).Loss;

    /// <summary>A step of the network as the last part of a model: with the gradient of the inputs as they met the old parameters, N×D₀, in the caller's scope, and the rate to apply it by: η, or −1 where it is the step already.</summary>
    internal (double Loss, Tensor DInputs, double Rate) TakeWithInput(Batch batch, double rate, long step)
    {
        var (loss, dInputs) = Take(batch, rate, step, true);
        return (loss, dInputs!, Optimizer is Optimizer.Sgd ? -1 : rate);
    }

    private (double Loss, Tensor? DInputs) Take(Batch batch, double rate, long step, bool withInput)
    {
        var n = Check(batch);
        using var scope = torch.NewDisposeScope();
        var buffers = For(n);
        buffers.Input.copy_(batch.Inputs);
        for (var l = 0; l < _layers.Length; l++)
        {
            buffers.Z[l].addmm_(buffers.A[l], _layers[l].P, 0, 1);
            Activated(buffers.Z[l], _network.ActivationOf(l));
        }
        var plain = Optimizer is Optimizer.Sgd;
        var (loss, dz) = Judged(buffers, batch.Targets, (plain ? -rate : 1) / n);
        var mean = Number(loss);
        if (_network.L2 != 0) mean += _layers.Sum(layer => _network.L2 * Math.Pow(Number(layer.W.norm()), 2));
        Tensor? dInputs = null;
        for (var l = _layers.Length - 1; l >= 0; l--)
        {
            var layer = _layers[l];
            var sigmoid = l > 0 && _network.ActivationOf(l - 1) == Activation.Sigmoid;
            // Before the update: it must see W as the forward pass did.
            if (l > 0) buffers.D[l].addmm_(dz, layer.WTransposed, 0, sigmoid ? -1 : 1);
            else if (withInput) dInputs = dz.mm(layer.WTransposed).MoveToOuterDisposeScope();
            if (plain)
            {
                if (_network.L2 != 0) layer.W.mul_(1 - 2 * _network.L2 * rate);
                layer.P.addmm_(buffers.ATransposed[l], dz, 1, 1);
            }
            else
            {
                layer.Gradient!.addmm_(buffers.ATransposed[l], dz, 0, 1);
                if (_network.L2 != 0) layer.GradientOfW!.add_(layer.W, 2 * _network.L2);
                Updates.Apply(Optimizer, layer.P, layer.Gradient, layer.Memory, step, rate);
            }
            if (l == 0) break;
            dz = buffers.D[l];
            // What the layer below gave is needed no longer: its slope is written over it.
            Sloped(dz, buffers.Z[l - 1], _network.ActivationOf(l - 1));
        }
        return (mean, dInputs);
    }

    private static void Activated(Tensor z, Activation kind)
    {
        if (kind == Activation.Relu) z.relu_();
        else if (kind == Activation.Tanh) z.tanh_();
        else if (kind == Activation.Sigmoid) z.sigmoid_();
    }

    /// <summary>d ← d ∘ f′, from the output y, which is overwritten; for the sigmoid d comes with its sign turned, since y − 1 takes one pass and 1 − y two.</summary>
    private static void Sloped(Tensor d, Tensor y, Activation kind)
    {
        if (kind == Activation.Relu) d.mul_(y.sign_());
        else if (kind == Activation.Tanh) d.addcmul_(d, y.mul_(y), -1);
        else if (kind == Activation.Sigmoid) d.mul_(y).mul_(y.sub_(1));
    }

    /// <summary>The mean loss of the outputs, and its gradient before the output's activation, times N and the factor; the output is overwritten.</summary>
    private (Tensor Loss, Tensor DZ) Judged(FusedBuffers buffers, Tensor target, double factor)
    {
        var output = buffers.Z[^1];
        Tensor loss;
        switch (_network.Judge)
        {
            case NetworkLoss.SoftmaxCrossEntropy when _network.Output == Activation.Identity:
                var logP = output.log_softmax(1);
                loss = torch.nn.functional.nll_loss(logP, target);
                return (loss, logP.exp_().scatter_add_(1, target.unsqueeze(1), buffers.MinusOnes).mul_(factor));
            case NetworkLoss.SoftmaxCrossEntropy:
                var kept = output.clone();
                var log = output.log_softmax(1);
                loss = torch.nn.functional.nll_loss(log, target);
                return (loss, Sloping(log.exp_().scatter_add_(1, target.unsqueeze(1), buffers.MinusOnes).mul_(factor), kept));
            case NetworkLoss.Hinge:
                var y = target.unsqueeze(1);
                var own = _network.Output == Activation.Identity ? null : output.clone();
                // The margin of the true class is 1 and counts for nothing; then it gets minus the number of violations.
                var margins = output.sub_(output.gather(1, y)).add_(1).relu_().scatter_(1, y, buffers.Zeros);
                loss = margins.sum() / buffers.Examples;
                var violations = margins.sign_();
                violations.scatter_(1, y, violations.sum([1L], keepdim: true).neg_());
                return (loss, Sloping(violations.mul_(factor), own));
            case NetworkLoss.SquaredError:
                var z = _network.Output == Activation.Identity ? null : output.clone();
                var residual = output.sub_(target);
                var flat = residual.view(-1);
                loss = flat.dot(flat) / (2.0 * buffers.Examples);
                return (loss, Sloping(residual.mul_(factor), z));
            default:
                var before = _network.Output == Activation.Identity ? null : output.clone();
                loss = torch.nn.functional.binary_cross_entropy_with_logits(output, target) * _network.Sizes[^1];
                return (loss, Sloping(output.sigmoid_().sub_(target).mul_(factor), before));
        }
    }

    private Tensor Sloping(Tensor d, Tensor? y)
    {
        if (y is null) return d;
        Sloped(d, y, _network.Output);
        return _network.Output == Activation.Sigmoid ? d.neg_() : d;
    }

    /// <summary>The buffers for N examples; two sizes are kept, since an epoch's last batch is smaller.</summary>
    private FusedBuffers For(long examples)
    {
        if (_buffers?.Examples == examples) return _buffers;
        if (_other?.Examples != examples)
        {
            _other?.Dispose();
            _other = new(_network, examples, _layers[0].P.dtype, _layers[0].P.device);
        }
        (_buffers, _other) = (_other, _buffers);
        return _buffers!;
    }

    /// <summary>N.</summary>
    private long Check(Batch batch)
    {
        var (inputs, targets) = (batch.Inputs, batch.Targets);
        Expect.Form(inputs, "Inputs", "N×D");
        Expect.SameKind(inputs, "Inputs", _layers[0].P, "the parameters");
        Expect.Size(inputs, "Inputs", 1, _network.Sizes[0], "the network's inputs");
        var n = inputs.size(0);
        if (n == 0) throw new ArgumentException("Inputs: expected at least one example, got none.", nameof(batch));
        if (_network.Judge is NetworkLoss.SoftmaxCrossEntropy or NetworkLoss.Hinge)
        {
            if (targets.dtype != torch.int64 || targets.dim() != 1 || targets.size(0) != n)
                throw new ArgumentException($"Targets: expected {n} labels (int64), got shape {Expect.Show(targets.shape)} of {targets.dtype}.", nameof(batch));
        }
        else
        {
            Expect.SameKind(targets, "Targets", inputs, "Inputs");
            if (!targets.shape.SequenceEqual([n, _network.Sizes[^1]]))
                throw new ArgumentException($"Targets: expected shape [{n}, {_network.Sizes[^1]}], got {Expect.Show(targets.shape)}.", nameof(batch));
        }
        return n;
    }

    private static Tensor Keep(Tensor tensor) => tensor.DetachFromDisposeScope();
}
