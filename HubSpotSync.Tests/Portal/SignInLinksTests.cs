using HubSpotSync.Data.Identity;
using Microsoft.AspNetCore.DataProtection;

namespace HubSpotSync.Tests.Portal;

public sealed class SignInLinksTests
{
    private readonly FixedClock _clock = new();
    private readonly SignInLinks _links;

    public SignInLinksTests() => _links = new SignInLinks(new EphemeralDataProtectionProvider(), _clock);

    [Fact]
    public void A_link_names_its_user_until_it_ends()
    {
        var user = Guid.NewGuid();
        var code = _links.Create(user, TimeSpan.FromMinutes(5));

        Assert.Equal(user, _links.Read(code));
        _clock.Now += TimeSpan.FromMinutes(5);
        Assert.Null(_links.Read(code));
    }

    [Fact]
    public void What_is_not_ours_names_nobody() => Assert.Null(_links.Read("made up"));
}
