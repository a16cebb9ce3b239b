using HubSpotSync.Portal.Companies;
using HubSpotSync.Portal.Customers.Bulk;
using HubSpotSync.Portal.Customers.Csv;
using HubSpotSync.Portal.Customers.Forms;
using HubSpotSync.Portal.Customers.History;
using HubSpotSync.Portal.Customers.Merging;
using HubSpotSync.Portal.Customers.Notes;
using HubSpotSync.Portal.Customers.Tags;
using HubSpotSync.Portal.Customers.Views;
using HubSpotSync.Portal.Customers.Writing;
using HubSpotSync.Portal.Loops;

namespace HubSpotSync.Portal.Customers;

/// <summary>What customers and companies need.</summary>
internal static class CustomerServices
{
    /// <summary>Pages that change something; whoever looks may open the others.</summary>
    public static IReadOnlyList<string> WritePages { get; } =
    [
        "/Customers/New", "/Customers/Edit", "/Customers/Archive", "/Customers/Notes", "/Customers/Tags",
        "/Customers/Bulk", "/Customers/Job", "/Customers/Views", "/Customers/Merge", "/Customers/Import",
        "/Customers/ImportFile",
        "/Companies/New", "/Companies/Edit", "/Companies/Archive", "/Companies/Notes",
        "/Companies/Merge", "/Companies/Tags", "/Companies/Bulk", "/Companies/Job", "/Companies/Views",
        "/Companies/Import", "/Companies/ImportFile",
    ];

    public static IServiceCollection AddCustomers(this IServiceCollection services)
    {
        services.AddScoped<CustomerList>();
        services.AddScoped<CompanyList>();
        services.AddScoped<RecordLists>();
        services.AddScoped<CompanyChoices>();
        services.AddScoped<RecordFacts>();
        services.AddScoped<ValueDictionary>();
        services.AddScoped<SyncCards>();
        services.AddScoped<RuleBook>();
        services.AddScoped<RecordWriter>();
        services.AddScoped<RecordForm>();
        services.AddScoped<NoteBook>();
        services.AddScoped<MergeDesk>();
        services.AddScoped<TagBook>();
        services.AddScoped<Timeline>();
        services.AddScoped<ViewBook>();
        services.AddScoped<BulkRequests>();
        services.AddScoped<BulkSteps>();
        services.AddScoped<BulkRunner>();
        services.AddSingleton<LoopSignal<BulkLoop>>();
        services.AddHostedService<BulkLoop>();
        services.AddScoped<CustomerRows>();
        services.AddScoped<CompanyRows>();
        services.AddScoped<RowMatchings>();
        services.AddScoped<CsvUpload>();
        services.AddScoped<ImportJudge>();
        services.AddScoped<ImportSteps>();
        services.AddScoped<RecordExport>();
        return services;
    }
}
