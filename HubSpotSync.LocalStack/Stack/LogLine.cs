namespace HubSpotSync.LocalStack.Stack;

internal sealed record LogLine(string Source, DateTimeOffset Time, string Text, bool IsError);
