package dev.tandem.doctor;

import java.util.List;
import java.util.Optional;

/// All that was found out.
///
/// @param machine this machine, as far as no engine is needed to see it
/// @param engine what the engine says
/// @param capabilities those that a balancer needs and that this engine cannot give
/// @param kernel what the kernel lets a balancer do
/// @param leftovers containers of sites that are gone
/// @param site the site; empty where there is no site file
public record Facts(
        MachineSeen machine,
        Answer<EngineSeen> engine,
        Answer<List<String>> capabilities,
        Answer<KernelSeen> kernel,
        Answer<List<Leftover>> leftovers,
        Optional<SiteSeen> site) {

    /// Containers that Tandem made for a site whose directory is gone.
    ///
    /// @param project the site
    /// @param directory where it was
    /// @param containers their names
    public record Leftover(String project, String directory, List<String> containers) {
        public Leftover {
            containers = List.copyOf(containers);
        }
    }
}
