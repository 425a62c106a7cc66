using System.Globalization;

namespace Backprop.Claims;

/// <summary>A system that the notes define or describe, and what in this project covers it.</summary>
/// <param name="Id">S01 to S70.</param>
/// <param name="Name">What it is.</param>
/// <param name="Where">The places: N4:13–21 is notes 004, lines 13 to 21.</param>
public sealed record NotesSystem(string Id, string Name, string Where)
{
    /// <summary>Rules and models that are verified, by their names on the command line.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Procedures that are no rule, by class.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>A page in docs/derivations, for what is no computation.</summary>
    public string? Page { get; init; }

    /// <summary>Only named in the notes, and not built yet.</summary>
    public bool Later { get; init; }

    /// <summary>The ledger's claims from these places.</summary>
    public IReadOnlyList<Claim> Claims => [.. Ledger.All.Where(claim => Places.Any(place => place.File == claim.File && place.From <= claim.To && claim.From <= place.To))];

    /// <summary>Whether anything covers it.</summary>
    public bool IsCovered => Rules.Count + Types.Count > 0 || Page is not null || Claims.Count > 0;

    private IEnumerable<(string File, int From, int To)> Places
    {
        get
        {
            // "N0:3–30, N1:1–20", "N4:13–21, 160–164", "N3:117": a range without a file belongs to the file before it.
            var file = "";
            foreach (var part in Where.Split(',', ';').Select(part => part.Trim()))
            {
                var range = part;
                if (part.Split(':') is [['N', var digit], var rest]) (file, range) = ($"00{digit}", rest);
                var ends = range.Split('–');
                yield return (file, int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[^1], CultureInfo.InvariantCulture));
            }
        }
    }
}

