using System.Text.Json;
using HubSpotSync.Tests.Architecture;

namespace HubSpotSync.Tests.AppHost;

public sealed class AppModelTests
{
    private const string OwnersString = "{crm.connectionString}";

    private static readonly string[] Secrets =
        ["app-db-password", "key-ring-secret", "setup-code", "operator-key", "hubspot-client-secret"];

    [Fact]
    public void The_model_fits_on_a_page()
    {
        var file = Path.Combine(Repository.Root, "HubSpotSync.AppHost", "AppHost.cs");

        Assert.InRange(File.ReadAllLines(file).Length, 1, 80);
    }

    [Fact]
    public async Task It_names_every_part_of_the_product()
    {
        var model = await AppHostProcess.DescribeAsync([]);

        string[] expected = ["postgres", "crm", "redis", "hubspot", "migrate", "worker", "portal"];
        Assert.Equal(expected, NamesOf(model).Where(name => Type(model, name) != "ParameterResource"));
    }

    [Fact]
    public async Task Secrets_are_marked_secret()
    {
        var model = await AppHostProcess.DescribeAsync([]);

        var marked = NamesOf(model).Where(name =>
            model.GetProperty(name).TryGetProperty("secret", out var secret) && secret.GetBoolean());
        Assert.Equal(Secrets.Order(), marked.Order());
        Assert.False(model.GetProperty("hubspot-client-id").GetProperty("secret").GetBoolean());
    }

    [Fact]
    public async Task Only_the_migration_holds_the_owners_connection_string()
    {
        var model = await AppHostProcess.DescribeAsync(["--demo"]);

        Assert.Equal(OwnersString, Environment(model, "migrate", "ConnectionStrings__crm"));
        Assert.Equal("{app-db-password.value}", Environment(model, "migrate", "Database__AppPassword"));
        foreach (var name in new[] { "worker", "portal", "demo" })
        {
            var given = Environment(model, name, "ConnectionStrings__crm");
            Assert.Equal(
                "Host={postgres.bindings.tcp.host};Port={postgres.bindings.tcp.port};"
                + "Username=hubspotsync_app;Password={app-db-password.value};Database=crm",
                given);
        }

        Assert.Null(Environment(model, "hubspot", "ConnectionStrings__crm"));
    }

    [Fact]
    public async Task Everything_waits_for_what_it_needs()
    {
        var model = await AppHostProcess.DescribeAsync(["--demo"]);

        Assert.Equal(["crm:Healthy"], Waits(model, "migrate"));
        Assert.Equal(["redis:Healthy", "migrate:Completed"], Waits(model, "worker"));
        Assert.Equal(["redis:Healthy", "migrate:Completed"], Waits(model, "portal"));
        Assert.Equal(["portal:Healthy", "worker:Healthy"], Waits(model, "demo"));
    }

    [Fact]
    public async Task The_portal_is_the_only_way_in_and_can_be_told_to_sync()
    {
        var model = await AppHostProcess.DescribeAsync([]);

        var portal = model.GetProperty("portal");
        Assert.True(portal.GetProperty("endpoints")[0].GetProperty("external").GetBoolean());
        Assert.False(model.GetProperty("worker").GetProperty("endpoints")[0].GetProperty("external").GetBoolean());
        Assert.Equal("/health", portal.GetProperty("health")[0].GetString());
        Assert.Equal("Sync now", portal.GetProperty("commands")[0].GetString());
        Assert.Equal("{operator-key.value}", Environment(model, "portal", "Operator__Key"));
    }

    [Fact]
    public async Task The_fake_is_where_the_product_looks_for_HubSpot()
    {
        var model = await AppHostProcess.DescribeAsync([]);

        Assert.Equal("{hubspot.bindings.http.url}", Environment(model, "worker", "HubSpot__ApiUrl"));
        Assert.Equal("{hubspot-client-secret.value}", Environment(model, "portal", "HubSpot__ClientSecret"));
    }

    [Fact]
    public async Task With_the_real_HubSpot_there_is_no_fake()
    {
        var model = await AppHostProcess.DescribeAsync(["--HubSpot:Mode=real"]);

        Assert.DoesNotContain("hubspot", NamesOf(model));
        Assert.Equal("https://api.hubapi.com", Environment(model, "worker", "HubSpot__ApiUrl"));
        Assert.Equal("https://app.hubspot.com", Environment(model, "portal", "HubSpot__AppUrl"));
    }

    [Fact]
    public async Task Connection_strings_from_outside_start_nothing_and_keep_the_owner_from_the_services()
    {
        var model = await AppHostProcess.DescribeAsync(
            [],
            ("ConnectionStrings__crm", "Host=db.example;User Id=boss;Password=owners-secret;Database=sales"),
            ("ConnectionStrings__redis", "cache.example:6379"));

        Assert.DoesNotContain("postgres", NamesOf(model));
        Assert.Equal("GivenConnectionString", Type(model, "redis"));
        var app = Environment(model, "portal", "ConnectionStrings__crm");
        Assert.Equal(
            "host=db.example;database=sales;Username=hubspotsync_app;Password={app-db-password.value}", app);
        Assert.Equal(OwnersString, Environment(model, "migrate", "ConnectionStrings__crm"));
    }

    [Fact]
    public async Task Replicas_come_from_configuration()
    {
        var model = await AppHostProcess.DescribeAsync(["--Worker:Replicas=3"]);

        Assert.Equal(3, model.GetProperty("worker").GetProperty("replicas").GetInt32());
    }

    [Theory]
    [InlineData("--HubSpot:Mode=real", "Parameters__hubspot_client_id")]
    [InlineData("--HubSpot:Mode=odd", "HubSpot:Mode is 'odd'")]
    public async Task What_is_missing_or_wrong_is_said_in_one_line(string argument, string expected)
    {
        using var data = new TemporaryFolder();
        using var host = AppHostProcess.Start([argument], ("HUBSPOTSYNC_DATA", data.Path));

        await host.WaitForExitAsync();

        Assert.Equal(1, host.ExitCode);
        Assert.Contains(expected, Assert.Single(host.Output.Split('\n')), StringComparison.Ordinal);
    }

    private static IEnumerable<string> NamesOf(JsonElement model) => model.EnumerateObject().Select(item => item.Name);

    private static string? Type(JsonElement model, string name) =>
        model.GetProperty(name).GetProperty("type").GetString();

    private static string? Environment(JsonElement model, string name, string variable) =>
        model.GetProperty(name).GetProperty("environment").TryGetProperty(variable, out var value)
            ? value.GetString()
            : null;

    private static IEnumerable<string> Waits(JsonElement model, string name) =>
        model.GetProperty(name).GetProperty("waits").EnumerateArray()
            .Select(wait => $"{wait.GetProperty("resource").GetString()}:{wait.GetProperty("until").GetString()}");
}
