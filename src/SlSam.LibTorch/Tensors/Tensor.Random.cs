namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_normal_ = new("aten::normal_");
        private static readonly Operator s_uniform_ = new("aten::uniform_");
        private static readonly Operator s_exponential_ = new("aten::exponential_");
        private static readonly Operator s_log_normal_ = new("aten::log_normal_");
        private static readonly Operator s_cauchy_ = new("aten::cauchy_");
        private static readonly Operator s_geometric_ = new("aten::geometric_");
        private static readonly Operator s_random__from = new("aten::random_", "from");
        private static readonly Operator s_bernoulli = new("aten::bernoulli");
        private static readonly Operator s_bernoulli__float = new("aten::bernoulli_", "float");
        private static readonly Operator s_bernoulli__Tensor = new("aten::bernoulli_", "Tensor");
        private static readonly Operator s_multinomial = new("aten::multinomial");
        private static readonly Operator s_poisson = new("aten::poisson");

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => s_normal_.CallInPlace(this, [this, mean, std, generator]);

        public Tensor uniform_(double from, double to, Generator? generator = null) => s_uniform_.CallInPlace(this, [this, from, to, generator]);

        public Tensor exponential_(double lambda = 1, Generator? generator = null) => s_exponential_.CallInPlace(this, [this, lambda, generator]);

        public Tensor log_normal_(double mean = 0, double std = 1, Generator? generator = null) => s_log_normal_.CallInPlace(this, [this, mean, std, generator]);

        public Tensor cauchy_(double median = 0, double sigma = 1, Generator? generator = null) => s_cauchy_.CallInPlace(this, [this, median, sigma, generator]);

        public Tensor geometric_(double p, Generator? generator = null) => s_geometric_.CallInPlace(this, [this, p, generator]);

        public Tensor random_(double from, double to, Generator? generator = null) => s_random__from.CallInPlace(this, [this, (long)from, (long)to, generator]);

        public Tensor bernoulli(Generator? generator = null) => s_bernoulli.Call([this, generator]);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => s_bernoulli__float.CallInPlace(this, [this, p, generator]);

        public Tensor bernoulli_(Tensor p, Generator? generator = null) => s_bernoulli__Tensor.CallInPlace(this, [this, p, generator]);

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) => s_multinomial.Call([this, num_samples, replacement, generator]);

        public Tensor poisson(Generator? generator = null) => s_poisson.Call([this, generator]);
    }

    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);

    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) => input.multinomial(num_samples, replacement, generator);

    public static Tensor poisson(Tensor input, Generator? generator = null) => input.poisson(generator);
}
