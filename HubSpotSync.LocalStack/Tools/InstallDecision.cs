namespace HubSpotSync.LocalStack.Tools;

public enum InstallDecision
{
    UseFound,
    InstallPackage,
    UnpackPrivately,
    SayOnly,
}

/// <summary>What the machine is like, as far as installing goes.</summary>
public readonly record struct MachineFacts(bool Found, bool HasApt, bool IsRoot, bool MayInstall)
{
    public InstallDecision Decide() => this switch
    {
        { Found: true } => InstallDecision.UseFound,
        { MayInstall: false } or { HasApt: false } => InstallDecision.SayOnly,
        { IsRoot: true } => InstallDecision.InstallPackage,
        _ => InstallDecision.UnpackPrivately,
    };
}
