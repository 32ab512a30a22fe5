using SlSam.Compiler.Tests.Harness;
using SlSam.Docs.Tests.Markdown;

namespace SlSam.Docs.Tests;

/// <summary>Every Markdown file of the repository.</summary>
public class PageTests
{
    private static readonly MarkdownPage[] s_pages = [.. MarkdownPage.All(Repository.Root)];

    [Fact]
    public void Every_link_points_to_something()
    {
        var broken = from page in s_pages
                     from link in page.Links
                     where IsOfTheRepository(link) && !Exists(page, link)
                     select $"{page.Path}: {link}";

        Assert.Empty(broken);
        Assert.Contains(s_pages, page => page.Links.Any());
    }

    [Fact]
    public void Every_page_is_reached_from_the_first()
    {
        var reached = new HashSet<string> { Path.Combine(Repository.Root, "README.md") };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var file))
        {
            var page = s_pages.Single(each => each.File == file);
            foreach (var next in page.Links.Where(IsOfTheRepository).Select(link => Target(file, link)).Where(next => s_pages.Any(other => other.File == next)))
            {
                if (reached.Add(next))
                    open.Enqueue(next);
            }
        }

        Assert.Empty(s_pages.Where(page => page.Path.StartsWith("docs/", StringComparison.Ordinal) && !reached.Contains(page.File)).Select(page => page.Path));
    }

    private static bool Exists(MarkdownPage page, string link)
    {
        var target = Target(page.File, link);
        var anchor = link.Contains('#') ? link[(link.IndexOf('#') + 1)..] : null;
        return anchor is null
            ? File.Exists(target) || Directory.Exists(target)
            : s_pages.SingleOrDefault(other => other.File == target)?.Anchors.Contains(anchor) is true;
    }

    private static bool IsOfTheRepository(string link) => !link.Contains("://", StringComparison.Ordinal);

    /// <summary>The file that a link of another means.</summary>
    private static string Target(string file, string link)
    {
        var path = link.Split('#')[0];
        return path.Length == 0 ? file : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, path));
    }
}
