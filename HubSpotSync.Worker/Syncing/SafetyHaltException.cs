namespace HubSpotSync.Worker.Syncing;

/// <summary>The work would do more harm than its share; a person has to say whether it is meant.</summary>
/// <param name="message">For people; never a value of a record.</param>
internal sealed class SafetyHaltException(string message) : Exception(message);
