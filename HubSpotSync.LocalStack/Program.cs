using HubSpotSync.LocalStack.Processes;
using HubSpotSync.LocalStack.Tools;

// "reap": started only by Reaper, as the process that ends what a killed AppHost or test run left behind.
// "tools": brings everything the product and its tests need beside .NET, and says where it is.
return args switch
{
    [ReaperProgram.Verb] => await ReaperProgram.RunAsync(Console.In),
    ["tools"] => await ToolsProgram.RunAsync(CancellationToken.None),
    _ => 2,
};
