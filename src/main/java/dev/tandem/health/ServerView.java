package dev.tandem.health;

import dev.tandem.model.Balancer;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import dev.tandem.observe.Recent;
import dev.tandem.observe.ServerSeen;
import dev.tandem.observe.Snapshot;
import java.util.List;
import java.util.Optional;

/// A web server in a {@link Picture}.
///
/// @param server the web server in the site file
/// @param container its container; empty for an existing web server
/// @param seenBy how each balancer sees it, in the order of the file
public record ServerView(Server server, Optional<ContainerView> container, List<SeenBy> seenBy) {
    public ServerView {
        seenBy = List.copyOf(seenBy);
    }

    /// A web server as one balancer sees it.
    ///
    /// @param balancer the name of the balancer
    /// @param as one entry per backend; none when not reported
    public record SeenBy(String balancer, List<ServerSeen> as) {
        public SeenBy {
            as = List.copyOf(as);
        }

        /// How it has served lately, HTTP and HTTPS together; empty when not reported.
        public Optional<Recent> recent() {
            return as.stream().flatMap(seen -> seen.recent().stream()).reduce(Recent::plus);
        }

        /// One status when HTTP and HTTPS agree, otherwise both.
        public String words() {
            List<String> words = as.stream().map(ServerSeen::words).toList();
            if (words.isEmpty()) {
                return "unknown";
            }
            return words.stream().distinct().count() == 1
                    ? words.getFirst()
                    : "http " + words.getFirst() + ", https " + words.getLast();
        }
    }

    /// The view from a snapshot.
    static ServerView of(Server server, Site site, Snapshot snapshot) {
        return new ServerView(
                server,
                switch (server) {
                    case Server.Own own -> Optional.of(ContainerView.of(own.name(), snapshot));
                    case Server.Existing _ -> Optional.empty();
                },
                site.balancers().stream()
                        .map(Balancer::name)
                        .map(name -> new SeenBy(name, seen(server.name(), name, snapshot)))
                        .toList());
    }

    /// How a balancer sees a server.
    static List<ServerSeen> seen(String server, String balancer, Snapshot snapshot) {
        return snapshot.answer(balancer).stream()
                .flatMap(answered -> answered.servers().stream())
                .filter(seen -> seen.server().equals(server))
                .toList();
    }
}
