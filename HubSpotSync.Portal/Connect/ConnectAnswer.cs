namespace HubSpotSync.Portal.Connect;

/// <summary>What became of an account that let us in.</summary>
internal abstract record ConnectAnswer
{
    private ConnectAnswer()
    {
    }

    /// <param name="Account">Its name and number.</param>
    internal sealed record Connected(string Account) : ConnectAnswer;

    /// <summary>Another account is connected, and the person is asked which of the two it shall be.</summary>
    internal sealed record Asks(string Nonce) : ConnectAnswer
    {
        public override string ToString() => "Asks { … }"; // never in a log
    }

    /// <summary>Nothing was stored.</summary>
    internal sealed record Refused(ConnectProblem Problem) : ConnectAnswer;
}
