namespace HubSpotSync.LocalStack.Tools;

/// <summary>A program we need: its names, the packages that bring it, and what to tell people elsewhere.</summary>
public sealed record ToolNeed(
    string Title, IReadOnlyList<string> Names, IReadOnlyList<string> Packages, string Elsewhere)
{
    public static ToolNeed Postgres { get; } = new(
        "Postgres", ["initdb"], ["postgresql"], "brew install postgresql@16, or dnf install postgresql-server");

    public static ToolNeed Redis { get; } = new(
        "Redis", ["redis-server", "valkey-server"], ["redis-server"], "brew install redis, or dnf install redis");

    public static ToolNeed Chromium { get; } = new(
        "Chromium",
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "Google Chrome"],
        ["chromium"],
        "brew install --cask chromium, or dnf install chromium");
}
