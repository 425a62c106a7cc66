namespace Backprop.Claims;

/// <summary>Lines 1201 to 2443.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> LaterClaims() => [];
}
