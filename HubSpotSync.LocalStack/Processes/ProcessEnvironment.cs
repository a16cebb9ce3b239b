namespace HubSpotSync.LocalStack.Processes;

internal static class ProcessEnvironment
{
    public static bool IsRoot => !OperatingSystem.IsWindows() && Native.EffectiveUser() == 0;

    public static string? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
