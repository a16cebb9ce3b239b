using System.Xml.Linq;

namespace HubSpotSync.Tests.Architecture;

/// <summary>No arrow runs up, and there is no circle. The table is the rule; ARCHITECTURE.md draws it.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Core"] = [],
        ["ServiceDefaults"] = [],
        ["Data"] = ["Core"],
        ["HubSpotApi"] = ["Core"],
        ["FakeHubSpot"] = ["ServiceDefaults"],
        ["LocalStack"] = [],
        ["Worker"] = ["ServiceDefaults", "Core", "Data", "HubSpotApi"],
        ["Portal"] = ["ServiceDefaults", "Core", "Data", "HubSpotApi"],
        ["AppHost"] = ["LocalStack", "Portal", "Worker", "FakeHubSpot"],
        ["Benchmarks"] = ["FakeHubSpot", "LocalStack", "Tests"], // the schedules are tests that can go on for hours
        ["Tests"] =
        [
            "Core", "Data", "HubSpotApi", "FakeHubSpot", "LocalStack", "ServiceDefaults", "Worker", "Portal", "AppHost",
        ],
    };

    private static readonly string Artifacts =
        $"{Path.DirectorySeparatorChar}artifacts{Path.DirectorySeparatorChar}";

    [Fact]
    public void Projects_reference_only_what_lies_below_them() => Assert.All(Projects(), project =>
        Assert.Subset(Allowed[project.Name].ToHashSet(), project.References.ToHashSet()));

    [Fact]
    public void Every_project_is_in_the_table_and_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "HubSpotSync.sln"));

        Assert.Equal(Allowed.Keys.Order(), Projects().Select(project => project.Name).Order());
        Assert.All(
            Allowed.Keys,
            name => Assert.Contains($"HubSpotSync.{name}.csproj", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Core_stands_on_the_runtime_alone()
    {
        string[] allowed =
            ["System.Runtime", "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Memory"];
        var core = typeof(HubSpotSync.Core.Planning.SyncPlanner).Assembly;

        Assert.Subset(
            allowed.ToHashSet(),
            core.GetReferencedAssemblies().Select(name => name.Name!).ToHashSet());
    }

    private static IEnumerable<(string Name, string[] References)> Projects() =>
        from file in Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
        where !file.Contains(Artifacts, StringComparison.Ordinal)
        select (NameOf(file), XDocument.Load(file).Descendants("ProjectReference")
            .Select(reference => NameOf(reference.Attribute("Include")!.Value)).Distinct().ToArray());

    private static string NameOf(string path) =>
        Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))["HubSpotSync.".Length..];
}
