using System.Text.Json;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Links;
using HubSpotSync.Data.Runs;
using HubSpotSync.Data.Structure;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HubSpotSync.Data.Mapping;

internal sealed class SyncMapping :
    IEntityTypeConfiguration<HubSpotConnection>,
    IEntityTypeConfiguration<PendingGrant>,
    IEntityTypeConfiguration<KnownStructure>,
    IEntityTypeConfiguration<RecordLink>,
    IEntityTypeConfiguration<SyncRun>,
    IEntityTypeConfiguration<RunCheckpoint>,
    IEntityTypeConfiguration<RecordOutcome>,
    IEntityTypeConfiguration<RecordChange>,
    IEntityTypeConfiguration<FieldConflictEntry>,
    IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<HubSpotConnection> builder)
    {
        builder.ToTable("hubspot_connections");
        builder.Ignore(connection => connection.Policy);
        builder.Property(connection => connection.ContactRules).HasNamedJson();
        builder.Property(connection => connection.CustomFields).HasNamedJson();
        builder.Property(connection => connection.DisabledFields).HasNamedJson();
        builder.Property(connection => connection.Activity).HasNamedJson();
        builder.Property(connection => connection.StageOptions).HasNamedJson();
    }

    public void Configure(EntityTypeBuilder<PendingGrant> builder) => builder.ToTable("pending_grants");

    public void Configure(EntityTypeBuilder<KnownStructure> builder)
    {
        builder.ToTable("hubspot_structure");
        builder.HasKey(structure => structure.ConnectionId);
        builder.Property(structure => structure.WantsCount).HasNamedJson();
        builder.Property(structure => structure.Properties).HasNamedJson();
        builder.Property(structure => structure.Lists).HasNamedJson();
        builder.Property(structure => structure.Count).HasNamedJson();
        builder.Property(structure => structure.Sample).HasNamedJson();
        builder.Property(structure => structure.FoundContact).HasNamedJson();
    }

    public void Configure(EntityTypeBuilder<RecordLink> builder)
    {
        builder.ToTable("record_links");
        builder.HasKey(link => new { link.ConnectionId, link.Kind, link.HubspotId });
    }

    public void Configure(EntityTypeBuilder<SyncRun> builder) => builder.ToTable("sync_runs");

    public void Configure(EntityTypeBuilder<RunCheckpoint> builder)
    {
        builder.ToTable("run_checkpoints");
        builder.HasKey(checkpoint => new { checkpoint.RunId, checkpoint.Step });
    }

    public void Configure(EntityTypeBuilder<RecordOutcome> builder)
    {
        builder.ToTable("record_outcomes");
        builder.HasKey(outcome => new { outcome.ConnectionId, outcome.Kind, outcome.RecordKey });
    }

    public void Configure(EntityTypeBuilder<RecordChange> builder)
    {
        builder.ToTable("record_changes");
        builder.Property(change => change.Fields).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<FieldConflictEntry> builder) => builder.ToTable("field_conflicts");

    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_log");
        builder.Property(entry => entry.Before).HasColumnType("jsonb");
        builder.Property(entry => entry.After).HasColumnType("jsonb");
        builder.Property(entry => entry.At).HasDefaultValueSql("now()");
    }
}
