namespace Backprop.Claims;

/// <summary>What notes 004 claim. One part a topic, in the order of the lines: see the files beside this one.</summary>
internal static partial class Notes004
{
    internal static IReadOnlyList<Claim> Claims { get; } = [.. LaterClaims()];
}
