"""The Python side of `./backprop bench check`: torch.autograd.gradcheck, with its defaults, on functions whose backward pass is written by hand.

Reads {"repetitions": n, "cases": [{"name": ..., "inputs": [{"shape": [...], "numbers": [...], "integer": false}]}]} from standard input; the names are
those of CheckCases.cs. Writes {"torch": version, "cases": [{"name": ..., "passes": true, "seconds": [...]}]}.
"""
import json
import sys
import time

import torch
from torch.autograd import Function, gradcheck

CASES = {}


def case(name, forward, backward):
    """Registers a function by name: forward(*inputs) -> y; backward(dy, *inputs) -> a tuple with one gradient, or None, for each input."""

    class Written(Function):
        @staticmethod
        def forward(ctx, *inputs):
            ctx.save_for_backward(*inputs)
            return forward(*inputs)

        @staticmethod
        def backward(ctx, dy):
            return backward(dy, *ctx.saved_tensors)

    CASES[name] = Written.apply


def linear(x, w, b):
    return x.mm(w) + b


def sigmoid_slope(x):
    y = x.sigmoid()
    return y * (1 - y)


def softmax(x):
    return x.softmax(-1)


def softmax_backward(dy, y):
    return y * (dy - (y * dy).sum(-1, keepdim=True))


def cross_entropy(logits, labels):
    return -logits.log_softmax(-1).gather(1, labels.unsqueeze(1)).mean()


def error(logits, labels):
    """p - t"""
    return softmax(logits) - torch.zeros_like(logits).scatter(1, labels.unsqueeze(1), 1.0)


def standardized(x):
    centred = x - x.mean(-1, keepdim=True)
    deviation = ((centred * centred).mean(-1, keepdim=True) + 1e-5).sqrt()
    return centred / deviation, deviation


def layer_norm(x, gain, bias):
    return standardized(x)[0] * gain + bias


def layer_norm_backward(dy, x, gain, bias, means=True):
    z, deviation = standardized(x)
    dz = dy * gain
    if means:
        dz = dz - dz.mean(-1, keepdim=True) - z * (dz * z).mean(-1, keepdim=True)
    return dz / deviation, (dy * z).sum(0), dy.sum(0)


def network(x, w1, b1, w2, b2):
    return (x.mm(w1) + b1).tanh().mm(w2) + b2


def network_backward(dy, x, w1, b1, w2, b2, slope=lambda h: 1 - h * h):
    h = (x.mm(w1) + b1).tanh()
    da = dy.mm(w2.t()) * slope(h)
    return da.mm(w1.t()), x.t().mm(da), da.sum(0), h.t().mm(dy), dy.sum(0)


class Stale:
    """Keeps the x of the call before."""

    def __init__(self):
        self.last = None

    def __call__(self, dy, x, w, b):
        kept = x if self.last is None else self.last
        self.last = x.clone()
        return dy.mm(w.t()), kept.t().mm(dy), dy.sum(0)


def linear_overwrites(dy, x, w, b):
    db = dy.sum(0)
    dx = dy.mm(w.t())
    dw = x.t().mm(dy)
    dy.mul_(0.5)
    return dx, dw, db


case("linear", linear, lambda dy, x, w, b: (dy.mm(w.t()), x.t().mm(dy), dy.sum(0)))
case("sigmoid", torch.sigmoid, lambda dy, x: dy * sigmoid_slope(x))
case("softmax", softmax, lambda dy, x: softmax_backward(dy, softmax(x)))
case("cross-entropy", cross_entropy, lambda dy, x, t: (dy * error(x, t) / x.shape[0], None))
case("layer-norm", layer_norm, layer_norm_backward)
case("two-layer-network", network, network_backward)

case("linear: dw divided by N", linear, lambda dy, x, w, b: (dy.mm(w.t()), x.t().mm(dy) / x.shape[0], dy.sum(0)))
case("linear: db not summed", linear, lambda dy, x, w, b: (dy.mm(w.t()), x.t().mm(dy), dy))
case("linear: x of the call before", linear, Stale())
case("linear: dy overwritten", linear, linear_overwrites)
case("sigmoid: slope of the pre-activation", torch.sigmoid, lambda dy, x: dy * x * (1 - x))
case("sigmoid: sigmoid twice", torch.sigmoid, lambda dy, x: dy * sigmoid_slope(x.sigmoid()))
case("sigmoid: slope rounded to float32", torch.sigmoid, lambda dy, x: dy * sigmoid_slope(x.float()).double())
case("softmax: diagonal only", softmax, lambda dy, x: dy * softmax(x) * (1 - softmax(x)))
case("softmax: passed through", softmax, lambda dy, x: dy.clone())
case("cross-entropy: not divided by N", cross_entropy, lambda dy, x, t: (dy * error(x, t), None))
case("cross-entropy: dy ignored", cross_entropy, lambda dy, x, t: (error(x, t) / x.shape[0], None))
case("layer-norm: means forgotten", layer_norm, lambda dy, *x: layer_norm_backward(dy, *x, means=False))
case("two-layer-network: tanh for its slope", network, lambda dy, *x: network_backward(dy, *x, slope=lambda h: h))


def tensor(given):
    if given["integer"]:
        return torch.tensor([int(number) for number in given["numbers"]], dtype=torch.int64).reshape(given["shape"])
    return torch.tensor(given["numbers"], dtype=torch.float64).reshape(given["shape"]).requires_grad_()


def main():
    asked = json.load(sys.stdin)
    torch.set_num_threads(1)
    results = []
    for one in asked["cases"]:
        inputs = tuple(tensor(given) for given in one["inputs"])
        seconds = []
        for _ in range(asked["repetitions"] + 1):
            began = time.perf_counter()
            passes = gradcheck(CASES[one["name"]], inputs, raise_exception=False)
            seconds.append(time.perf_counter() - began)
        results.append({"name": one["name"], "passes": passes, "seconds": seconds})
    json.dump({"torch": torch.__version__, "cases": results}, sys.stdout)


main()
