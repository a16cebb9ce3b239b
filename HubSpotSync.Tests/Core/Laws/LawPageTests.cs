using HubSpotSync.Tests.Architecture;

namespace HubSpotSync.Tests.Core.Laws;

public sealed class LawPageTests
{
    /// <summary>docs/laws.md has each law by its name, and none that is not tried.</summary>
    [Fact]
    public void The_page_lists_the_laws_that_are_tried()
    {
        var tried = typeof(LawPageTests).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("LawTests", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(FactAttribute), false))
            .Select(method => method.Name.Replace('_', ' '));

        var listed = File.ReadLines(Path.Combine(Repository.Root, "docs", "laws.md"))
            .Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => line[2..]);

        Assert.Equal(tried.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }
}
