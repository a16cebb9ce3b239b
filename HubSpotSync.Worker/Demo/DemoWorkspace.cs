using System.Collections.Specialized;
using System.Web;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Identity;
using HubSpotSync.HubSpotApi.Limits;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.Worker.Syncing;
using HubSpotSync.Worker.Tokens;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Demo;

/// <summary>
/// Fills an empty workspace, over the same doors as everybody: HubSpot's consent, HubSpot's API, our tables.
/// </summary>
internal sealed class DemoWorkspace(
    CrmDbContext db, HubSpotOAuth oauth, ConnectionRegistry registry, ConnectionSessions sessions, ObjectReader objects,
    TimeProvider clock)
{
    private static readonly string[] Stages = ["customer", "subscriber"];

    public async Task<User> CreateOwnerAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var user = new User
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = db.WorkspaceId,
            Role = WorkspaceRole.Owner,
            DisplayName = "Demo Owner",
            UserName = "owner@demo.example",
            NormalizedUserName = "OWNER@DEMO.EXAMPLE",
            Email = "owner@demo.example",
            NormalizedEmail = "OWNER@DEMO.EXAMPLE",
            SecurityStamp = Guid.NewGuid().ToString("N"),
            LockoutEnabled = true,
            CreatedAt = now,
        };

        // Nobody knows this password: the demo is entered by its link.
        user.PasswordHash = new PasswordHasher<User>().HashPassword(user, Guid.NewGuid().ToString());
        db.Users.Add(user);
        await db.SaveChangesAsync(cancellationToken);
        return user;
    }

    public async Task<HubSpotConnection> ConnectAsync(User owner, CancellationToken cancellationToken)
    {
        var redirect = new Uri("http://localhost/demo");
        var code = await ConsentAsync(oauth.AuthorizeUrl(SyncMode.TwoWay, "demo", redirect), cancellationToken);
        var tokens = await oauth.ExchangeAsync(code, redirect, cancellationToken);
        var account = await oauth.ReadAccountAsync(tokens.AccessToken, cancellationToken);
        var connection = await registry.ConnectAsync(
            new NewConnection(account.PortalId, account.Name, account.UiDomain)
            {
                TimeZone = account.TimeZone,
                Currency = account.Currency,
                Mode = SyncMode.TwoWay,
                AccessToken = tokens.AccessToken,
                RefreshToken = tokens.RefreshToken,
                ExpiresIn = tokens.ExpiresIn,
                Scopes = [.. tokens.Scopes],
                ConnectedBy = owner.Id,
            },
            cancellationToken);
        connection.LifecycleStages = Stages;
        await db.SaveChangesAsync(cancellationToken);
        return connection;
    }

    /// <summary>300 customers: 120 whom HubSpot has too, some with other values, and 180 who are only here.</summary>
    public async Task CreateCustomersAsync(HubSpotConnection connection, CancellationToken cancellationToken)
    {
        var session = sessions.Open(connection, BudgetLane.Person);
        var policy = new SyncPolicy(SyncMode.TwoWay, [.. Stages]);
        var query = Queries.Of(policy, policy.MapOf(RecordKind.Contact));
        var known = new List<HubSpotRecord>();
        string? after = null;
        do
        {
            var page = await objects.ListAsync(session, query, after, cancellationToken);
            known.AddRange(page.Records.Where(
                record => record["email"] is not null && Stages.Contains(record["lifecyclestage"])));
            after = page.Next;
        }
        while (after is not null && known.Count < DemoCustomers.Shared);

        db.Customers.AddRange(DemoCustomers.Make(db.WorkspaceId, known, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Presses "Connect app" on the consent page, which only a fake allows a program to do.</summary>
    private static async Task<string> ConsentAsync(Uri authorizeUrl, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var asked = HttpUtility.ParseQueryString(authorizeUrl.Query);
        var account = await ReadFirstAccountAsync(http, authorizeUrl, cancellationToken);
        var form = asked.AllKeys.OfType<string>().ToDictionary(key => key, key => asked[key] ?? "");
        (form["account"], form["decision"]) = (account, "approve");
        using var content = new FormUrlEncodedContent(form);
        using var answer = await http.PostAsync(new Uri(authorizeUrl, "/oauth/authorize"), content, cancellationToken);
        NameValueCollection given = HttpUtility.ParseQueryString(answer.Headers.Location?.Query ?? "");
        return given["code"] ?? throw new InvalidOperationException(
            $"The demo runs against the fake HubSpot only; {authorizeUrl.Host} gave no code.");
    }

    private static async Task<string> ReadFirstAccountAsync(
        HttpClient http, Uri authorizeUrl, CancellationToken cancellationToken)
    {
        var page = await http.GetStringAsync(authorizeUrl, cancellationToken);
        var choice = System.Text.RegularExpressions.Regex.Match(page, "name=\"account\"[^>]*value=\"(\\d+)\"");
        return choice.Success ? choice.Groups[1].Value : "12345";
    }
}
