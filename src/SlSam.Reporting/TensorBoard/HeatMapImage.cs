namespace SlSam.Reporting.TensorBoard;

/// <summary>The heat map of a run as a picture: a band for each layer, darker where it was more probable, with a stripe where it was chosen.</summary>
internal static class HeatMapImage
{
    private const int LargestWidth = 1000;
    private static readonly double[] s_improbable = [240, 244, 251];
    private static readonly double[] s_probable = [36, 88, 159];
    private static readonly double[] s_chosen = [217, 99, 10];

    /// <summary>Draws a run.</summary>
    /// <returns>Null where there is nothing to draw.</returns>
    public static Summary.Types.Image? Of(TrainingRun run)
    {
        var points = run.Steps.First.Length;
        if (points == 0 || run.Arms.Count == 0)
        {
            return null;
        }

        var column = Math.Max(1, LargestWidth / points);
        var row = run.Arms.Count > 40 ? 6 : 16;
        var (width, height) = (points * column, run.Arms.Count * row);
        var pixels = new byte[3 * width * height];
        for (var y = 0; y < height; y++)
        {
            var arm = run.Arms[y / row];
            var place = y % row;
            var isGap = place == row - 1;
            var isStripe = place >= row / 3 && place < row - row / 3 - 1;
            for (var x = 0; x < width; x++)
            {
                var point = x / column;
                for (var channel = 0; channel < 3; channel++)
                {
                    var color = Blend(s_improbable[channel], s_probable[channel], arm.Probability[point]);
                    color = isStripe ? Blend(color, s_chosen[channel], arm.Active[point]) : color;
                    pixels[3 * (y * width + x) + channel] = isGap ? byte.MaxValue : (byte)Math.Round(color);
                }
            }
        }

        return new Summary.Types.Image
        {
            Width = width,
            Height = height,
            Colorspace = 3,
            EncodedImageString = Google.Protobuf.ByteString.CopyFrom(Png.Encode(width, height, pixels)),
        };
    }

    private static double Blend(double from, double to, float share) => float.IsFinite(share) ? from + Math.Clamp(share, 0, 1) * (to - from) : from;
}
