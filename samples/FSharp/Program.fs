/// A training loop for the softmax classifier of notes 003, without autograd: each gradient is one that `backprop verify` judges.
module Sample

open System.Collections.Generic
open TorchSharp
open Backprop.Models
open Backprop.Rules

// The core's functions take their arguments in one tuple, as C# does; an F# user curries what is to be curried.
let forward x target (w, b) = SoftmaxClassifier.Forward(x, w, b, target, BatchReduction.Mean)

/// One step downhill: (loss, (W, b)).
let step (rate: Scalar) x target (w: torch.Tensor, b: torch.Tensor) =
    use scope = torch.NewDisposeScope()
    let primal = forward x target (w, b)
    let grads = SoftmaxClassifier.Backward(torch.ones_like primal.Y, primal.Saved)
    let w = w - grads.DW.mul rate
    let b = b - grads.DB.mul rate
    primal.Y.item<double> (), (w.MoveToOuterDisposeScope(), b.MoveToOuterDisposeScope())

/// 300 points in 3 clusters, 100 each: 300×2, and their labels.
let points () =
    let random = System.Random 1
    let centres = [| 0.0, 2.0; -2.0, -1.0; 2.0, -1.0 |]
    let xs = [| for i in 0..299 do
                  let x, y = centres[i % 3]
                  yield x + random.NextDouble() - 0.5
                  yield y + random.NextDouble() - 0.5 |]
    let labels = [| for i in 0..299 -> int64 (i % 3) |]
    torch.tensor(xs :> IList<double>, torch.float64).reshape(300L, 2L), torch.tensor(labels :> IList<int64>, torch.int64)

[<EntryPoint>]
let main _ =
    use scope = torch.NewDisposeScope()
    let x, target = points ()
    let start = torch.zeros(2L, 3L, torch.float64), torch.zeros(3L, torch.float64)
    let rate = 1.0.ToScalar()

    let rec train steps (parameters, losses) =
        if steps = 0 then
            parameters, List.rev losses
        else
            let loss, next = step rate x target parameters
            train (steps - 1) (next, loss :: losses)

    let (w, b), losses = train 100 (start, [])
    let right = SoftmaxClassifier.Predict(x, w, b).eq(target).sum().item<int64> ()
    printfn "loss %.4f at first, %.4f at last; %d of 300 points classified rightly" (List.head losses) (List.last losses) right
    if right = 300L && List.last losses < 0.1 then 0 else 1
