namespace TorchSharp;

public static partial class torch
{
    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);
    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);
    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);
    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);
    public static Tensor vdot(Tensor input, Tensor target) => input.vdot(target);
    public static Tensor inner(Tensor input, Tensor vec2) => input.inner(vec2);
    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);
    public static Tensor ger(Tensor input, Tensor vec2) => input.ger(vec2);
    public static Tensor kron(Tensor input, Tensor other) => input.kron(other);
    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm(mat1, mat2, beta, alpha);
    public static Tensor addmm_(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm_(mat1, mat2, beta, alpha);
    public static Tensor addmv(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmv(mat1, mat2, beta, alpha);
    public static Tensor addmv_(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmv_(mat1, mat2, beta, alpha);
    public static Tensor addr(Tensor input, Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) =>
        input.addr(vec1, vec2, beta, alpha);
    public static Tensor addbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
        input.addbmm(batch1, batch2, beta, alpha);
    public static Tensor inverse(Tensor input) => input.inverse();
    public static Tensor det(Tensor input) => input.det();
    public static Tensor matrix_power(Tensor input, int n) => input.matrix_power(n);
    public static Tensor matrix_exp(Tensor input) => input.matrix_exp();
    public static Tensor einsum(string equation, params Tensor[] tensors) => Ops.einsum.Call(equation, Arg.List(tensors));
    public static Tensor tensordot(Tensor a, Tensor b, long[] dims1, long[] dims2) => a.tensordot(b, dims1, dims2);
    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2, compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary) =>
        p >= 0 ? Ops.cdist.Call(x1, x2, p, (long)compute_mode) : throw new ArgumentException("p must be non-negative");

    // Random numbers.
    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);
    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        input.multinomial(num_samples, replacement, generator);
    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) =>
        randn(mean.shape, null, std.device, false, generator) * std + mean;

}
