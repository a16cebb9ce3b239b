namespace HubSpotSync.Portal.Words;

/// <summary>Why HubSpot refused a record, from its own words: a code and the property that was wrong.</summary>
internal static class RefusalWords
{
    /// <param name="detail">As the engine keeps it: <c>INVALID_EMAIL email</c>.</param>
    public static string Say(string? detail)
    {
        var (code, property) = detail?.Split(' ', 2) is [var first, .. var rest]
            ? (first, rest.Length == 0 ? "a field" : rest[0])
            : ("", "a field");
        return code switch
        {
            "INVALID_EMAIL" =>
                "HubSpot refused the e-mail: not a valid address. Correct it here or in HubSpot; we try again by "
                + "ourselves.",
            "INVALID_OPTION" or "INVALID_ENUMERATION" =>
                $"HubSpot refused the value of {property}: it is none of the options there. Choose one of them here, "
                + "or add the option in HubSpot; the next sync tries again.",
            "READ_ONLY_VALUE" =>
                $"HubSpot does not let anybody write {property}. Let the field only arrive in your field mapping.",
            "MISSING_REQUIRED_PROPERTY" or "MISSING_CONDITIONAL_REQUIRED_PROPERTY" =>
                $"Your HubSpot account demands {property} of every new contact, and the customer here has none. Fill "
                + "it in here, or change the rule in HubSpot's settings.",
            "PROPERTY_DOESNT_EXIST" =>
                $"HubSpot does not have the property {property} any more. Its mapping is switched off; the rest goes "
                + "on.",
            "CONFLICTING_UNIQUE_VALUE" =>
                $"HubSpot has another contact with the same {property}, and it must be unique there. Change one of "
                + "the two.",
            "INVALID_OWNER_ID" => "HubSpot does not know this owner any more. Choose another one in HubSpot.",
            "INVALID_DATE" or "INVALID_LONG" or "INVALID_NUMBER" or "INVALID_BOOLEAN" =>
                $"HubSpot refused the value of {property}: it is of another type. Correct it here; the next sync "
                + "tries again.",
            "VALUE_TOO_LONG" or "PROPERTY_VALUE_TOO_LONG" =>
                $"HubSpot refused the value of {property}: it is too long. Shorten it here; the next sync tries again.",
            "" => "HubSpot refused it. Correct the record here or in HubSpot; the next sync tries again by itself.",
            _ => $"HubSpot refused {property}. Correct the record here or in HubSpot; the next sync tries again by "
                + $"itself. HubSpot's code is {code}.",
        };
    }
}
