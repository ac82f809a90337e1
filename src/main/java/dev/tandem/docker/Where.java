package dev.tandem.docker;

import java.util.Map;

/// Where an engine runs, as seen from who controls it. It decides whose network, disks and
/// directories are meant when the machine is looked at.
public enum Where {
    /// On this machine.
    HERE,
    /// On another one, or it cannot be told: then the engine is asked, which is slower and right in
    /// any case.
    ELSEWHERE;

    /// Where the engine runs that a `docker` with this environment talks to. A socket of another
    /// name may lead anywhere: it can be the end of a tunnel.
    ///
    /// @param config what stands in the user's `config.json` of Docker; empty text if nothing does
    static Where of(Map<String, String> environment, String config) {
        String host = environment.getOrDefault("DOCKER_HOST", "");
        if (!host.isEmpty()) {
            return host.equals("unix:///var/run/docker.sock")
                            || host.equals("unix:///run/docker.sock")
                    ? HERE
                    : ELSEWHERE;
        }
        String context = environment.getOrDefault("DOCKER_CONTEXT", "");
        if (!context.isEmpty()) {
            return context.equals("default") ? HERE : ELSEWHERE;
        }
        return config.matches("(?s).*\"currentContext\"\\s*:\\s*\"(?!default\")[^\"]+\".*")
                ? ELSEWHERE
                : HERE;
    }
}
