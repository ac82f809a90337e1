package dev.tandem.change.plan;

import dev.tandem.model.Duty;
import dev.tandem.model.ServerOrder;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The present state of a site, as far as plans depend on it.
///
/// @param containers the containers of the site's Compose project, by service
/// @param balancers what each balancer that answers reports; a balancer that is missing here is
///   silent
/// @param webServers what each of the site's own web servers that answers has loaded
/// @param holders the holders of the VIP
/// @param files the files in the site's directory
/// @param origin where the difference between wanted and seen comes from
public record Seen(
        SortedMap<String, Box> containers,
        SortedMap<String, OfBalancer> balancers,
        SortedMap<String, Map<Loadable, String>> webServers,
        SortedSet<String> holders,
        Files files,
        Origin origin) {
    public Seen {
        containers = Collections.unmodifiableSortedMap(new TreeMap<>(containers));
        balancers = Collections.unmodifiableSortedMap(new TreeMap<>(balancers));
        webServers = Collections.unmodifiableSortedMap(new TreeMap<>(webServers));
        holders = Collections.unmodifiableSortedSet(new TreeSet<>(holders));
    }

    /// A container.
    ///
    /// @param name its name
    /// @param state Docker's word: running, exited, paused, ...
    /// @param stamp the hash of what it is made from
    /// @param image its image: by name, or by id when that name means another image by now
    /// @param role its role in the site: balancer, web, lan-route
    /// @param networks its address on each network that it is attached to; empty when nobody looked
    /// @param restart how the engine starts it again, in Docker's word; empty when nobody looked
    public record Box(
            String name,
            String state,
            String stamp,
            String image,
            String role,
            Optional<Map<String, String>> networks,
            Optional<String> restart) {
        /// What the engine shows of an image that lost its name, or whose name was given to another
        /// one.
        private static final Pattern ID = Pattern.compile("(sha256:)?[0-9a-f]{12,64}");

        public Box {
            networks = networks.map(Map::copyOf);
        }

        /// Whether another image has got the name that it was made with.
        boolean isOfAnotherImage() {
            return ID.matcher(image).matches();
        }

        /// One whose attachments were not looked at.
        public Box(String name, String state, String stamp, String role) {
            this(name, state, stamp, "", role, Optional.empty(), Optional.empty());
        }

        boolean running() {
            return state.equals("running");
        }
    }

    /// A balancer that answers.
    ///
    /// @param serving whether its HAProxy answers and its VRRP takes part
    /// @param duty the duty in force
    /// @param loaded the hashes of what it has loaded, without parts that it did not report
    /// @param servers the web servers as it treats them, by name, with one entry per backend
    /// @param ofServices the same of the servers of TCP services
    /// @param added addresses on its interfaces that nobody asked for
    /// @param stopped for how long its init has not run; empty when it runs
    public record OfBalancer(
            boolean serving,
            Duty duty,
            Map<Loadable, String> loaded,
            SortedMap<String, List<OfServer>> servers,
            SortedMap<String, List<OfServer>> ofServices,
            List<Added> added,
            Optional<Duration> stopped) {
        public OfBalancer {
            loaded = Map.copyOf(loaded);
            servers = Collections.unmodifiableSortedMap(new TreeMap<>(servers));
            ofServices = Collections.unmodifiableSortedMap(new TreeMap<>(ofServices));
            added = List.copyOf(added);
        }

        /// One of a site without TCP services.
        public OfBalancer(
                boolean serving,
                Duty duty,
                Map<Loadable, String> loaded,
                SortedMap<String, List<OfServer>> servers,
                List<Added> added,
                Optional<Duration> stopped) {
            this(serving, duty, loaded, servers, new TreeMap<>(), added, stopped);
        }

        /// One whose init runs.
        public OfBalancer(
                boolean serving,
                Duty duty,
                Map<Loadable, String> loaded,
                SortedMap<String, List<OfServer>> servers,
                List<Added> added) {
            this(serving, duty, loaded, servers, added, Optional.empty());
        }

        /// How it treats a server, a web server or one of a TCP service.
        List<OfServer> views(String server) {
            return servers.getOrDefault(server, ofServices.getOrDefault(server, List.of()));
        }

        /// Whether it sends requests to a web server, in every backend.
        boolean uses(String server) {
            List<OfServer> views = servers.getOrDefault(server, List.of());
            return !views.isEmpty() && views.stream().allMatch(OfServer::up);
        }

        /// Whether it sends requests to a web server in any backend.
        boolean sends(String server) {
            return servers.getOrDefault(server, List.of()).stream().anyMatch(OfServer::up);
        }

        /// Whether it sends requests to this web server and to no other of these.
        boolean hasOnly(String server, Predicate<String> others) {
            return sends(server)
                    && servers.keySet().stream()
                            .filter(others)
                            .noneMatch(other -> !other.equals(server) && uses(other));
        }

        /// Whether checks fail, and no web server gets requests in any backend.
        boolean findsAllDown() {
            List<Use> uses =
                    servers.values().stream().flatMap(List::stream).map(OfServer::use).toList();
            return uses.contains(Use.DOWN) && !uses.contains(Use.UP);
        }

        /// Whether an order keeps requests from a web server.
        boolean isOut(String server) {
            return servers.getOrDefault(server, List.of()).stream()
                    .anyMatch(view -> view.use() == Use.OUT);
        }
    }

    /// An address that a balancer has besides its own.
    ///
    /// @param cidr the address with its prefix, as `ip` shows it
    /// @param device the interface that holds it
    public record Added(String cidr, String device) {}

    /// A web server in one backend of a balancer.
    ///
    /// @param order its state and weight, as far as visible: HAProxy shows a drained server that is
    ///   down as down
    /// @param use whether it gets requests
    public record OfServer(ServerOrder order, Use use) {
        boolean up() {
            return use == Use.UP;
        }

        /// Whether it may be in line with an order.
        boolean follows(ServerOrder wanted) {
            return use == Use.DOWN
                    ? order.weight() == wanted.weight() && wanted.state() != ServerOrder.State.MAINT
                    : order.equals(wanted);
        }
    }

    /// Whether a web server gets requests.
    public enum Use {
        /// It does.
        UP,
        /// It would, but its checks fail.
        DOWN,
        /// It does not, because of an order.
        OUT
    }

    /// The files of the site's directory: SHA-256 by path.
    ///
    /// @param present the existing files
    /// @param written what Tandem last wrote there
    /// @param open those that let everybody ask on the health port, as all of 0.1.0 do
    public record Files(
            SortedMap<String, String> present,
            SortedMap<String, String> written,
            SortedSet<String> open) {
        /// None of them lets everybody ask.
        public Files(SortedMap<String, String> present, SortedMap<String, String> written) {
            this(present, written, Collections.emptySortedSet());
        }

        public Files {
            open = Collections.unmodifiableSortedSet(new TreeSet<>(open));
            present = Collections.unmodifiableSortedMap(new TreeMap<>(present));
            written = Collections.unmodifiableSortedMap(new TreeMap<>(written));
        }

        /// Whether a file was changed or removed by something other than Tandem.
        boolean changedOutside(String path) {
            String noted = written.get(path);
            return noted != null && !noted.equals(present.get(path));
        }
    }

    /// What a node reports as loaded; empty when it does not answer, or loads nothing.
    public Optional<Map<Loadable, String>> loaded(String node) {
        return Optional.ofNullable(balancers.get(node))
                .map(OfBalancer::loaded)
                .or(() -> Optional.ofNullable(webServers.get(node)));
    }

    /// Whether a balancer could hold the VIP now.
    public boolean canServe(String balancer) {
        OfBalancer seen = balancers.get(balancer);
        Box box = containers.get(balancer);
        return seen != null && seen.serving() && box != null && box.running();
    }

    /// Whether a balancer keeps requests from a web server because of an order.
    boolean isOut(String server) {
        return balancers.values().stream().anyMatch(balancer -> balancer.isOut(server));
    }

    /// Whether a web server gets requests from any balancer that answers, in any backend: a server
    /// that only some balancers see down has clients, too.
    boolean getsRequests(String server) {
        return balancers.values().stream().anyMatch(balancer -> balancer.sends(server));
    }

    /// Whether some balancer that answers would have no web server left without this one: each may
    /// see different ones up.
    boolean isOnlyOne(String server, Predicate<String> others) {
        return balancers.values().stream().anyMatch(balancer -> balancer.hasOnly(server, others));
    }

    /// Whether a web server gets requests from every balancer that answers, and from at least one.
    boolean isUsed(String server) {
        return !balancers.isEmpty() && balancers.values().stream().allMatch(b -> b.uses(server));
    }
}
