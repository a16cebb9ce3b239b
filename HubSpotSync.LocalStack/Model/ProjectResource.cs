using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting
{
    /// <summary>Where a project is; the generated <c>Projects.*</c> classes implement it.</summary>
    public interface IProjectMetadata : IResourceAnnotation
    {
        string ProjectPath { get; }

        /// <summary>The built assembly. Only this engine asks for it; Aspire builds and runs by project path.</summary>
        string AssemblyPath { get; }
    }

    public sealed class ProjectResourceOptions
    {
        public string? LaunchProfileName { get; set; }

        public bool ExcludeLaunchProfile { get; set; }
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    public sealed class ProjectResource(string name) : Resource(name), IResourceWithEnvironment, IResourceWithArgs,
        IResourceWithServiceDiscovery, IResourceWithWaitSupport
    {
        internal IProjectMetadata Metadata => Annotations.OfType<IProjectMetadata>().Single();
    }
}
