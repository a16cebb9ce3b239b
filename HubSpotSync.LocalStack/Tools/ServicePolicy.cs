namespace HubSpotSync.LocalStack.Tools;

/// <summary>
/// Debian asks /usr/sbin/policy-rc.d before it starts a service; 101 says no. Ours is gone after the install.
/// </summary>
internal sealed class ServicePolicy : IDisposable
{
    private const string PolicyFile = "/usr/sbin/policy-rc.d";

    private readonly bool _isOurs;

    private ServicePolicy(bool isOurs) => _isOurs = isOurs;

    public static ServicePolicy ForbidStarts()
    {
        if (File.Exists(PolicyFile))
        {
            return new ServicePolicy(isOurs: false);
        }

        File.WriteAllText(PolicyFile, "#!/bin/sh\nexit 101\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(PolicyFile, (UnixFileMode)0b111_101_101);
        }

        return new ServicePolicy(isOurs: true);
    }

    public void Dispose()
    {
        if (_isOurs)
        {
            File.Delete(PolicyFile);
        }
    }
}
