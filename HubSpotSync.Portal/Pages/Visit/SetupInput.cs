using System.ComponentModel.DataAnnotations;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Setup;

namespace HubSpotSync.Portal.Pages.Visit;

internal sealed class SetupInput : IValidatableObject
{
    [Required(ErrorMessage = "Say what we may call you.")]
    [StringLength(100, ErrorMessage = "A name has at most 100 characters.")]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "Give the e-mail you want to sign in with.")]
    [EmailAddress(ErrorMessage = "This is not a valid e-mail address.")]
    [StringLength(200, ErrorMessage = "An e-mail has at most 200 characters here.")]
    public string Email { get; set; } = "";

    [Required(ErrorMessage = "Choose a password.")]
    [StringLength(
        200,
        MinimumLength = SignInRules.PasswordLength,
        ErrorMessage = "A password has at least 12 characters.")]
    public string Password { get; set; } = "";

    [Compare(nameof(Password), ErrorMessage = "The two passwords are not the same.")]
    public string PasswordAgain { get; set; } = "";

    [Required(ErrorMessage = "Say what your company is called.")]
    [StringLength(100, ErrorMessage = "A company name has at most 100 characters here.")]
    public string WorkspaceName { get; set; } = "";

    public string TimeZone { get; set; } = "UTC";

    public string Currency { get; set; } = "EUR";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!WorkspaceChoices.TimeZones.Contains(TimeZone, StringComparer.Ordinal))
        {
            yield return new ValidationResult("Choose a time zone from the list.", [nameof(TimeZone)]);
        }

        if (WorkspaceChoices.Currencies.All(currency => currency.Code != Currency))
        {
            yield return new ValidationResult("Choose a currency from the list.", [nameof(Currency)]);
        }
    }
}
