using HubSpotSync.Data.Api;
using HubSpotSync.Data.OutgoingWebhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HubSpotSync.Data.Mapping;

internal sealed class ApiMapping : IEntityTypeConfiguration<ApiKey>, IEntityTypeConfiguration<OutgoingWebhook>,
    IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder) => builder.ToTable("api_keys");

    public void Configure(EntityTypeBuilder<OutgoingWebhook> builder) => builder.ToTable("outgoing_webhooks");

    public void Configure(EntityTypeBuilder<WebhookDelivery> builder) => builder.ToTable("webhook_deliveries");
}
