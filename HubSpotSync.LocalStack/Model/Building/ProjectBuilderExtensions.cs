using Aspire.Hosting.ApplicationModel;
using HubSpotSync.LocalStack.Projects;

namespace Aspire.Hosting;

/// <summary>Projects, with Aspire's signatures.</summary>
public static class ProjectBuilderExtensions
{
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, _ => { });

    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() =>
        builder.AddProject<TProject>(name, options =>
        {
            options.ExcludeLaunchProfile = launchProfileName is null;
            options.LaunchProfileName = launchProfileName;
        });

    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new()
    {
        var options = new ProjectResourceOptions();
        configure(options);
        var metadata = new TProject();
        var project = builder.AddResource(new ProjectResource(name)).With(metadata);
        return options.ExcludeLaunchProfile
            ? project
            : LaunchProfile.Read(metadata.ProjectPath, options.LaunchProfileName) is { } profile
                ? project.WithLaunchProfile(profile)
                : project;
    }

    public static IResourceBuilder<ProjectResource> WithReplicas(
        this IResourceBuilder<ProjectResource> builder, int replicas) => builder.With(new ReplicaAnnotation(replicas));

    private static IResourceBuilder<ProjectResource> WithLaunchProfile(
        this IResourceBuilder<ProjectResource> project, LaunchProfile profile)
    {
        foreach (var url in profile.Urls)
        {
            project.With(new EndpointAnnotation(url.Scheme, url.Scheme, url.Port));
        }

        foreach (var (name, value) in profile.Environment)
        {
            project.WithEnvironment(name, value);
        }

        return project;
    }
}
