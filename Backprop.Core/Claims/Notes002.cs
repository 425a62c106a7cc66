namespace Backprop.Claims;

/// <summary>What notes 002 claim.</summary>
internal static partial class Notes002
{
    internal static IReadOnlyList<Claim> Claims { get; } = [];
}
