namespace HubSpotSync.Tests.Architecture;

/// <summary>A file is one room. One that outgrows these limits is split by what it is responsible for.</summary>
public sealed class SizeTests
{
    private const int WidestLine = 120;

    [Theory]
    [InlineData("*.cs", 250)]
    [InlineData("*.cshtml", 200)]
    public void Source_files_stay_within_their_limit(string pattern, int lines) => Assert.DoesNotContain(
        Sources(pattern), file => !IsTest(file) && File.ReadLines(file).Count() > lines);

    [Fact]
    public void Test_files_stay_within_their_limit() => Assert.DoesNotContain(
        Sources("*.cs"), file => IsTest(file) && File.ReadLines(file).Count() > 400);

    [Fact]
    public void Lines_stay_within_120_columns() => Assert.Empty(
        from file in Sources("*.cs")
        from line in File.ReadLines(file).Index()
        where line.Item.Length > WidestLine
        select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Index + 1}");

    [Fact]
    public void The_app_model_stays_a_table() =>
        Assert.True(File.ReadLines(Path.Combine(Repository.Root, "HubSpotSync.AppHost", "AppHost.cs")).Count() <= 80);

    private static bool IsTest(string file) => file.Contains("HubSpotSync.Tests", StringComparison.Ordinal);

    private static IEnumerable<string> Sources(string pattern) =>
        from project in Directory.EnumerateDirectories(Repository.Root, "HubSpotSync.*")
        from file in Directory.EnumerateFiles(project, pattern, SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal)
        where !file.Contains("/node_modules/", StringComparison.Ordinal)
        select file;
}
