// A hand-written gradient of your own before the three witnesses, right and wrong.
using Backprop.Facade;
using Backprop.Rules;
using Backprop.Verify;
using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

// softplus: y = log(1 + e^x), dx = dy · σ(x).
var right = Subject.Of("softplus", "y = log(1 + e^x)", [Input.Real("x", "N", "D")],
    x => new Primal<Tensor>(torch.log1p(x[0].exp()), x[0]),
    (dy, x) => [dy * x.sigmoid()],
    x => torch.nn.functional.softplus(x[0])) with
{ Values = [Values.Ordinary] };

// The same with a slip: σ′ instead of σ.
var wrong = right with { Backward = (dy, x) => [dy * ((Tensor)x).sigmoid() * (1 - ((Tensor)x).sigmoid())] };

foreach (var subject in new[] { right, wrong })
{
    var report = Gradients.Verify(subject);
    Console.WriteLine(report.Sentence);
    if (report.Rules[0].Disagreement is { } found) Console.WriteLine($"  {found.Flaw.Text}, at {string.Join("; ", found.Inputs)}");
}

// What `backprop check` does, in a program or a test: one line.
GradientAssert.Right(x => x.sigmoid(), (dy, x) => dy * x.sigmoid() * (1 - x.sigmoid()), Input.Real("x", "N", "D"));

var check = Gradients.Check((x, b) => x + b, (dy, x, b) => [dy, dy.mean([0L])], Input.Real("x", "N", "D"), Input.Real("b", "D"));
Console.WriteLine($"{check.Verdict}: {check.Causes[0].Text}"); // the whole check has all causes, their repair, and the smallest case
