namespace HubSpotSync.Portal.Access;

internal static class SignInRules
{
    /// <summary>Length is what makes a password strong; nothing else is asked of it.</summary>
    public const int PasswordLength = 12;

    public const string PasswordHint =
        "At least 12 characters. A few words you remember are better than signs you don't.";
}
