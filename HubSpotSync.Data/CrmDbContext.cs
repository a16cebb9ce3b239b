using HubSpotSync.Data.Api;
using HubSpotSync.Data.Billing;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Jobs;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Links;
using HubSpotSync.Data.Mapping;
using HubSpotSync.Data.OutgoingWebhooks;
using HubSpotSync.Data.Protection;
using HubSpotSync.Data.Runs;
using HubSpotSync.Data.Structure;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data;

/// <summary>
/// The database as one workspace sees it. Until <see cref="EnterWorkspace"/> was called it sees no tenant row at all:
/// the query filters compare with an empty id, and Postgres' policies with a setting that is not there.
/// </summary>
public sealed class CrmDbContext(DbContextOptions<CrmDbContext> options) : IdentityUserContext<User, Guid>(options)
{
    public Guid WorkspaceId { get; private set; }

    /// <summary>Who writes, for the field clocks: <c>user:…</c>, <c>api:…</c>; empty for other programs.</summary>
    public string Actor { get; private set; } = "";

    /// <summary>The person who writes; <c>null</c>: a program, or the product itself.</summary>
    public Guid? ActingUser => Acting("user:");

    /// <summary>The key of the program that writes.</summary>
    public Guid? ActingKey => Acting("api:");

    public DbSet<Workspace> Workspaces => Set<Workspace>();
    public DbSet<UserSession> Sessions => Set<UserSession>();
    public DbSet<UserLink> UserLinks => Set<UserLink>();
    public DbSet<Customer> Customers => Set<Customer>();
    public DbSet<Company> Companies => Set<Company>();
    public DbSet<Deal> Deals => Set<Deal>();
    public DbSet<DealCustomer> DealCustomers => Set<DealCustomer>();
    public DbSet<Note> Notes => Set<Note>();
    public DbSet<Tag> Tags => Set<Tag>();
    public DbSet<CustomerTag> CustomerTags => Set<CustomerTag>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<BulkJob> BulkJobs => Set<BulkJob>();
    public DbSet<CsvImport> CsvImports => Set<CsvImport>();
    public DbSet<CsvImportRow> CsvImportRows => Set<CsvImportRow>();
    public DbSet<Owner> Owners => Set<Owner>();
    public DbSet<Pipeline> Pipelines => Set<Pipeline>();
    public DbSet<Stage> Stages => Set<Stage>();
    public DbSet<Invoice> Invoices => Set<Invoice>();
    public DbSet<Payment> Payments => Set<Payment>();
    public DbSet<Proposal> Proposals => Set<Proposal>();
    public DbSet<Activity> Activities => Set<Activity>();
    public DbSet<OutgoingMail> OutgoingMails => Set<OutgoingMail>();
    public DbSet<HubSpotConnection> Connections => Set<HubSpotConnection>();
    public DbSet<PendingGrant> PendingGrants => Set<PendingGrant>();
    public DbSet<KnownStructure> Structures => Set<KnownStructure>();
    public DbSet<RecordLink> Links => Set<RecordLink>();
    public DbSet<SyncRun> Runs => Set<SyncRun>();
    public DbSet<RunCheckpoint> Checkpoints => Set<RunCheckpoint>();
    public DbSet<RecordOutcome> Outcomes => Set<RecordOutcome>();
    public DbSet<RecordChange> Changes => Set<RecordChange>();
    public DbSet<FieldConflictEntry> Conflicts => Set<FieldConflictEntry>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<OutgoingWebhook> OutgoingWebhooks => Set<OutgoingWebhook>();
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>From here on this context works for one workspace. Call it before the first query.</summary>
    public void EnterWorkspace(Guid workspaceId, string actor)
    {
        if (WorkspaceId != Guid.Empty && WorkspaceId != workspaceId)
        {
            throw new InvalidOperationException("A context can't change its workspace: take a new scope.");
        }

        (WorkspaceId, Actor) = (workspaceId, actor);
    }

    // Contexts are pooled: what a request left behind must not reach the next one.
    public override void Dispose()
    {
        (WorkspaceId, Actor) = (Guid.Empty, "");
        base.Dispose();
    }

    public override ValueTask DisposeAsync()
    {
        (WorkspaceId, Actor) = (Guid.Empty, "");
        return base.DisposeAsync();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(CrmDbContext).Assembly);
        builder.Entity<Workspace>().HasQueryFilter(workspace => workspace.Id == WorkspaceId);
        builder.Entity<User>().HasQueryFilter(user => user.WorkspaceId == WorkspaceId);
        Owned<UserSession>(builder);
        Owned<UserLink>(builder);
        Owned<Customer>(builder);
        Owned<Company>(builder);
        Owned<Deal>(builder);
        Owned<DealCustomer>(builder);
        Owned<Note>(builder);
        Owned<Tag>(builder);
        Owned<CustomerTag>(builder);
        Owned<SavedView>(builder);
        Owned<BulkJob>(builder);
        Owned<CsvImport>(builder);
        Owned<CsvImportRow>(builder);
        Owned<Owner>(builder);
        Owned<Pipeline>(builder);
        Owned<Stage>(builder);
        Owned<Invoice>(builder);
        Owned<InvoiceLine>(builder);
        Owned<Payment>(builder);
        Owned<Proposal>(builder);
        Owned<ProposalLine>(builder);
        Owned<Activity>(builder);
        Owned<OutgoingMail>(builder);
        Owned<HubSpotConnection>(builder);
        Owned<PendingGrant>(builder);
        Owned<KnownStructure>(builder);
        Owned<RecordLink>(builder);
        Owned<SyncRun>(builder);
        Owned<RunCheckpoint>(builder);
        Owned<RecordOutcome>(builder);
        Owned<RecordChange>(builder);
        Owned<FieldConflictEntry>(builder);
        Owned<AuditEntry>(builder);
        Owned<ApiKey>(builder);
        Owned<OutgoingWebhook>(builder);
        Owned<WebhookDelivery>(builder);
        builder.UseSnakeCase();
    }

    private Guid? Acting(string kind) =>
        Actor.StartsWith(kind, StringComparison.Ordinal) && Guid.TryParse(Actor[kind.Length..], out var id) ? id : null;

    private void Owned<TEntity>(ModelBuilder builder)
        where TEntity : class, IWorkspaceOwned =>
        builder.Entity<TEntity>().HasQueryFilter(row => row.WorkspaceId == WorkspaceId);
}
