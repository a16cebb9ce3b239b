using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Protection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HubSpotSync.Data.Mapping;

internal sealed class IdentityMapping : IEntityTypeConfiguration<Workspace>, IEntityTypeConfiguration<User>,
    IEntityTypeConfiguration<IdentityUserClaim<Guid>>, IEntityTypeConfiguration<IdentityUserLogin<Guid>>,
    IEntityTypeConfiguration<IdentityUserToken<Guid>>, IEntityTypeConfiguration<DataProtectionKey>,
    IEntityTypeConfiguration<UserSession>, IEntityTypeConfiguration<UserLink>
{
    public void Configure(EntityTypeBuilder<Workspace> builder)
    {
        builder.ToTable("workspaces");
        builder.Property(workspace => workspace.Version).IsRowVersion();
    }

    public void Configure(EntityTypeBuilder<User> builder) => builder.ToTable("users");

    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> builder) => builder.ToTable("user_claims");

    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> builder) => builder.ToTable("user_logins");

    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> builder) => builder.ToTable("user_tokens");

    public void Configure(EntityTypeBuilder<DataProtectionKey> builder) => builder.ToTable("data_protection_keys");

    public void Configure(EntityTypeBuilder<UserSession> builder) => builder.ToTable("user_sessions");

    public void Configure(EntityTypeBuilder<UserLink> builder) => builder.ToTable("user_links");
}
