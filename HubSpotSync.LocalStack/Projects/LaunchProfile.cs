using System.Text.Json;

namespace HubSpotSync.LocalStack.Projects;

/// <summary>One profile of a project's launchSettings.json: its addresses and its environment.</summary>
internal sealed record LaunchProfile(IReadOnlyList<Uri> Urls, IReadOnlyDictionary<string, string> Environment)
{
    private const string UsualProfile = "http";

    public static LaunchProfile? Read(string projectPath, string? name)
    {
        var file = Path.Combine(Path.GetDirectoryName(projectPath) ?? "", "Properties", "launchSettings.json");
        if (!File.Exists(file))
        {
            return null;
        }

        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.TryGetProperty("profiles", out var profiles)
            && profiles.TryGetProperty(name ?? UsualProfile, out var profile)
                ? Read(profile)
                : null;
    }

    private static LaunchProfile Read(JsonElement profile)
    {
        var urls = profile.TryGetProperty("applicationUrl", out var url) ? url.GetString() ?? "" : "";
        var environment = profile.TryGetProperty("environmentVariables", out var variables)
            ? variables.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? "")
            : [];
        return new LaunchProfile(
            [.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(text => new Uri(text))], environment);
    }
}
