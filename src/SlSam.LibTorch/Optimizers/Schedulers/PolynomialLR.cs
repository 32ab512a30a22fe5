namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Makes a scheduler: the rate falls to zero over some epochs, as a power of the epochs that are left.</summary>
            /// <param name="optimizer">The optimizer.</param>
            /// <param name="total_iters">The number of epochs.</param>
            /// <param name="power">The power.</param>
            /// <param name="last_epoch">The epoch before the first.</param>
            /// <param name="verbose">Whether changes are written to the console.</param>
            public static LRScheduler PolynomialLR(
                Optimizer optimizer, int total_iters = 5, double power = 1.0, int last_epoch = -1, bool verbose = false) =>
                new impl.PolynomialLR(optimizer, total_iters, power, last_epoch, verbose);

            public static partial class impl
            {
                /// <summary>The rate falls to zero over some epochs, as a power of the epochs that are left.</summary>
                public class PolynomialLR : LRScheduler
                {
                    private readonly double _total_iters;
                    private readonly double _power;

                    /// <summary>Makes the scheduler.</summary>
                    /// <param name="optimizer">The optimizer.</param>
                    /// <param name="total_iters">The number of epochs.</param>
                    /// <param name="power">The power.</param>
                    /// <param name="last_epoch">The epoch before the first.</param>
                    /// <param name="verbose">Whether changes are written to the console.</param>
                    public PolynomialLR(
                        Optimizer optimizer, int total_iters = 5, double power = 1.0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _total_iters = total_iters;
                        _power = power;
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch == 0 || _last_epoch > _total_iters) return Scaled(1);
                        return Scaled(Math.Pow((1.0 - (_last_epoch / _total_iters)) / (1.0 - ((_last_epoch - 1) / _total_iters)), _power));
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() =>
                        FromInitial(Math.Pow(1 - (Math.Min(_total_iters, _last_epoch) / _total_iters), _power));
                }
            }
        }
    }
}
