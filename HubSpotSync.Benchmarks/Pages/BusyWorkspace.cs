using System.Globalization;
using System.Reflection;
using HubSpotSync.Benchmarks.Stages;
using HubSpotSync.Data.Identity;
using Microsoft.AspNetCore.Identity;

namespace HubSpotSync.Benchmarks.Pages;

/// <summary>A workspace with years of customers, deals and invoices in it, and an owner who may sign in.</summary>
internal static class BusyWorkspace
{
    public const string Mail = "owner@example.com";
    public const string Password = "words of a benchmark";

    public static async Task FillAsync(
        StageDatabase database, int customers, int deals, int invoices, CancellationToken cancellationToken)
    {
        await using var script =
            Assembly.GetExecutingAssembly().GetManifestResourceStream("BusyWorkspace.sql")!; // embedded
        using var reader = new StreamReader(script);
        var hash = new PasswordHasher<User>().HashPassword(new User { DisplayName = "" }, Password);
        var sql = (await reader.ReadToEndAsync(cancellationToken))
            .Replace("{mail}", Mail, StringComparison.Ordinal)
            .Replace("{hash}", hash, StringComparison.Ordinal)
            .Replace("{customers}", customers.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{deals}", deals.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{invoices}", invoices.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await database.ExecuteAsync(sql, cancellationToken);
        await database.ExecuteAsync("vacuum analyze", cancellationToken);
    }
}
