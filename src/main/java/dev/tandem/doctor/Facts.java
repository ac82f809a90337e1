package dev.tandem.doctor;

import java.util.List;
import java.util.Optional;

/// All facts that were gathered.
///
/// @param machine what can be seen of this machine without an engine
/// @param engine what the engine reports
/// @param capabilities the capabilities that a balancer needs and that this engine cannot give
/// @param kernel what the kernel lets a balancer do
/// @param leftovers containers of sites that are gone
/// @param endlessLogs the containers whose log grows until the disk is full
/// @param site the site; empty if there is no site file
public record Facts(
        MachineSeen machine,
        Answer<EngineSeen> engine,
        Answer<List<String>> capabilities,
        Answer<KernelSeen> kernel,
        Answer<List<Leftover>> leftovers,
        Answer<List<String>> endlessLogs,
        Optional<SiteSeen> site) {

    /// Containers that Tandem made for a site whose directory is gone.
    ///
    /// @param project the site
    /// @param directory where that was
    /// @param containers their names
    public record Leftover(String project, String directory, List<String> containers) {
        public Leftover {
            containers = List.copyOf(containers);
        }
    }
}
