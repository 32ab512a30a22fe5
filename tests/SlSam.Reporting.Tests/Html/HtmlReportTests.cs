using System.Globalization;
using System.Text.Json.Nodes;
using SlSam.Reporting.Tests.Browsing;

namespace SlSam.Reporting.Tests.Html;

/// <summary>The report in a real browser.</summary>
public sealed class HtmlReportTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private static readonly Lazy<TrainingRun> s_slSam = new(() => Training.Run(new SlSamOptions { Sparsity = 0.3, Rho = 0.05, Seed = 2 }, 120));
    private static readonly Lazy<TrainingRun> s_adamW = new(() => Training.Run(new PlainOptions(), 120, "AdamW"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData(false, 1280, false)]
    [InlineData(false, 1280, true)]
    [InlineData(true, 1280, false)]
    [InlineData(true, 1280, true)]
    [InlineData(true, 360, false)]
    [InlineData(false, 360, true)]
    public async Task Every_chart_is_drawn_without_a_complaint(bool pair, int width, bool dark)
    {
        await using var page = await OpenAsync(width, dark, s_slSam.Value, pair ? s_adamW.Value : null);
        Assert.Equal("yes", (await page.EvaluateAsync("document.documentElement.dataset.ready")).ToString());
        await page.CaptureAsync($"{(pair ? "two runs" : "one run")}, {width}, {(dark ? "dark" : "light")}");
        var titles = (await page.EvaluateAsync("[...document.querySelectorAll('.panel h2')].map(each => each.textContent)")).AsArray().Select(each => each!.ToString());
        Assert.Equal(
            pair
                ? ["Loss", "Accuracy", "Layers of SL-SAM", "Layers of AdamW", "Cost against AdamW", "Learning rates", "Where the time went", "Gradient norms of SL-SAM", "Gradient norms of AdamW", "Balancedness of SL-SAM", "Balancedness of AdamW", "Configuration", "Environment"]
                : ["Loss", "Accuracy", "Layers", "Cost against AdamW", "Learning rates", "Where the time went", "Gradient norms", "Balancedness of low-rank pairs", "Configuration", "Environment"],
            titles);
        await AssertDrawnAsync(page, pair ? 11 : 8);

        await page.EvaluateAsync("document.querySelector('#axis input[value=time]').click()");
        await page.EvaluateAsync($"document.querySelector('#theme input[value={(dark ? "light" : "dark")}]').click()");
        await AssertDrawnAsync(page, pair ? 11 : 8);
        Assert.True((int)await page.EvaluateAsync("document.documentElement.scrollWidth") <= width, "The page is wider than its window.");
        Assert.Empty(page.Complaints);
    }

    [SkippableTheory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task A_deep_model_fits_as_well(int width)
    {
        var run = s_slSam.Value;
        var arms = Enumerable.Range(0, 80).Select(index => run.Arms[index % run.Arms.Count] with { Name = $"encoder.blocks[{index}].attention.output" });
        await using var page = await OpenAsync(width, false, run with { Arms = [.. arms] });
        await page.CaptureAsync($"80 layers, {width}");
        await AssertDrawnAsync(page, 8);
        Assert.True((int)await page.EvaluateAsync("document.documentElement.scrollWidth") <= width, "The page is wider than its window.");
        Assert.Empty(page.Complaints);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Text_can_be_told_from_its_background(bool dark)
    {
        await using var page = await OpenAsync(1280, dark, s_slSam.Value, s_adamW.Value);
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(each => { each.open = true; })");
        await page.SettleAsync();
        var poor = await page.EvaluateAsync(
            """
            (() => {
              const parse = text => text.match(/[\d.]+/g).map(Number);
              const luminance = color => color.slice(0, 3).map(each => each / 255).map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
                .reduce((sum, each, index) => sum + each * [0.2126, 0.7152, 0.0722][index], 0);
              const background = element => {
                for (let each = element; each; each = each.parentElement) {
                  const color = parse(getComputedStyle(each).backgroundColor);
                  if (color.length < 4 || color[3] === 1) return color;
                }
                return [255, 255, 255];
              };
              const poor = new Set();
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const element = walker.currentNode.parentElement;
                if (!walker.currentNode.data.trim() || !element.getClientRects().length || element.closest("script, .hidden")) continue;
                const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(background(element))];
                const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                if (contrast < 4.5) poor.add(`${element.tagName} ${element.className}: ${contrast.toFixed(2)}`);
              }
              return [...poor];
            })()
            """);
        Assert.Empty(poor.AsArray());
    }

    [SkippableFact]
    public async Task The_numbers_behind_a_chart_are_those_of_the_run()
    {
        var run = s_slSam.Value;
        await using var page = await OpenAsync(1280, false, run);
        await page.EvaluateAsync("document.querySelector('#loss details').open = true");
        await page.SettleAsync();
        var cells = await page.EvaluateAsync("[...document.querySelectorAll('#loss tbody tr')].map(row => row.children[2].textContent)");
        Assert.Equal(run.Steps.Loss.Select(loss => (double)loss), cells.AsArray().Select(cell => double.Parse(cell!.ToString(), CultureInfo.InvariantCulture)), Close);

        await page.EvaluateAsync("URL.createObjectURL = blob => { window.saved = blob.text(); return 'data:,'; }; document.querySelector('#layers-1 details button').click()");
        var lines = (await page.EvaluateAsync("window.saved")).ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToArray();
        Assert.Equal(1 + run.Steps.First.Length, lines.Length);
        for (var arm = 0; arm < run.Arms.Count; arm++)
        {
            var column = Array.IndexOf(lines[0], $"{run.Arms[arm].Name}: probability");
            Assert.Equal(run.Arms[arm].Probability, lines.Skip(1).Select(line => float.Parse(line[column], CultureInfo.InvariantCulture)));
            Assert.Equal(run.Arms[arm].Active, lines.Skip(1).Select(line => float.Parse(line[column + 1], CultureInfo.InvariantCulture)));
        }
    }

    [SkippableFact]
    public async Task Charts_are_read_with_the_keyboard()
    {
        var run = s_slSam.Value;
        await using var page = await OpenAsync(1280, false, run);
        await page.EvaluateAsync("document.querySelector('#layers-1 .chart').focus()");
        await page.PressAsync("Home");
        for (var press = 0; press < 17; press++)
        {
            await page.PressAsync("ArrowRight");
        }

        await page.PressAsync("ArrowDown");
        await page.PressAsync("ArrowDown");
        var (arm, point) = (run.Arms[2], 17);
        var chosen = arm.Active[point] == 0 ? "not chosen" : "chosen and perturbed";
        Assert.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"{arm.Name} · Step 18 · probability {100 * arm.Probability[point]:F1} % · {chosen}"),
            await TextAsync(page, "#layers-1 output"), StringComparison.Ordinal);
        Assert.Equal(await TextAsync(page, "#layers-1 output"), await TextAsync(page, "#announcer"));

        await page.EvaluateAsync("document.querySelector('#cost .chart').focus()");
        await page.PressAsync("End");
        await page.PressAsync("ArrowLeft", shift: true);
        Assert.StartsWith("Step 110: Mean so far ", await TextAsync(page, "#cost output"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [SkippableFact]
    public async Task Whatever_can_be_reached_has_a_name()
    {
        await using var page = await OpenAsync(1280, false, s_slSam.Value, s_adamW.Value);
        var focusable = (await page.AccessibilityAsync()).Where(node =>
            node!["ignored"]?.GetValue<bool>() == false
            && node["properties"]?.AsArray().Any(each => each!["name"]!.ToString() == "focusable" && each["value"]!["value"]!.GetValue<bool>()) == true
            && node["role"]!["value"]!.ToString() != "RootWebArea").ToList();
        Assert.True(focusable.Count > 40);
        Assert.All(focusable, node => Assert.False(string.IsNullOrWhiteSpace(node!["name"]?["value"]?.ToString()), node!.ToJsonString()));
    }

    [SkippableFact]
    public async Task Names_are_text_whatever_they_hold()
    {
        const string Name = "</script><img src=x onerror=alert(1)>{{runs}}";
        var run = s_slSam.Value with { Name = Name };
        await using var page = await OpenAsync(1280, false, run, run);
        Assert.Equal($"{Name} and {Name}", await TextAsync(page, "h1"));
        Assert.Equal(0, (int)await page.EvaluateAsync("document.images.length"));
        Assert.Contains("<b>\"quoted\"</b>, with a comma", await TextAsync(page, "#configuration table"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [SkippableFact]
    public async Task A_run_with_little_in_it_is_shown_as_well()
    {
        var refused = Training.Run(new SamOptions(), steps: 1, "one step, refused", refused: 0);
        await using (var page = await OpenAsync(1280, false, refused))
        {
            Assert.Contains("NonFiniteFirstPass", refused.Refused[0].Report, StringComparison.Ordinal);
            Assert.Equal("Refused steps", await TextAsync(page, ".warning h2"));
            Assert.Empty(page.Complaints);
        }

        var nothing = Training.Run(new SamOptions(), steps: 0);
        await using (var page = await OpenAsync(1280, false, nothing))
        {
            Assert.Equal("No steps", await TextAsync(page, "#none h2"));
            Assert.Empty(page.Complaints);
        }
    }

    private static bool Close(double expected, double found) => Math.Abs(expected - found) <= 1e-3 * Math.Abs(expected);

    private static async Task<string> TextAsync(Page page, string selector) =>
        (await page.EvaluateAsync($"document.querySelector({JsonValue.Create(selector).ToJsonString()}).textContent")).ToString();

    /// <summary>A chart is drawn if its canvas has the colours of lines or cells, many of them, beside the transparent ground.</summary>
    private static async Task AssertDrawnAsync(Page page, int charts)
    {
        await page.SettleAsync();
        var colors = await page.EvaluateAsync(
            """
            [...document.querySelectorAll(".chart")].map(chart => {
              const canvas = chart.querySelector("canvas");
              const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
              copy.drawImage(canvas, 0, 0);
              const pixels = copy.getImageData(0, 0, canvas.width, canvas.height).data;
              let drawn = 0;
              for (let place = 0; place < pixels.length; place += 4) {
                const [low, high] = [Math.min(pixels[place], pixels[place + 1], pixels[place + 2]), Math.max(pixels[place], pixels[place + 1], pixels[place + 2])];
                if (pixels[place + 3] > 60 && high - low > 40) drawn++;
              }
              return [chart.getAttribute("aria-label"), drawn / canvas.width, chart.getBoundingClientRect().height];
            })
            """);
        Assert.Equal(charts, colors.AsArray().Count);
        Assert.All(colors.AsArray(), chart =>
        {
            Assert.True((double)chart![1]! >= 1, $"{chart[0]}: a line would colour at least one pixel in each column.");
            Assert.True((double)chart[2]! >= 100, $"{chart[0]} is {chart[2]} pixels high.");
        });
    }

    private async Task<Page> OpenAsync(int width, bool dark, TrainingRun run, TrainingRun? other = null)
    {
        Browser.RequirePresent();
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.html");
        HtmlReport.Write(path, run, other);
        var page = await browser.OpenAsync(new Uri(path), width, dark);
        await page.SettleAsync();
        return page;
    }
}
