using HubSpotSync.Portal.Customers.Forms;
using HubSpotSync.Portal.Customers.Writing;

namespace HubSpotSync.Portal.Customers;

/// <summary>What customers and companies need.</summary>
internal static class CustomerServices
{
    /// <summary>Pages that change something; whoever looks may open the others.</summary>
    public static IReadOnlyList<string> WritePages { get; } =
    [
        "/Customers/New", "/Customers/Edit", "/Customers/Archive",
        "/Companies/New", "/Companies/Edit", "/Companies/Archive",
    ];

    public static IServiceCollection AddCustomers(this IServiceCollection services)
    {
        services.AddScoped<CustomerList>();
        services.AddScoped<RecordFacts>();
        services.AddScoped<SyncCards>();
        services.AddScoped<RuleBook>();
        services.AddScoped<RecordWriter>();
        services.AddScoped<RecordForm>();
        return services;
    }
}
