using Backprop.Models;
using Backprop.Rules;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Verify;

public static partial class Catalogue
{
    private static IReadOnlyList<Subject> Words() =>
    [
        Tables("pair-product", "s_n = u_(i_n)ᵀ v_(j_n)", [Input.Labels("rows", "N", "V"), Input.Labels("columns", "N", "W"), Input.Real("u", "V", "D"), Input.Real("v", "W", "D")],
            x => PairProduct.Forward(x[2], x[3], x[0], x[1]),
            (dy, saved, rows) => PairProduct.Backward(dy, saved) is var g ? [g.DU.Dense(rows[2]), g.DV.Dense(rows[3])] : [],
            x => Scores(x[2], x[3], x[0], x[1])),
        Tables("word-mean", "y_n = (1/K_n) Σ_k L[id_nk], sentences of any length",
            [Input.Labels("ids", "N", "K", "V"), Input.Labels("last", "N", "K"), Input.Real("table", "V", "D")],
            x => WordMean.Forward(x[2], Sentences(x[0], x[1])),
            (dy, saved, rows) => [WordMean.Backward(dy, saved).DTable.Dense(rows[2])],
            x =>
            {
                // A column for no word, counted and cut off.
                var counts = F.one_hot(Sentences(x[0], x[1]) + 1, x[2].shape[0] + 1).sum(1L).narrow(1, 1, x[2].shape[0]).to_type(x[2].dtype);
                return (counts / counts.sum(1L, keepdim: true)).mm(x[2]);
            }),
        SkipGrams("skip-gram", "J = −Σ_n log softmax(U v_c)_o", BatchReduction.Sum),
        SkipGrams("skip-gram-mean", "J = −(1/N) Σ_n log softmax(U v_c)_o", BatchReduction.Mean),
        Cbows("cbow", "J = −Σ_n log softmax(U h)_c, h the mean of the context's vectors", BatchReduction.Sum),
        Cbows("cbow-mean", "J = −(1/N) Σ_n log softmax(U h)_c, h the mean of the context's vectors", BatchReduction.Mean),
        NegativeSamplings("negative-sampling", "J = −Σ_n [log σ(u_oᵀv_c) + Σ_k log σ(−u_kᵀv_c)]", BatchReduction.Sum),
        NegativeSamplings("negative-sampling-mean", "J = −(1/N) Σ_n [log σ(u_oᵀv_c) + Σ_k log σ(−u_kᵀv_c)]", BatchReduction.Mean),
        // One pair whose score comes near its target leaves only rounding to compare; so the targets here lie beyond any score, and glove always has several pairs.
        Tables("plain-glove", "J = ½ Σ_n f_n (u_(i_n)ᵀ v_(j_n) − P_n)²",
            [Input.Labels("rows", "N", "V"), Input.Labels("columns", "N", "V"), Input.Real("u", "V", "D"), Input.Real("v", "V", "D"), Counts("p", 20) with { Differentiable = true }, Input.Distributions("weights", "N")],
            x => PlainGlove.Forward(x[2], x[3], x[0], x[1], x[4], x[5]),
            (dy, saved, rows) => PlainGlove.Backward(dy, saved) is var g ? [g.DU.Dense(rows[2]), g.DV.Dense(rows[3]), g.DP] : [],
            x => (x[5] * (Scores(x[2], x[3], x[0], x[1]) - x[4]).pow(2)).sum() / 2),
        Tables("glove", "J = ½ Σ_n f(X_n) (u_(i_n)ᵀ v_(j_n) + b_(i_n) + c_(j_n) − log X_n)²",
            [Input.Real("u", "V", "D"), Input.Real("v", "V", "D"), Input.Real("b", "V", "1"), Input.Real("c", "V", "1"), Input.Labels("rows", "N", "V"), Input.Labels("columns", "N", "V"), Counts("counts", 1)],
            x => Glove.Forward(x[0], x[1], x[2], x[3], x[4], x[5], x[6]),
            (dy, saved, rows) => Glove.Backward(dy, saved) is var g ? [g.DU.Dense(rows[0]), g.DV.Dense(rows[1]), g.DB.Dense(rows[2]), g.DC.Dense(rows[3])] : [],
            x => (torch.minimum((x[6] / 100).pow(0.75), torch.ones_like(x[6])) * (Scores(x[0], x[1], x[4], x[5]) + x[2].flatten().gather(0, x[4]) + x[3].flatten().gather(0, x[5]) - x[6].log()).pow(2)).sum() / 2),
    ];

    /// <summary>Sentences that end at their last places: −1 after it.</summary>
    private static Tensor Sentences(Tensor ids, Tensor last) => ids.masked_fill(torch.arange(ids.shape[1], torch.int64, ids.device).gt(last.unsqueeze(1)), -1);

