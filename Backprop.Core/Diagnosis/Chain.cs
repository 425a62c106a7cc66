using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>A layer of a chain: it takes the result of the layer before it, and parameters of its own.</summary>
/// <param name="Name">In reports, e.g. "hidden".</param>
/// <param name="Parameters">How its parameters are drawn.</param>
/// <param name="Forward">x, the parameters → y.</param>
/// <param name="Backward">dy, x, the parameters → dx and one gradient for each differentiable parameter.</param>
public sealed record Layer(string Name, IReadOnlyList<Input> Parameters, Func<Tensor, IReadOnlyList<Tensor>, Tensor> Forward, Func<Tensor, Tensor, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> Backward);

/// <summary>The verdict on a chain of layers.</summary>
/// <param name="Whole">On the chain as one function of its input and all parameters.</param>
/// <param name="Culprit">The first layer, seen from the loss, whose own backward pass is wrong; null when none is.</param>
/// <param name="Layer">The report on that layer alone, at inputs as they come through the chain; null when none is wrong.</param>
/// <param name="Consequences">Gradients of layers further from the loss that are wrong too: check them again once the culprit is mended.</param>
public sealed record ChainReport(CheckReport Whole, string? Culprit, CheckReport? Layer, IReadOnlyList<string> Consequences)
{
    /// <summary>Throws when the chain is wrong or could not be checked; the message is the report.</summary>
    /// <exception cref="WrongGradientException">It is.</exception>
    public ChainReport ThrowIfWrong()
    {
        (Layer ?? Whole).ThrowIfWrong();
        Whole.ThrowIfWrong();
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => Culprit is null
        ? Whole.ToString()
        : $"{Whole.Name}: {Whole.Verdict.ToString().ToLowerInvariant()}: seen from the loss, {Culprit} is the first layer whose backward pass is wrong\n{Layer}"
            + (Consequences.Count > 0 ? $"\n  consequences: {string.Join(", ", Consequences)}" : "");
}

/// <summary>Checks layers in a row, and finds the one to blame.</summary>
public static class Chain
{
    /// <summary>Checks the whole chain; when it is wrong, each layer by itself, from the loss on.</summary>
    /// <param name="x">How the first layer's input is drawn.</param>
    /// <param name="layers">First to last; the last gives the loss, or what goes on to it.</param>
    /// <param name="options">Cases, seed, dtype, device, tolerance.</param>
    /// <param name="cancellation">Looked at before every case.</param>
    /// <exception cref="ArgumentException">There is no layer.</exception>
    public static ChainReport Check(Input x, IReadOnlyList<Layer> layers, CheckOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0) throw new ArgumentException("layers: expected at least one.", nameof(layers));
        var chain = new Whole(x, layers);
        var whole = Checker.Check(chain.Specimen, options, cancellation);
        if (whole.Verdict != Verdict.Wrong) return new(whole, null, null, []);
        for (var i = layers.Count - 1; i >= 0; i--)
        {
            var report = Checker.Check(chain.Alone(i, options ?? new()), options, cancellation);
            if (report.Verdict is not (Verdict.Wrong or Verdict.Error)) continue;
            var later = chain.Names.Where(name => name.Layer < i).Select(name => "d" + name.Name).ToHashSet(StringComparer.Ordinal);
            return new(whole, layers[i].Name, report, [.. whole.Gradients.Where(one => one.Verdict == Verdict.Wrong && later.Contains(one.Gradient)).Select(one => one.Gradient)]);
        }
        return new(whole, null, null, []);
    }

    private sealed record Named(string Name, int Layer);

    private sealed class Whole(Input x, IReadOnlyList<Layer> layers)
    {
        private readonly IReadOnlyList<Input> _inputs = [x, .. layers.SelectMany(layer => layer.Parameters.Select(parameter => parameter with { Name = $"{layer.Name}.{parameter.Name}" }))];

        /// <summary>Every input, with the layer that it belongs to; the chain's own belongs to the first.</summary>
        internal IReadOnlyList<Named> Names => [new(x.Name, -1), .. layers.SelectMany((layer, i) => layer.Parameters.Select(parameter => new Named($"{layer.Name}.{parameter.Name}", i)))];

        internal Specimen Specimen => new()
        {
            Name = string.Join(" → ", layers.Select(layer => layer.Name)),
            Inputs = _inputs,
            Forward = inputs => new([Through(inputs, layers.Count)], null),
            Backward = (dys, inputs, _) => Back(dys[0], inputs),
        };

        /// <summary>Layer <paramref name="i"/> alone, its input as the layers before it give it.</summary>
        internal Specimen Alone(int i, CheckOptions options)
        {
            var before = _inputs.Take(1 + layers.Take(i).Sum(layer => layer.Parameters.Count)).ToList();
            var input = i == 0 ? x : new Input("x", [], InputKind.Given, true)
            {
                // From another seed than its parameters, which are drawn after this.
                Source = @case => Through(Draw.Inputs(before, @case with { Seed = unchecked(@case.Seed + 17) }, torch.ScalarType.Float64, torch.device(options.Device)), i).detach(),
            };
            // The sizes of the layers before it are drawn with it.
            return new()
            {
                Name = layers[i].Name,
                Inputs = [input, .. layers[i].Parameters],
                Sizes = new Dictionary<string, SizeRange>(StringComparer.Ordinal),
                More = i == 0 ? [] : [.. before.SelectMany(one => one.Shape).SelectMany(SizeProduct.Letters).Distinct(StringComparer.Ordinal)],
                Forward = inputs => new([layers[i].Forward(inputs[0], [.. inputs.Skip(1)])], null),
                Backward = (dys, inputs, _) => layers[i].Backward(dys[0], inputs[0], [.. inputs.Skip(1)]),
            };
        }

        private Tensor Through(IReadOnlyList<Tensor> inputs, int count)
        {
            var (y, next) = (inputs[0], 1);
            foreach (var layer in layers.Take(count))
            {
                y = layer.Forward(y, [.. inputs.Skip(next).Take(layer.Parameters.Count)]);
                next += layer.Parameters.Count;
            }
            return y;
        }

        private IReadOnlyList<Tensor?> Back(Tensor dy, IReadOnlyList<Tensor> inputs)
        {
            var gradients = new List<Tensor?>();
            for (var i = layers.Count - 1; i >= 0; i--)
            {
                var first = 1 + layers.Take(i).Sum(layer => layer.Parameters.Count);
                var own = layers[i].Backward(dy, Through(inputs, i), [.. inputs.Skip(first).Take(layers[i].Parameters.Count)]);
                gradients.InsertRange(0, own.Skip(1));
                dy = own[0];
            }
            if (x.Differentiable) gradients.Insert(0, dy);
            return gradients;
        }
    }
}
