namespace HubSpotSync.LocalStack.Tools;

internal static class ToolsProgram
{
    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var toolbox = Toolbox.Default(Console.Error.WriteLine);
            var postgres = await toolbox.FindOrInstallAsync(ToolNeed.Postgres, cancellationToken);
            var redis = await toolbox.FindOrInstallAsync(ToolNeed.Redis, cancellationToken);
            Console.WriteLine($"Postgres {postgres.Folder}");
            Console.WriteLine($"Redis {redis.Path}");
            Console.WriteLine($"Chromium {await Chromium.FindOrInstallAsync(cancellationToken)}");
            return 0;
        }
        catch (ToolMissingException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }
}