/// <summary>Every system of the notes.</summary>
public static class Systems
{
    /// <summary>S01 to S70.</summary>
    public static IReadOnlyList<NotesSystem> All { get; } =
    [
        new("S01", "Matrix-product layer", "N0:3–30, N1:1–20") { Rules = ["matrix-product"] },
        new("S02", "Row softmax (batch)", "N0:32–40, N1:22–26") { Rules = ["softmax"] },
        new("S03", "Cross-entropy with class labels (batch sum)", "N0:42–56") { Rules = ["negative-log-likelihood", "softmax-cross-entropy"] },
        new("S04", "Softmax + CE, fused (batch)", "N0:50–76") { Rules = ["softmax-cross-entropy"] },
        new("S05", "Multi-class SVM (hinge) loss", "N0:78–105, N1:93–111") { Rules = ["multi-class-hinge"] },
        new("S06", "Indicator function", "N0:103; N3:117") { Rules = ["indicator"] },
        new("S07", "Half squared error", "N2:12–30, 50") { Rules = ["squared-error"] },
        new("S08", "Two-weight sigmoid chain", "N2:18–62") { Rules = ["two-weight-chain"] },
        new("S09", "Sigmoid / logistic", "N2:40–44; N4:13–21, 160–164, 185–188, 225–238, 385–425, 744, 941–949, 2225, 2241") { Rules = ["sigmoid"] },
        new("S10", "Softmax vector function", "N2:68–76; N4:5, 314, 534, 2243–2245") { Rules = ["softmax"] },
        new("S11", "Softmax Jacobian", "N2:78–168") { Types = ["SoftmaxJacobian"] },
        new("S12", "Softmax vector–Jacobian product", "N2:170–197") { Rules = ["softmax"], Types = ["SoftmaxJacobian"] },
        new("S13", "Log-loss on probabilities", "N2:199–221") { Rules = ["negative-log-likelihood"] },
        new("S14", "Softmax classifier (computational graph)", "N3:4–222") { Rules = ["softmax-classifier"] },
        new("S15", "N-layer network, computational graph (named only)", "N3:8–34") { Rules = ["neural-network"] },
        new("S16", "Shorthand d□ := ∂J/∂□", "N3:61–105") { Page = "notation" },
        new("S17", "Residual view of dZ / why subtract 1", "N3:117–157") { Rules = ["softmax-cross-entropy"] },
        new("S18", "Bias gradient by column sum", "N3:186–222") { Rules = ["linear"] },
        new("S19", "Weight update", "N3:178") { Types = ["GradientDescent"] },
        new("S20", "argmax prediction", "N3:188–190") { Types = ["SoftmaxClassifier"] },
        new("S21", "Limit of linear classifiers", "N3:232–235; N4:2289"),
        new("S22", "Softmax shift invariance", "N4:3–11, 272–310") { Rules = ["softmax"] },
        new("S23", "Numerically stable softmax (numpy scratch)", "N4:312–383") { Rules = ["softmax"] },
        new("S24", "Two-class vs multi-class", "N4:230–238") { Rules = ["logistic-regression", "linear-softmax"] },
        new("S25", "Scale behaviour of softmax (scratch)", "N4:276–290"),
        new("S26", "Chain rule, sum rule, exp and log rules", "N2:99–139; N4:15–21, 407–425, 612, 833, 843, 865, 1137, 1159–1161, 1171"),
        new("S27", "Linear form xᵀA", "N4:485–492, 818–825") { Rules = ["linear-form"] },
        new("S28", "One-hot label", "N4:37–41, 459, 802") { Types = ["OneHot"] },
        new("S29", "Softmax + CE, vector form", "N4:25–88, 457–638") { Rules = ["softmax-cross-entropy-distributions"] },
        new("S30", "log-softmax", "N4:43–71, 554–562, 614–620") { Rules = ["log-softmax"] },
        new("S31", "Cross-entropy H(p,q); averaged CE", "N4:264–270, 463, 528, 2280, 2377, 2402") { Rules = ["cross-entropy"] },
        new("S32", "Objectives max p, min −p, min −log p", "N4:260–262"),
        new("S33", "Log bounds", "N4:449–455, 2282–2293"),
        new("S34", "One-hidden-layer net, row convention", "N4:90–132, 798–943") { Rules = ["neural-network"] },
        new("S35", "One-hidden-layer net, column convention", "N4:2231–2239, 2268–2280, 2363–2421") { Rules = ["column-neural-network"] },
        new("S36", "Parameter count", "N4:134–136, 943, 1829–1842, 2227, 2373–2375") { Types = ["ParameterCount"] },
        new("S37", "Skip-gram", "N4:141–147, 169, 175, 193, 199") { Rules = ["skip-gram"] },
        new("S38", "Negative sampling (named: “Pset 1: Skip-gram + negative sampling”)", "N4:169–173, 193–197") { Rules = ["negative-sampling"] },
        new("S39", "CBOW", "N4:177–180, 201–204") { Rules = ["cbow"] },
        new("S40", "SVD + skip-gram → GloVe", "N4:206–218") { Rules = ["glove", "plain-glove"], Types = ["TruncatedSvd"] },
        new("S41", "Plain gradient step", "N4:151") { Types = ["GradientDescent"] },
        new("S42", "SGD instead of batch GD; small random init", "N4:153–154") { Types = ["GradientDescent", "TrainingLoop"] },
        new("S43", "Sparse word-vector gradient", "N4:156–158, 182–184") { Rules = ["skip-gram"], Types = ["SparseRows"] },
        new("S44", "Word-vector hyper-parameters", "N4:222–228, 693") { Page = "skip-gram" },
        new("S45", "Linear softmax classification", "N4:240–254, 646–667, 845–857") { Rules = ["linear-softmax"] },
        new("S46", "Average negative log-likelihood", "N4:427, 640–665") { Rules = ["linear-softmax"] },
        new("S47", "L2-regularised objective", "N4:672–674, 810, 816, 827") { Rules = ["l2-penalty", "linear-softmax"] },
        new("S48", "Parameter vector", "N4:429–431, 678–680") { Types = ["ParameterVector"] },
        new("S49", "Deep-learning parameter vector", "N4:682–691") { Rules = ["embedding-softmax"], Types = ["ParameterVector"] },
        new("S50", "Embedding matrix L", "N4:433–437, 695–699") { Rules = ["embedding-softmax"], Types = ["ParameterVector"] },
        new("S51", "Window concatenation / window classification", "N4:439–447, 705–720") { Rules = ["window-concatenation"] },
        new("S52", "Window gradient split", "N4:733–735") { Rules = ["window-concatenation"] },
        new("S53", "Squared error vs cross-entropy", "N4:669–670"),
        new("S54", "Neuron and layer", "N4:737–772") { Rules = ["neuron", "layer", "column-linear"] },
        new("S55", "Window scorer", "N4:774–791, 945–1353, 1555–1640, 1699–1712, 1887–1991") { Rules = ["window-scorer"] },
        new("S56", "Max-margin (ranking) loss", "N4:953, 963–972, 1026–1030, 1107–1193, 1555–1571, 1897–1905") { Rules = ["max-margin"] },
        new("S57", "Shape rule", "N4:793"),
        new("S58", "Collecting gradients", "N4:1111, 1169, 1189, 2260–2262, 2317, 2359") { Types = ["ParameterVector"] },
        new("S59", "Two-hidden-layer scorer", "N4:1355–1553, 1642–1825, 1999–2047") { Rules = ["two-layer-window-scorer"] },
        new("S60", "δ recursion (general backprop)", "N4:1552, 1788–1800, 2047, 2363–2367") { Types = ["DeltaRecursion"] },
        new("S61", "Product legend", "N4:1440, 1538, 2025–2027") { Rules = ["hadamard", "dot", "outer-product"] },
        new("S62", "Index legend x^m_{np}", "N4:1442–1450") { Page = "notation" },
        new("S63", "Gradient accumulation over paths", "N4:1857–1859") { Rules = ["fan-out"] },
        new("S64", "Example-wise gradient; (cost, grads) interface", "N4:1853, 2194, 2295, 2369–2371, 2398–2404") { Types = ["DeltaRecursion"] },
        new("S65", "Gradient checking", "N4:2059–2134, 2170") { Types = ["FiniteDifference"], Page = "gradient-checking" },
        new("S66", "Gradient-check test functions", "N4:2074–2096, 2136–2212") { Types = ["FiniteDifference"], Page = "gradient-checking" },
        new("S67", "Linear regression", "N4:2142–2144, 2297–2347") { Rules = ["linear-regression"] },
        new("S68", "Gradient descent loop", "N4:2249–2253, 2319–2325, 2339–2357") { Types = ["GradientDescent", "TrainingLoop"] },
        new("S69", "Online backprop pseudo-code", "N4:2423–2443") { Types = ["OnlineTraining"], Page = "gradient-descent" },
        new("S70", "RNN, CNN, LSTM (named only)", "N4:328") { Later = true },
    ];
}
