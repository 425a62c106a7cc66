using System.Diagnostics;
using Backprop.Claims;

namespace Backprop.Facade;

/// <summary>Picks the claims of a request and has them judged.</summary>
internal static class LedgerRun
{
    internal static LedgerReport Run(LedgerRequest request, IProgress<VerifyProgress>? progress, CancellationToken cancellation)
    {
        var files = Ledger.All.Select(claim => claim.File).Distinct().ToList();
        if (request.File is { } file && !files.Contains(file)) throw new ArgumentException($"file: expected one of {string.Join(", ", files)}, got '{file}'.", nameof(request));
        foreach (var id in request.Ids.Where(id => Ledger.All.All(claim => claim.Id != id)))
            throw new ArgumentException($"there is no claim '{id}'; the nearest ids are {string.Join(", ", Nearest.To(id, Ledger.All.Select(claim => claim.Id)))}.", nameof(request));
        if (request.Cases < Ledger.LeastCases) throw new ArgumentException($"cases: expected at least {Ledger.LeastCases}, got {request.Cases}.", nameof(request));
        Libtorch.EnsureLoaded();
        var clock = Stopwatch.StartNew();
        var chosen = Ledger.All.Where(claim => (request.Ids.Count == 0 || request.Ids.Contains(claim.Id)) && (request.File is null || claim.File == request.File)).ToList();
        var judged = new List<Judgement>();
        foreach (var claim in chosen)
        {
            cancellation.ThrowIfCancellationRequested();
            judged.Add(Ledger.Judge(claim, request.Cases, request.Seed));
            progress?.Report(new(claim.Id, judged.Count, chosen.Count));
        }
        var changed = judged.Where(one => !Ledger.Recorded.TryGetValue(one.Claim.Id, out var recorded) || recorded != one.Verdict).Select(one => one.Claim.Id).ToList();
        return new([.. judged.Where(one => !request.RefutedOnly || one.Verdict is Verdict.Refuted or Verdict.HoldsIf)], changed, clock.Elapsed.TotalSeconds);
    }
}
