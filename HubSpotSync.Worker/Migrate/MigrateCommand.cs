using HubSpotSync.Data.Migrations;

namespace HubSpotSync.Worker.Migrate;

/// <summary><c>Worker migrate</c>: brings the schema up to date as its owner, then ends.</summary>
internal static class MigrateCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        using var host = builder.Build();
        var owner = builder.Configuration.GetConnectionString("crm");
        var appPassword = builder.Configuration["Database:AppPassword"];
        if (string.IsNullOrEmpty(owner) || string.IsNullOrEmpty(appPassword))
        {
            await Console.Error.WriteLineAsync(
                "migrate needs ConnectionStrings__crm (the owner's login) and Database__AppPassword (for the login of "
                + "Portal and Worker).");
            return 2;
        }

        var logger = host.Services.GetRequiredService<ILogger<DatabaseMigrator>>();
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var applied = await new DatabaseMigrator(owner, appPassword, logger).MigrateAsync(stopping);
        Console.WriteLine(applied == 0 ? "The schema is up to date." : $"Applied {applied} migration(s).");
        return 0;
    }
}