    private static Subject SkipGrams(string name, string summary, BatchReduction reduction) =>
        Tables(name, summary, [Input.Labels("centres", "N", "V"), Input.Labels("outsides", "N", "V"), Input.Real("u", "V", "D"), Input.Real("v", "V", "D")],
            x => SkipGram.Forward(x[2], x[3], x[0], x[1], reduction),
            (dy, saved, rows) => SkipGram.Backward(dy, saved) is var g ? [g.DU, g.DV.Dense(rows[3])] : [],
            x => F.cross_entropy(x[3].mm(x[2].t()).index_select(0, x[0]), x[1], reduction: Torch(reduction))) with
        { MayBeEmpty = Empty(reduction) };

    /// <summary>The mean of a context as libtorch's witness has it: a matrix of counts times the table.</summary>
    private static Subject Cbows(string name, string summary, BatchReduction reduction) =>
        Tables(name, summary, [Input.Labels("contexts", "N", "C", "V"), Input.Labels("centres", "N", "V"), Input.Real("u", "V", "D"), Input.Real("v", "V", "D")],
            x => Cbow.Forward(x[2], x[3], x[0], x[1], reduction),
            (dy, saved, rows) => Cbow.Backward(dy, saved) is var g ? [g.DU, g.DV.Dense(rows[3])] : [],
            x => F.cross_entropy((F.one_hot(x[0], x[3].shape[0]).sum(1L).to_type(x[3].dtype) / x[0].shape[1]).mm(x[3]).mm(x[2].t()), x[1], reduction: Torch(reduction))) with
        { MayBeEmpty = Empty(reduction) };

    private static Subject NegativeSamplings(string name, string summary, BatchReduction reduction) =>
        Tables(name, summary, [Input.Labels("centres", "N", "V"), Input.Labels("outsides", "N", "V"), Input.Labels("negatives", "N", "K", "V"), Input.Real("u", "V", "D"), Input.Real("v", "V", "D")],
            x => NegativeSampling.Forward(x[3], x[4], x[0], x[1], x[2], reduction),
            (dy, saved, rows) => NegativeSampling.Backward(dy, saved) is var g ? [g.DU.Dense(rows[3]), g.DV.Dense(rows[4])] : [],
            x =>
            {
                var all = x[4].mm(x[3].t()).index_select(0, x[0]);
                return (F.softplus(-all.gather(1, x[1].unsqueeze(1)), threshold: 50).sum() + F.softplus(all.gather(1, x[2]), threshold: 50).sum()) / (reduction == BatchReduction.Mean ? x[0].shape[0] : 1);
            }) with
        { MayBeEmpty = Empty(reduction) };

    /// <summary>A subject with tables of word vectors. A gradient of few rows comes before the witnesses written out as the whole table, for which Backward is told how
    /// many rows each input has. Ids come first where one pair alone is a case: the first letter is 1 now and then. Scores of 10⁴ and more round by more than the losses can bear.</summary>
    private static Subject Tables<TSaved>(string name, string summary, IReadOnlyList<Input> inputs, Func<IReadOnlyList<Tensor>, Primal<TSaved>> forward,
        Func<Tensor, TSaved, IReadOnlyList<long>, IReadOnlyList<Tensor>> backward, Func<IReadOnlyList<Tensor>, Tensor> reference) where TSaved : class =>
        Subject.Of(name, summary, inputs,
            x => forward(x) is var primal ? new Primal<Tabled<TSaved>>(primal.Y, new(primal.Saved, [.. x.Select(input => input.shape[0])])) : throw new InvalidOperationException(),
            (dy, saved) => backward(dy, saved.Saved, saved.Rows), reference) with
        { Values = [Values.Ordinary, Values.Ties] };

    private sealed record Tabled<TSaved>(TSaved Saved, IReadOnlyList<long> Rows);

    private static Tensor Scores(Tensor u, Tensor v, Tensor rows, Tensor columns) => u.mm(v.t()).flatten().gather(0, rows * v.shape[0] + columns);

    /// <summary>How often a pair occurs: from <paramref name="least"/> to beyond where GloVe's weight stops growing.</summary>
    private static Input Counts(string name, int least) => new(name, ["N"], InputKind.Given, false)
    {
        Source = @case =>
        {
            var random = new Random(@case.Seed);
            var counts = Enumerable.Range(0, (int)@case.Sizes["N"]).Select(_ => (double)random.Next(least, 150)).ToArray();
            return torch.tensor(counts, [counts.Length], torch.float64);
        },
    };
}
