using Backprop.Verify;

namespace Backprop.PropertyTests;

/// <summary>The three witnesses as a test: one line for each rule.</summary>
internal static class Judge
{
    /// <summary>A seed of its own, so that the tests see other cases than the command line's default.</summary>
    private const int Seed = 20;

    /// <summary>Agreement in float64 and in float32.</summary>
    public static void Agrees(string rule)
    {
        var subject = Catalogue.Find(rule) ?? throw new ArgumentException($"rule: there is no '{rule}'.", nameof(rule));
        foreach (var dtype in new[] { torch.ScalarType.Float64, torch.ScalarType.Float32 })
            Agrees(subject, new() { Seed = Seed, Dtype = dtype });
    }

    /// <summary>Agreement under these options.</summary>
    public static void Agrees(Subject subject, VerifyOptions options)
    {
        var agreement = Verification.Run(subject, options);
        Assert.True(agreement.Agrees, $"{agreement.Rule}, {agreement.Dtype}: {agreement.Disagreement}");
        Assert.True(agreement is { Entries: > 100, Differences: > 100 }, $"{agreement.Rule}: only {agreement.Differences} of {agreement.Entries} entries were compared with differences.");
    }

    /// <summary>The checker finds something wrong, and it is this check that fails.</summary>
    public static Disagreement Catches(Subject wrong, params Criterion[] criteria)
    {
        var agreement = Verification.Run(wrong, new() { Seed = Seed });
        Assert.False(agreement.Agrees, $"{wrong.Name}: the mistake went unseen.");
        Assert.Contains(agreement.Disagreement!.Flaw.Criterion, criteria);
        return agreement.Disagreement;
    }
}
