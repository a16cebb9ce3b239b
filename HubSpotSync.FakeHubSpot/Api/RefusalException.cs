namespace HubSpotSync.FakeHubSpot.Api;

/// <summary>The call ends here with this status and body.</summary>
internal sealed class RefusalException(int status, object body) : Exception
{
    public int Status => status;
    public object Body => body;

    /// <summary>The body where it has HubSpot's standard shape: what a batch puts into its list of errors.</summary>
    public ErrorBody? Error => body as ErrorBody;
}
