using HubSpotSync.Portal.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Visit;

/// <summary>
/// Says in words what a refusal means. It has no handlers, so it answers whatever method was refused.
/// </summary>
[IgnoreAntiforgeryToken] // it also answers a POST that was refused for its missing token
internal sealed class StatusModel : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Code { get; set; }

    public (string Heading, string Text) Words => Code switch
    {
        404 => ("There is nothing here",
            "The address is wrong, or what it showed is gone or belongs to another company."),
        403 => ("Your role does not allow this",
            $"You are {User.Role()?.ToString() ?? "not signed in"} here. An admin or the owner can do this, "
            + "or give you the role under Settings, Users."),
        401 => ("You are signed out", "Sign in again to go on."),
        405 => ("This can't be done here", "The address is right, but it does not take what was sent to it."),
        429 => ("That was too often",
            "To keep accounts safe we take only so many tries. "
            + $"Wait {Response.Headers.RetryAfter} seconds and try again."),
        400 => ("This form was too old",
            "It was opened before you signed in, or long ago. Go back, load the page again and send it once more. "
            + "Nothing was changed."),
        _ => ("This did not work", "Go back and try again."),
    };
}
