namespace Backprop.Rules;

/// <summary>What a forward pass gives: the result, and what the backward pass needs of it.</summary>
/// <param name="Y">The result.</param>
/// <param name="Saved">The least that the backward pass can do with.</param>
public sealed record Primal<TSaved>(Tensor Y, TSaved Saved);
