using System.ComponentModel.DataAnnotations;

namespace HubSpotSync.Portal.OutgoingWebhooks;

/// <summary>How programs are told of changes.</summary>
internal sealed class WebhookOptions : IValidatableObject
{
    public const string SectionName = "OutgoingWebhooks";

    /// <summary>
    /// For development: programs on this machine or in its network may be told, also without https. Else whoever may
    /// set up webhooks could make the portal call what only it can reach.
    /// </summary>
    public bool AllowPrivateTargets { get; set; }

    /// <summary>How often it is looked for deliveries without being told.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Deliveries under way at a time, of all webhooks.</summary>
    [Range(1, 100)]
    public int AtATime { get; set; } = 8;

    /// <summary>Of one webhook.</summary>
    [Range(1, 100)]
    public int AtATimeEach { get; set; } = 4;

    /// <summary>Tries before a delivery is given up; they are half a minute and at last six hours apart.</summary>
    [Range(1, 50)]
    public int Attempts { get; set; } = 12;

    /// <summary>A webhook that nothing has arrived at for so long is switched off.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(3);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Interval <= TimeSpan.Zero || Patience <= TimeSpan.Zero || GiveUpAfter <= TimeSpan.Zero)
        {
            yield return new ValidationResult(
                "OutgoingWebhooks: Interval, Patience and GiveUpAfter have to be above zero.");
        }
    }
}
