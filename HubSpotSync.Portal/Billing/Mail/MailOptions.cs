using System.ComponentModel.DataAnnotations;

namespace HubSpotSync.Portal.Billing.Mail;

/// <summary>How e-mails leave: over a relay, or into a folder that a developer or another program looks into.</summary>
internal sealed class MailOptions : IValidatableObject
{
    public const string SectionName = "Mail";

    /// <summary>The relay; wins over <see cref="PickupFolder"/>.</summary>
    public string? Host { get; set; }

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    public bool UseTls { get; set; } = true;

    public string? UserName { get; set; }

    public string? Password { get; set; }

    /// <summary>Relative to the portal's own folder, or a whole path.</summary>
    public string? PickupFolder { get; set; }

    /// <summary>The address that e-mails come from.</summary>
    [EmailAddress]
    public string From { get; set; } = "invoices@localhost.localdomain";

    /// <summary>Tries before a mail is given up; they are minutes and then hours apart.</summary>
    [Range(1, 50)]
    public int Attempts { get; set; } = 10;

    /// <summary>How often the outbox is looked into without being told.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Without it papers can be marked as sent, and nothing leaves by e-mail.</summary>
    public bool IsSet => !string.IsNullOrWhiteSpace(Host) || !string.IsNullOrWhiteSpace(PickupFolder);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Interval <= TimeSpan.Zero)
        {
            yield return new ValidationResult("Mail:Interval has to be above zero.", [nameof(Interval)]);
        }

        if (!string.IsNullOrWhiteSpace(Host) && From == new MailOptions().From)
        {
            yield return new ValidationResult(
                "With Mail:Host set, Mail:From has to be the address that e-mails come from.", [nameof(From)]);
        }
    }
}
