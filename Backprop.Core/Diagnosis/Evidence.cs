using Backprop.Bugs;
using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>One case as the detectors see it: everything in float64.</summary>
/// <param name="Case">Sizes, values, seed.</param>
/// <param name="Inputs">All inputs, in order; integer ones as numbers too.</param>
/// <param name="Outputs">The floating-point outputs.</param>
/// <param name="Dys">A cotangent for each of them.</param>
/// <param name="Hand">What Backward gave, by differentiable input.</param>
/// <param name="Truth">The true gradients, by differentiable input.</param>
/// <param name="Tensors">The inputs as tensors: float64, on the CPU.</param>
/// <param name="Cotangents">The cotangents as tensors.</param>
internal sealed record Sample(Case Case, IReadOnlyList<Block> Inputs, IReadOnlyList<Block> Outputs, IReadOnlyList<Block> Dys, IReadOnlyList<Block> Hand, IReadOnlyList<Block> Truth,
    IReadOnlyList<Tensor> Tensors, IReadOnlyList<Tensor> Cotangents)
{
    /// <summary>The size of each letter.</summary>
    internal IReadOnlyDictionary<string, long> Sizes => Case.Sizes;
}

/// <summary>What the passes do at other points than those of the samples. Answers are in float64; null when a pass throws or gives something else than was asked for.</summary>
internal interface ILaboratory
{
    /// <summary>The true gradients, one for each differentiable input, at these inputs for these cotangents.</summary>
    IReadOnlyList<Block>? Truth(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> dys);

    /// <summary>What Backward gives, after a Forward at the same inputs.</summary>
    IReadOnlyList<Block>? Hand(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> dys);

    /// <summary>The floating-point outputs.</summary>
    IReadOnlyList<Block>? Outputs(IReadOnlyList<Tensor> inputs);
}

/// <summary>All that the detectors have: several samples of generic cases (different sizes, ordinary values) at which the gradients had the right shapes, and a laboratory for more.</summary>
/// <param name="Specimen">What is being diagnosed.</param>
/// <param name="Samples">At least two, the first from the failing case when it has generic sizes.</param>
/// <param name="Laboratory">To ask further.</param>
/// <param name="WrongPlaces">Which gradients (indices into <see cref="Sample.Hand"/>) are wrong.</param>
internal sealed record Evidence(Specimen Specimen, IReadOnlyList<Sample> Samples, ILaboratory Laboratory, IReadOnlyList<int> WrongPlaces)
{
    /// <summary>The name of gradient <paramref name="g"/>'s input.</summary>
    internal string InputName(int g) => Specimen.Differentiable[g].Name;

    /// <summary>The numbers of the problem in one sample that a factor may be made of: 2, ½, sizes of letters, the problem's constants.</summary>
    internal IReadOnlyList<Constant> Numbers(Sample sample) =>
        [.. sample.Sizes.Select(size => new Constant(size.Key, size.Value)), .. Specimen.Constants];
}
