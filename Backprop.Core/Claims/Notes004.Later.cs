namespace Backprop.Claims;

/// <summary>Lines 1201 to 2443, in their order.</summary>
internal static partial class Notes004
{
    // The rules and models that these claims are about, as `backprop list` names them.
    private const string Window = "window-scorer", TwoWindow = "two-layer-window-scorer", Margin = "max-margin", Recursive = "delta-recursion", Network = "column-neural-network", LeastSquares = "linear-regression";

    private static IReadOnlyList<Claim> LaterClaims() =>
    [
        .. new[]
        {
            Scorer(), ScorerByInput(), TwoLayers(), TwoLayersByEntry(), ScorerAgain(), TwoLayersAgain(), TwoLayersOnceMore(), Paths(), ScorerThird(),
            Recursion(), Checking(), CheckingByHand(), Network2(), Regression(), NetworkAgain(), Online(),
        }.SelectMany(claims => claims).OrderBy(claim => claim.Id, StringComparer.Ordinal),
    ];
}
