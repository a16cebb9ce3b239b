using HubSpotSync.FakeHubSpot.Schema;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Seeding;

internal static class PipelineSeeder
{
    public static void Seed(FakeAccount account)
    {
        account.Pipelines.AddRange(
        [
            new("default", "Sales pipeline", 0,
            [
                new("appointmentscheduled", "Appointment scheduled", 0, "0.2"),
                new("qualifiedtobuy", "Qualified to buy", 1, "0.4"),
                new("presentationscheduled", "Presentation scheduled", 2, "0.6"),
                new("decisionmakerboughtin", "Decision maker bought in", 3, "0.8"),
                new("contractsent", "Contract sent", 4, "0.9"),
                new("closedwon", "Closed won", 5, "1.0"),
                new("closedlost", "Closed lost", 6, "0.0"),
            ]),
            new("75501", "Wholesale", 1,
            [
                new("755011", "Request received", 0, "0.3"),
                new("755012", "Offer sent", 1, "0.7"),
                new("755013", "Ordered", 2, "1.0"),
                new("755014", "Declined", 3, "0.0"),
            ]),
        ]);
        PipelineOptions.Show(account);
    }
}
