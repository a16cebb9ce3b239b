using System.Text.Json;
using HubSpotSync.Data.Billing;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HubSpotSync.Data.Mapping;

internal sealed class BillingMapping :
    IEntityTypeConfiguration<Invoice>,
    IEntityTypeConfiguration<InvoiceLine>,
    IEntityTypeConfiguration<Proposal>,
    IEntityTypeConfiguration<ProposalLine>,
    IEntityTypeConfiguration<Payment>,
    IEntityTypeConfiguration<Activity>,
    IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<Invoice> builder)
    {
        builder.ToTable("invoices");
        builder.Ignore(invoice => invoice.DealTerms);
        MapPaper(builder);
        builder.HasMany(invoice => invoice.Lines).WithOne().HasForeignKey(line => line.InvoiceId);
    }

    public void Configure(EntityTypeBuilder<InvoiceLine> builder)
    {
        builder.ToTable("invoice_lines");
        builder.HasKey(line => new { line.InvoiceId, line.Position });
    }

    public void Configure(EntityTypeBuilder<Proposal> builder)
    {
        builder.ToTable("proposals");
        MapPaper(builder);
        builder.HasMany(proposal => proposal.Lines).WithOne().HasForeignKey(line => line.ProposalId);
    }

    public void Configure(EntityTypeBuilder<ProposalLine> builder)
    {
        builder.ToTable("proposal_lines");
        builder.HasKey(line => new { line.ProposalId, line.Position });
    }

    public void Configure(EntityTypeBuilder<Payment> builder) => builder.ToTable("payments");

    public void Configure(EntityTypeBuilder<Activity> builder)
    {
        builder.ToTable("activities");

        // Said so that a paper or a record is inserted before what tells of it.
        builder.HasOne<Invoice>().WithMany().HasForeignKey(activity => activity.InvoiceId);
        builder.HasOne<Proposal>().WithMany().HasForeignKey(activity => activity.ProposalId);
        builder.HasOne<Customer>().WithMany().HasForeignKey(activity => activity.CustomerId);
        builder.HasOne<Company>().WithMany().HasForeignKey(activity => activity.CompanyId);
        builder.Property(activity => activity.Fields).HasColumnType("jsonb");
        builder.Property(activity => activity.Params)
            .HasColumnType("jsonb")
            .HasConversion(
                values => JsonSerializer.Serialize(values, JsonSerializerOptions.Web),
                json =>
                    JsonSerializer.Deserialize<Dictionary<string, string>>(json, JsonSerializerOptions.Web) ?? new(),
                new ValueComparer<Dictionary<string, string>>(
                    (a, b) => a!.SequenceEqual(b!), values => values.Count, values => new(values)));
    }

    public void Configure(EntityTypeBuilder<OutgoingMail> builder)
    {
        builder.ToTable("outgoing_mails");
        builder.HasOne<Invoice>().WithMany().HasForeignKey(mail => mail.InvoiceId);
        builder.HasOne<Proposal>().WithMany().HasForeignKey(mail => mail.ProposalId);
        builder.HasOne<UserLink>().WithMany().HasForeignKey(mail => mail.UserLinkId);
        builder.Property(mail => mail.DueAt).HasDefaultValueSql("clock_timestamp()");
    }

    private static void MapPaper<TPaper>(EntityTypeBuilder<TPaper> builder)
        where TPaper : Paper
    {
        builder.Property(paper => paper.Version).IsRowVersion();
        builder.Property(paper => paper.Seller)
            .HasColumnType("jsonb")
            .HasConversion(
                seller => JsonSerializer.Serialize(seller, JsonSerializerOptions.Web),
                json => JsonSerializer.Deserialize<Seller>(json, JsonSerializerOptions.Web));
    }
}
