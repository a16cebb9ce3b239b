using Aspire.Hosting.ApplicationModel;
using HubSpotSync.LocalStack.Stack;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Parameters and given connection strings, with Aspire's signatures.</summary>
public static class ParameterBuilderExtensions
{
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, _ => Configured(builder, name) ?? throw Missing(name), secret));

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        string value,
        bool publishValueAsDefault = false,
        bool secret = false) =>
        builder.AddResource(new ParameterResource(name, _ => value, secret));

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        ParameterDefault value,
        bool secret = false,
        bool persist = false) =>
        builder.AddResource(CreateDefaulted(builder, name, value, secret, persist));

    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null)
    {
        var value = new ParameterResource(
            name,
            _ => builder.Configuration.GetConnectionString(name)
                ?? throw new DistributedApplicationException($"There is no ConnectionStrings__{name}."),
            secret: true);
        return builder.AddResource(new GivenConnectionString(name, value, environmentVariableName));
    }

    internal static ParameterResource CreateDefaulted(
        IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret, bool persist)
    {
        string? made = null;
        return new ParameterResource(name, Read, secret) { Default = value };

        string Read(ParameterDefault? @default) =>
            Configured(builder, name)
            ?? (persist
                ? builder.Options.Secrets.GetOrAdd(name, value.GetDefaultValue)
                : made ??= value.GetDefaultValue());
    }

    private static string? Configured(IDistributedApplicationBuilder builder, string name) =>
        builder.Configuration[$"Parameters:{name}"] ?? builder.Configuration[$"Parameters:{VariableOf(name)}"];

    private static string VariableOf(string name) => name.Replace('-', '_');

    private static DistributedApplicationException Missing(string name) =>
        new($"The parameter '{name}' has no value: set Parameters__{VariableOf(name)} and start again.");
}
