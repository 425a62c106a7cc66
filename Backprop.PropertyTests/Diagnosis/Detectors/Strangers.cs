using Backprop.Bugs;
using Backprop.Diagnosis;
using Backprop.PropertyTests.Bugs.Formulas;
using Backprop.Verify;

namespace Backprop.PropertyTests.Diagnosis.Detectors;

/// <summary>Evidence on gradients that someone else wrote, without the checker around it.</summary>
internal static class Strangers
{
    /// <summary>A backward pass at one case: the right gradients in, what the stranger gives out.</summary>
    internal delegate IReadOnlyList<Tensor> Wrong(Case @case, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> dys, IReadOnlyList<Tensor> truth);

    private sealed class NoLaboratory : ILaboratory
    {
        public IReadOnlyList<Block>? Truth(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> dys) => null;

        public IReadOnlyList<Block>? Hand(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> dys) => null;

        public IReadOnlyList<Block>? Outputs(IReadOnlyList<Tensor> inputs) => null;
    }

    /// <summary>Evidence on a stranger's backward pass of <paramref name="operation"/>, three samples of it.</summary>
    internal static Evidence Of(Operation operation, Wrong wrong, IReadOnlyList<Constant>? constants = null, int seed = 1) =>
        Of(operation.Inputs, x => [operation.Forward(x)], (dys, x) => operation.Backward(dys[0], x), operation, wrong, constants ?? [], seed);

    private static Evidence Of(IReadOnlyList<Input> inputs, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> forward, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> backward,
        Operation operation, Wrong wrong, IReadOnlyList<Constant> constants, int seed)
    {
        var specimen = new Specimen { Name = "Stranger", Inputs = inputs, Constants = constants, Forward = x => new(forward(x), null), Backward = (dys, x, _) => backward(dys, x) };
        var samples = Enumerable.Range(0, 3).Select(i => Points.Case(operation, seed + i)).Select(@case =>
        {
            var x = Draw.Inputs(inputs, @case, torch.float64, torch.CPU);
            var outputs = forward(x);
            var dys = outputs.Select((output, i) => Draw.Cotangent(@case, output.shape, torch.float64, torch.CPU, i)).ToList();
            var truth = backward(dys, x);
            var names = specimen.Differentiable.Select(input => "d" + input.Name).ToList();
            IReadOnlyList<Block> Blocks(IEnumerable<Tensor> tensors) => [.. tensors.Zip(names, (tensor, name) => Block.Of(name, tensor))];
            return new Sample(@case, [.. x.Zip(inputs, (tensor, input) => Block.Of(input.Name, tensor))], [.. outputs.Select(output => Block.Of("y", output))], [.. dys.Select(dy => Block.Of("dy", dy))],
                Blocks(wrong(@case, x, dys, truth)), Blocks(truth), x, dys);
        }).ToList();
        var places = Enumerable.Range(0, specimen.Differentiable.Count).Where(g => samples.Any(sample => !(Recognition.Distance(sample.Hand[g].Numbers, sample.Truth[g].Numbers) <= 1e-7))).ToList();
        return new(specimen, samples, new NoLaboratory(), places);
    }

    /// <summary>The same evidence with the stranger's inputs in another order.</summary>
    internal static Evidence Reordered(Operation operation, IReadOnlyList<int> order, Wrong wrong)
    {
        IReadOnlyList<Tensor> Back(IReadOnlyList<Tensor> x) => [.. Enumerable.Range(0, x.Count).Select(i => x[order.ToList().IndexOf(i)])];
        var inputs = order.Select(i => operation.Inputs[i] with { Name = "q" + i }).ToList();
        IReadOnlyList<Tensor> Backward(IReadOnlyList<Tensor> dys, IReadOnlyList<Tensor> x)
        {
            var gradients = operation.Backward(dys[0], Back(x));
            var places = operation.Inputs.Select((input, i) => (input, i)).Where(pair => pair.input.Differentiable).Select(pair => pair.i).ToList();
            return [.. order.Where(places.Contains).Select(i => gradients[places.IndexOf(i)])];
        }
        return Of(inputs, x => [operation.Forward(Back(x))], Backward, operation with { Inputs = inputs }, wrong, [], 1);
    }
}
