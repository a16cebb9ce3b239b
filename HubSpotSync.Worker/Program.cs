using HubSpotSync.Worker;
using HubSpotSync.Worker.Demo;
using HubSpotSync.Worker.Migrate;

return args.FirstOrDefault() switch
{
    "migrate" => await MigrateCommand.RunAsync(args[1..]),
    "demo" => await DemoCommand.RunAsync(args[1..]),
    _ => await WorkerApp.RunAsync(args),
};
