namespace Backprop.Bugs.Formulas;

/// <summary>A formula with one slip in it: what the gradients that it reaches have become.</summary>
/// <param name="Code">See <see cref="Verify.CauseCode"/>.</param>
/// <param name="Phrase">After the gradient's name: "lacks the factor 1 − y".</param>
/// <param name="Cost">How unlikely: 0 for the commonest.</param>
/// <param name="Part">The named part that it is in; null when it is in a gradient itself.</param>
/// <param name="Wrong">The gradients that it changes, by input name.</param>
internal sealed record Slip(string Code, string Phrase, int Cost, Named? Part, IReadOnlyList<WrongForm> Wrong);

/// <summary>A gradient with a slip in it, beside the form that it was made from.</summary>
internal sealed record WrongForm(string Input, Expr Wrong, Expr Right);
