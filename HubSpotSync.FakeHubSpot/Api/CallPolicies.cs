using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Api;

internal static class CallPolicies
{
    public static TBuilder ReadsObjects<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.With(new CallPolicy(values => [$"crm.objects.{Plural(values)}.read"]));

    public static TBuilder WritesObjects<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.With(new CallPolicy(values => [$"crm.objects.{Plural(values)}.write"]));

    public static TBuilder Searches<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.With(new CallPolicy(values => [$"crm.objects.{Plural(values)}.read"]) { IsSearch = true });

    /// <summary>Definitions may be read with the scope of the records or that of the schema.</summary>
    public static TBuilder ReadsSchema<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.With(
            new CallPolicy(values => [$"crm.schemas.{Plural(values)}.read", $"crm.objects.{Plural(values)}.read"]));

    public static TBuilder WritesSchema<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.With(new CallPolicy(values => [$"crm.schemas.{Plural(values)}.write"]));

    public static TBuilder Needs<TBuilder>(
        this TBuilder builder, string scope) where TBuilder : IEndpointConventionBuilder =>
        builder.With(new CallPolicy(_ => [scope]));

    public static TBuilder NeedsAny<TBuilder>(
        this TBuilder builder, IReadOnlyList<string> scopes) where TBuilder : IEndpointConventionBuilder =>
        builder.With(new CallPolicy(_ => scopes));

    private static TBuilder With<TBuilder>(this TBuilder builder, CallPolicy policy)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(policy));
        return builder;
    }

    private static string Plural(RouteValueDictionary values) => ApiCall.TypeIn(values, "type").Plural();
}
