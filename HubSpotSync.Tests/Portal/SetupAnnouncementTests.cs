using System.Text;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Setup;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HubSpotSync.Tests.Portal;

public sealed class SetupAnnouncementTests
{
    [Fact]
    public async Task The_set_up_link_is_printed_except_where_a_demo_makes_the_owner_or_there_is_one()
    {
        using var console = new Heard(Console.Out);
        Console.SetOut(console);
        try
        {
            await using var usual = await StartAsync("usual");
            await using var demo = await StartAsync("demo", ("SignIn:AllowLinks", "true"));
            await AnnouncedAsync(usual);
            await AnnouncedAsync(demo);
            await usual.AddUserAsync("owner.canary@portal.example", WorkspaceRole.Owner);
            await using var again = await PortalHost.StartOnAsync(usual.Database, ("Setup:Code", "announcement-again"));
            await AnnouncedAsync(again);
        }
        finally
        {
            Console.SetOut(console.Original);
        }

        Assert.Contains(
            "Set-up: http://localhost/setup?code=announcement-usual\n",
            console.Text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("announcement-demo", console.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("announcement-again", console.Text, StringComparison.Ordinal);
    }

    private static Task<PortalHost> StartAsync(string name, params (string Name, string? Value)[] settings) =>
        PortalHost.StartAsync([("Setup:Code", $"announcement-{name}"), .. settings]);

    private static Task AnnouncedAsync(PortalHost portal) =>
        portal.Services.GetServices<IHostedService>().OfType<SetupAnnouncement>().Single()
            .ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(20)); // the portal runs

    private sealed class Heard(TextWriter original) : TextWriter
    {
        private readonly StringBuilder _text = new();

        public TextWriter Original => original;

        public string Text
        {
            get
            {
                lock (_text)
                {
                    return _text.ToString().ReplaceLineEndings("\n");
                }
            }
        }

        public override Encoding Encoding => original.Encoding;

        public override void Write(char value)
        {
            lock (_text)
            {
                _text.Append(value);
            }

            original.Write(value);
        }
    }
}
