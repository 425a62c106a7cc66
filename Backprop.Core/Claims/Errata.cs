using System.Text;

namespace Backprop.Claims;

/// <summary>The notes' errata as a page, made from what the ledger found.</summary>
public static class Errata
{
    /// <summary>Markdown: what does not hold as it stands, the most harmful first.</summary>
    public static string Markdown(IReadOnlyList<Judgement> judgements)
    {
        ArgumentNullException.ThrowIfNull(judgements);
        var wrong = judgements.Where(one => one.Verdict is Verdict.Refuted or Verdict.HoldsIf).ToList();
        var page = new StringBuilder();
        page.Append("# Errata of the notes\n\n");
        page.Append($"Made by `./backprop claims --errata` from the ledger: of {judgements.Count} claims, {judgements.Count(one => one.Verdict == Verdict.Holds)} hold, ")
            .Append($"{judgements.Count(one => one.Verdict == Verdict.Refuted)} are refuted, {judgements.Count(one => one.Verdict == Verdict.HoldsIf)} hold only under a condition that the notes leave out, ")
            .Append($"{judgements.Count(one => one.Verdict == Verdict.NotCheckable)} are definitions or remarks. What does most harm in code comes first.\n");
        foreach (var harm in Enum.GetValues<Harm>())
        {
            var group = wrong.Where(one => one.Claim.Harm == harm).ToList();
            if (group.Count == 0) continue;
            page.Append($"\n## {Title(harm)}\n");
            foreach (var one in group) Append(page, one);
        }
        return page.ToString();
    }

    private static void Append(StringBuilder page, Judgement one)
    {
        var claim = one.Claim;
        page.Append($"\n**{claim.Id}** (notes {claim.File}, {(claim.From == claim.To ? $"line {claim.From}" : $"lines {claim.From}–{claim.To}")}; {Cause(one)}): {claim.Statement}\n");
        if (one.AsStated?.Counterexample is { } found)
        {
            page.Append($"- Counterexample: {string.Join("; ", found.Inputs)}{(found.Inputs.Count > 0 ? ": " : "")}{found.Left}{(found.Right.Length > 0 ? $" against {found.Right}" : "")}{(found.Note.Length > 0 ? $" ({found.Note})" : "")}.");
            if (one.AsStated.SurvivesEqualSizes) page.Append(" With all sizes equal it goes unnoticed.");
            if (one.AsStated.FitsAtEqualSizes) page.Append(" With all sizes equal it composes, and is wrong.");
            page.Append('\n');
        }
        if (one.Verdict == Verdict.HoldsIf) page.Append($"- Holds if: {claim.Condition!.Text}\n");
        if (claim.Correction is { } right) page.Append($"- Right: {right.Text}\n");
        if (claim.Why is { } why) page.Append($"- {why}\n");
    }

    private static string Cause(Judgement one) => one.Claim.Cause == Culprit.Ocr ? "misread" : one.Verdict == Verdict.HoldsIf ? "the author leaves a condition out" : "the author's slip";

    private static string Title(Harm harm) => harm switch
    {
        Harm.Silent => "Runs, and gives wrong numbers",
        Harm.SilentAtEqualSizes => "Runs as long as some sizes happen to be equal",
        Harm.Loud => "Stops with an error",
        _ => "Misleads a reader",
    };
}
