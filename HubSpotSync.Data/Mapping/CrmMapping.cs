using HubSpotSync.Data.Crm;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HubSpotSync.Data.Mapping;

internal sealed class CrmMapping : IEntityTypeConfiguration<Customer>, IEntityTypeConfiguration<Company>,
    IEntityTypeConfiguration<Deal>, IEntityTypeConfiguration<DealCustomer>, IEntityTypeConfiguration<Owner>,
    IEntityTypeConfiguration<Pipeline>, IEntityTypeConfiguration<Stage>
{
    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        builder.ToTable("customers");
        builder.Property(customer => customer.SortName).ValueGeneratedOnAddOrUpdate();
        builder.Property(customer => customer.SearchText).ValueGeneratedOnAddOrUpdate();
        builder.Property(customer => customer.CreatedAt).HasDefaultValueSql("now()");
        builder.Property(customer => customer.UpdatedAt).ValueGeneratedOnAddOrUpdate();
        MapRecord(builder);
    }

    public void Configure(EntityTypeBuilder<Company> builder)
    {
        builder.ToTable("companies");
        builder.Property(company => company.SortName).ValueGeneratedOnAddOrUpdate();
        MapRecord(builder);
    }

    public void Configure(EntityTypeBuilder<Deal> builder)
    {
        builder.ToTable("deals");
        builder.Property(deal => deal.Version).IsRowVersion();
    }

    public void Configure(EntityTypeBuilder<DealCustomer> builder)
    {
        builder.ToTable("deal_customers");
        builder.HasKey(row => new { row.DealId, row.CustomerId });
    }

    public void Configure(EntityTypeBuilder<Owner> builder)
    {
        builder.ToTable("owners");
        builder.HasKey(owner => new { owner.ConnectionId, owner.Id });
    }

    public void Configure(EntityTypeBuilder<Pipeline> builder)
    {
        builder.ToTable("pipelines");
        builder.HasKey(pipeline => new { pipeline.ConnectionId, pipeline.Id });
    }

    public void Configure(EntityTypeBuilder<Stage> builder)
    {
        builder.ToTable("stages");
        builder.HasKey(stage => new { stage.ConnectionId, stage.PipelineId, stage.Id });
    }

    private static void MapRecord<TRecord>(EntityTypeBuilder<TRecord> builder)
        where TRecord : CrmRecord
    {
        builder.Property(record => record.Version).IsRowVersion();
        builder.Property(record => record.Custom).HasCustomValues();
    }
}
