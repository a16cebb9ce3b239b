using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HubSpotSync.Data.Mapping;

internal sealed class CrmWorkMapping : IEntityTypeConfiguration<Note>, IEntityTypeConfiguration<Tag>,
    IEntityTypeConfiguration<CustomerTag>, IEntityTypeConfiguration<CompanyTag>, IEntityTypeConfiguration<SavedView>,
    IEntityTypeConfiguration<BulkJob>, IEntityTypeConfiguration<CsvImport>, IEntityTypeConfiguration<CsvImportRow>
{
    public void Configure(EntityTypeBuilder<Note> builder)
    {
        builder.ToTable("notes");
        builder.Property(note => note.Version).IsRowVersion();
    }

    public void Configure(EntityTypeBuilder<Tag> builder) => builder.ToTable("tags");

    public void Configure(EntityTypeBuilder<CustomerTag> builder)
    {
        builder.ToTable("customer_tags");
        builder.HasKey(row => new { row.CustomerId, row.TagId });
    }

    public void Configure(EntityTypeBuilder<CompanyTag> builder)
    {
        builder.ToTable("company_tags");
        builder.HasKey(row => new { row.CompanyId, row.TagId });
    }

    public void Configure(EntityTypeBuilder<SavedView> builder) => builder.ToTable("saved_views");

    public void Configure(EntityTypeBuilder<BulkJob> builder)
    {
        builder.ToTable("bulk_jobs");
        builder.Ignore(job => job.IsActive);
        builder.Property(job => job.Choice).HasNamedJson();
        builder.Property(job => job.Skipped).HasNamedJson();
    }

    public void Configure(EntityTypeBuilder<CsvImport> builder)
    {
        builder.ToTable("csv_imports");
        builder.Property(import => import.Mapping).HasNamedJson();
    }

    public void Configure(EntityTypeBuilder<CsvImportRow> builder)
    {
        builder.ToTable("csv_import_rows");
        builder.HasKey(row => new { row.ImportId, row.Line });
    }
}
