namespace HubSpotSync.LocalStack.Processes;

/// <summary>Signals by their Unix numbers. Postgres: Interrupt is its fast shutdown, Quit its immediate one.</summary>
public enum StopSignal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
}
