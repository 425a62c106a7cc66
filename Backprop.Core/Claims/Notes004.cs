namespace Backprop.Claims;

/// <summary>What notes 004 claim.</summary>
internal static partial class Notes004
{
    internal static IReadOnlyList<Claim> Claims { get; } = [];
}
