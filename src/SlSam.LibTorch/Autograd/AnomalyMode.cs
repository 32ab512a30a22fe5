namespace TorchSharp;

/// <summary>Autograd's search for the operation behind a failing backward pass, on or off until it is disposed.</summary>
public class AnomalyMode : IDisposable
{
    private readonly bool _wasEnabled = IsEnabled;
    private readonly bool _checkedNan = ShouldCheckNaN;

    public AnomalyMode(bool enabled, bool check_nan = true) => Native.slsam_set_anomaly(enabled ? 1 : 0, check_nan ? 1 : 0);

    public static bool IsEnabled => Native.slsam_anomaly_enabled() != 0;

    public static bool ShouldCheckNaN => Native.slsam_anomaly_check_nan() != 0;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) Native.slsam_set_anomaly(_wasEnabled ? 1 : 0, _checkedNan ? 1 : 0);
    }
}
