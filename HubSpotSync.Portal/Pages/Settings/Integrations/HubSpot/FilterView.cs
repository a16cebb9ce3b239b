using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

/// <summary>The stages of an account, how many contacts each has, and what is chosen.</summary>
internal sealed class FilterView(HubSpotConnection connection, DateTimeOffset now)
{
    private static readonly string[] Usual = ["customer", "subscriber"];
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(20);

    /// <summary>What is ticked; set to what a person sent where that has to be shown again.</summary>
    public IReadOnlyCollection<string> Chosen { get; set; } =
        connection.LifecycleStages.Length == 0 ? Usual : connection.LifecycleStages;

    /// <summary>No stage chosen means all, but not before somebody has chosen at all.</summary>
    public bool TakesAll { get; set; } = connection is { LifecycleStages.Length: 0, FirstRunDoneAt: not null };

    public bool IsFirst => connection.FirstRunDoneAt is null;

    public bool IsCounted => connection.StagesCountedAt is { } counted
        && (connection.CountRequestedAt is null || counted >= connection.CountRequestedAt);

    public DateTimeOffset? CountedAt => connection.StagesCountedAt;

    public TimeSpan Waited => connection.CountRequestedAt is { } asked ? now - asked : TimeSpan.Zero;

    public bool IsLate => Waited > Late;

    public IReadOnlyList<StageOption> Options =>
        [.. connection.StageOptions.Where(option => option.Value.Length > 0)];

    public int WithoutStage => connection.StageOptions
        .Where(option => option.Value.Length == 0)
        .Sum(option => option.Contacts);

    public int Total => connection.StageOptions.Sum(option => option.Contacts);

    public string Sentence
    {
        get
        {
            var come = TakesAll ? Total : Options.Where(option => Has(option.Value)).Sum(option => option.Contacts);
            return $"{Numbers.Count(come)} of {Numbers.Of(Total, "contact")} would come.";
        }
    }

    public bool Has(string stage) => Chosen.Contains(stage);
}
