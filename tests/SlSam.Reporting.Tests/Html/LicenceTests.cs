namespace SlSam.Reporting.Tests.Html;

public sealed class LicenceTests
{
    [Fact]
    public void The_library_keeps_its_licence()
    {
        var run = Training.Run(new PlainOptions(), steps: 2);
        if (HtmlReport.IsAvailable)
        {
            var text = HtmlReport.Render(run);
            Assert.Contains("Copyright (c) 2022 Leon Sorokin", text, StringComparison.Ordinal);
            Assert.Contains("The above copyright notice and this permission notice shall be included", text, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("npm", Assert.Throws<InvalidOperationException>(() => HtmlReport.Render(run)).Message, StringComparison.Ordinal);
        }
    }
}
