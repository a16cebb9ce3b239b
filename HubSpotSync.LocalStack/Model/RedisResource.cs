namespace Aspire.Hosting.ApplicationModel;

public sealed class RedisResource : Resource, IResourceWithConnectionString, IResourceWithEndpoints,
    IResourceWithEnvironment, IResourceWithWaitSupport
{
    internal const string EndpointName = "tcp";

    public RedisResource(string name, ParameterResource password)
        : base(name)
    {
        PasswordParameter = password;
        PrimaryEndpoint = new EndpointReference(this, EndpointName);
    }

    public EndpointReference PrimaryEndpoint { get; }

    public ParameterResource PasswordParameter { get; }

    internal TimeSpan? SaveInterval { get; set; }

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)},password={PasswordParameter}");
}
