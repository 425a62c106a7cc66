/// Gradients written by hand in F#, for `backprop check`: all of them are right.
namespace FSharp.Gradients

open System.Runtime.InteropServices
open TorchSharp
open Backprop.Facade

type Tensor = torch.Tensor

[<HandGradient>]
module MyLinear =
    let forward ([<Shape("N", "D")>] x: Tensor) ([<Shape("D", "M")>] w: Tensor) ([<Shape("M")>] b: Tensor) = x.matmul w + b

    let backward (dy: Tensor) (x: Tensor) (w: Tensor) (_b: Tensor) = dy.matmul (w.t ()), x.t().matmul dy, dy.sum 0L

/// A constant that may be left out, and a record of gradients.
type PenaltyGrads = { DX: Tensor; DTarget: Tensor }

[<HandGradient>]
type MyPenalty =
    static member Forward([<Shape("N", "D")>] x: Tensor, [<Shape("N", "D")>] target: Tensor, ?lambda: double) =
        (x - target).pow(2.0.ToScalar()).sum () * (defaultArg lambda 0.5).ToScalar()

    static member Backward(dy: Tensor, x: Tensor, target: Tensor, lambda: double option) =
        let dx = dy * (x - target) * (2.0 * defaultArg lambda 0.5).ToScalar()
        { DX = dx; DTarget = -dx }

/// An anonymous record; F# sorts its fields, so they are matched by name.
[<HandGradient>]
type MyProduct =
    static member Forward([<Shape("N", "D")>] x: Tensor, [<Shape("D", "M")>] a: Tensor, [<Optional; DefaultParameterValue(3.0)>] scale: double) =
        x.matmul a * scale.ToScalar()

    static member Backward(dy: Tensor, x: Tensor, a: Tensor, scale: double) =
        {| dx = dy.matmul (a.t ()) * scale.ToScalar()
           da = x.t().matmul dy * scale.ToScalar() |}

/// A list of gradients and a tensor that the module keeps.
[<HandGradient; Size("D", 3, 5)>]
module MyScale =
    let private two = torch.tensor (2.0, torch.float64)

    let Forward ([<Shape("N", "D")>] x: Tensor, [<Positive; Shape("D")>] s: Tensor) = two.``to``(x.dtype, x.device) * x * s.log ()

    let Backward (dy: Tensor, x: Tensor, s: Tensor) =
        let two = two.``to`` (x.dtype, x.device)
        [ two * dy * s.log (); (two * dy * x / s).sum 0L ]

/// A struct tuple of options: the second input gets none, since it is a constant.
[<HandGradient>]
module MyMask =
    let Forward ([<Shape("N", "D")>] x: Tensor, [<Range(0, 1, "N", "D"); NoGradient>] keep: Tensor) = x * keep

    let Backward (dy: Tensor, _x: Tensor, keep: Tensor) = struct (Some(dy * keep), (None: Tensor option))

/// Nine gradients: a tuple within a tuple, to the runtime.
[<HandGradient>]
module MySum =
    let Forward
        (
            [<Shape("N")>] a: Tensor,
            [<Shape("N")>] b: Tensor,
            [<Shape("N")>] c: Tensor,
            [<Shape("N")>] d: Tensor,
            [<Shape("N")>] e: Tensor,
            [<Shape("N")>] f: Tensor,
            [<Shape("N")>] g: Tensor,
            [<Shape("N")>] h: Tensor,
            [<Shape()>] i: Tensor
        ) =
        a + b - c + d - e + f - g + h * i

    let Backward (dy: Tensor, _a: Tensor, _b: Tensor, _c: Tensor, _d: Tensor, _e: Tensor, _f: Tensor, _g: Tensor, h: Tensor, i: Tensor) =
        dy, dy, -dy, dy, -dy, dy, -dy, dy * i, (dy * h).sum ()
