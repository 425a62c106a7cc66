using System.Globalization;
using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>Tensors that someone gives have no smaller sizes to be drawn. What is wrong with large ones mostly shows on their first few rows and columns too, and there it can be explained.</summary>
internal static class Corner
{
    /// <summary>More entries than this are neither for the detectors, which try many explanations, nor for people to read.</summary>
    private const long Readable = 200;

    /// <summary>If more than this cannot be cut, there is no time to look at it often.</summary>
    private const long Large = 20_000;

    /// <summary>Sizes up to this stay.</summary>
    private const long Small = 7;

    /// <summary>The largest gets the first of these that no other size has.</summary>
    private static readonly long[] Instead = [7, 5, 6, 4, 3, 8, 9, 10, 11, 12, 13];

    /// <summary>Whether the given tensors are too large to be looked at often.</summary>
    internal static bool IsLarge(Specimen specimen) => Entries(specimen) > Large;

    /// <summary>When the tensors are not small, cuts them and puts the corners in their place on the bench, if the same is wrong there: the case in which it is. Null, and the bench as it was, if not.</summary>
    internal static CaseExam? Cut(Bench bench, CheckOptions options, torch.Device device, CaseExam failing)
    {
        if (Entries(bench.Specimen) <= Readable) return null;
        var whole = bench.Specimen;
        // Smaller values of integers only when those that are there do not do.
        foreach (var bounded in new[] { false, true })
        {
            bench.Specimen = Of(whole, bounded);
            var exam = new CaseExaminer(bench, options, device).Examine(failing.Case);
            if (exam.Verdict == Verdict.Wrong && Shrinker.SameKind(exam, failing) && !Wrong(failing).Except(Wrong(exam)).Any()) return exam;
        }
        bench.Specimen = whole;
        return null;
    }

    private static IEnumerable<int> Wrong(CaseExam exam) => exam.Gradients.Select((gradient, g) => (gradient, g)).Where(pair => pair.gradient.Verdict == Verdict.Wrong).Select(pair => pair.g);

    private static long Entries(Specimen specimen) => Given(specimen).Sum(input => input.Value!.numel());

    private static IEnumerable<Input> Given(Specimen specimen) => specimen.Inputs.Where(input => input.Kind == InputKind.Fixed);

    /// <summary>Equal sizes stay equal, different ones different.</summary>
    /// <param name="specimen">Of large tensors.</param>
    /// <param name="bounded">Whether integers, which may be indices into what was cut, are brought below the least size.</param>
    private static Specimen Of(Specimen specimen, bool bounded)
    {
        var sizes = Given(specimen).SelectMany(input => input.Value!.shape).Distinct().ToList();
        var taken = sizes.Where(size => size <= Small).ToHashSet();
        var map = sizes.ToDictionary(size => size, size => size);
        foreach (var size in sizes.Where(size => size > Small).OrderDescending())
        {
            map[size] = Instead.FirstOrDefault(one => one <= size && !taken.Contains(one), size);
            taken.Add(map[size]);
        }
        var least = sizes.Where(size => size > Small).Select(size => map[size]).DefaultIfEmpty(1).Min();
        return specimen with
        {
            Inputs = [.. specimen.Inputs.Select(input => input.Kind == InputKind.Fixed
                ? input with { Value = First(input.Value!, map, bounded ? least : null), Shape = [.. input.Value!.shape.Select(size => map[size].ToString(CultureInfo.InvariantCulture))] }
                : input)],
        };
    }

    private static Tensor First(Tensor tensor, IReadOnlyDictionary<long, long> map, long? bound)
    {
        var corner = tensor.detach();
        for (var d = 0; d < tensor.shape.Length; d++) corner = corner.narrow(d, 0, map[tensor.shape[d]]);
        if (bound is { } limit && tensor.dtype == torch.int64) corner = torch.where(corner.lt(0), corner, corner.remainder(limit));
        return corner.contiguous();
    }
}
