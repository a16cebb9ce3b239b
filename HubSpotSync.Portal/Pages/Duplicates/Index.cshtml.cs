using HubSpotSync.Data.Duplicates;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Web;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Duplicates;

/// <summary>Who may be one person. Everybody may look; members answer.</summary>
internal sealed class DuplicatesModel(DuplicateQueue queue, TimeProvider clock) : PageModel
{
    public const string Path = "/settings/integrations/hubspot/duplicates";
    private static readonly TimeSpan StaysTrue = TimeSpan.FromMinutes(10);

    [BindProperty(SupportsGet = true, Name = "show")]
    public string? Show { get; set; }

    public DuplicateCounts Counts { get; private set; } = new(0, 0, 0, null);

    public IReadOnlyList<DuplicatePair> Pairs { get; private set; } = [];

    public Paging Paging { get; private set; } = new(1, 50, 0);

    public DuplicateAnswer? Answer => Show switch
    {
        "later" => DuplicateAnswer.Later,
        "distinct" => DuplicateAnswer.Distinct,
        _ => null,
    };

    public bool CanAnswer => User.IsAtLeast(WorkspaceRole.Member);

    /// <summary>Nobody has searched lately.</summary>
    public bool IsOld => Counts.SearchedAt is not { } at || clock.GetUtcNow() - at > StaysTrue;

    public string Heading => (Counts.Open, Counts.SearchedAt) switch
    {
        (0, null) => "Duplicates have not been looked for yet",
        (0, _) => "No likely duplicates",
        var (open, _) => $"{Numbers.Of(open, "pair")} may be one person each",
    };

    public Task OnGetAsync([FromQuery(Name = "page")] int pageNumber, CancellationToken cancellationToken) =>
        LoadAsync(pageNumber, cancellationToken);

    public async Task<IActionResult> OnPostSearchAsync(CancellationToken cancellationToken)
    {
        await queue.SearchAsync(cancellationToken);
        if (!Request.Headers.ContainsKey("HX-Request"))
        {
            return Redirect(Path);
        }

        await LoadAsync(1, cancellationToken);
        return Partial("_Queue", this);
    }

    private async Task LoadAsync(int pageNumber, CancellationToken cancellationToken)
    {
        Counts = await queue.CountAsync(cancellationToken);
        var total = Answer switch
        {
            DuplicateAnswer.Later => Counts.Later,
            DuplicateAnswer.Distinct => Counts.Distinct,
            _ => Counts.Open,
        };
        Paging = new Paging(pageNumber, 50, total);
        Pairs = await queue.ReadAsync(Answer, Paging.Skip, Paging.Size, cancellationToken);
    }
}
