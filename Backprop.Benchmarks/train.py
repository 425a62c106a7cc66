"""One training step by PyTorch's own autograd, timed: the other side of `./backprop bench train`. Reads the shapes as JSON from standard input, writes seconds as JSON."""
import json
import sys
import time

import torch

asked = json.load(sys.stdin)
torch.set_num_threads(asked["threads"])
torch.manual_seed(1)
ACTIVATIONS = {"Sigmoid": torch.sigmoid, "Tanh": torch.tanh, "Relu": torch.relu, "Identity": lambda z: z}


def step_of(shape):
    sizes = shape["sizes"]
    parameters = []
    for rows, columns in zip(sizes, sizes[1:]):
        parameters += [(torch.randn(rows, columns) / rows**0.5).requires_grad_(), torch.zeros(columns, requires_grad=True)]
    x = torch.rand(shape["batch"], sizes[0]) * 2 - 1
    squared = shape["loss"] == "SquaredError"
    target = torch.full((shape["batch"], sizes[-1]), 0.5) if squared else torch.randint(sizes[-1], (shape["batch"],))
    activation = ACTIVATIONS[shape["hidden"]]

    def step():
        y = x
        for layer in range(0, len(parameters), 2):
            y = torch.addmm(parameters[layer + 1], y, parameters[layer])
            if layer + 2 < len(parameters):
                y = activation(y)
        loss = torch.nn.functional.mse_loss(y, target) * (sizes[-1] / 2) if squared else torch.nn.functional.cross_entropy(y, target)
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients):
                parameter.add_(gradient, alpha=-1e-4)
        return loss.item()

    return step


def seconds(step):
    end, often = time.perf_counter() + 0.06, 0
    while time.perf_counter() < end:
        step()
        often += 1
    times = []
    for _ in range(asked["repetitions"]):
        start = time.perf_counter()
        for _ in range(max(1, often // 2)):
            step()
        times.append((time.perf_counter() - start) / max(1, often // 2))
    return sorted(times)[len(times) // 2]


json.dump({"torch": torch.__version__, "seconds": [seconds(step_of(shape)) for shape in asked["shapes"]]}, sys.stdout)
