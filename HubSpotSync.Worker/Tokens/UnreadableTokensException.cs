namespace HubSpotSync.Worker.Tokens;

/// <summary>The stored tokens were encrypted with a key that is lost.</summary>
internal sealed class UnreadableTokensException(Exception cause)
    : Exception("The stored tokens can't be decrypted.", cause);
