namespace Backprop.Claims;

/// <summary>What notes 001 claim.</summary>
internal static partial class Notes001
{
    internal static IReadOnlyList<Claim> Claims { get; } = [];
}
