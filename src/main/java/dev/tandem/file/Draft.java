package dev.tandem.file;

import dev.tandem.file.PathRules.Url;
import dev.tandem.file.yaml.Spot;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Admission;
import dev.tandem.model.Backend;
import dev.tandem.model.Budget;
import dev.tandem.model.FrontDoor;
import dev.tandem.model.GivenFile;
import dev.tandem.model.Handover;
import dev.tandem.model.Ip4;
import dev.tandem.model.LanInterface;
import dev.tandem.model.Limits;
import dev.tandem.model.Listen;
import dev.tandem.model.PoolTiming;
import dev.tandem.model.Reach;
import dev.tandem.model.Return;
import dev.tandem.model.Server.Proto;
import dev.tandem.model.Server.Verify;
import dev.tandem.model.ServerShare;
import dev.tandem.model.Subnet;
import dev.tandem.model.Timing;
import dev.tandem.model.Tls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What has been read so far: the site, still with gaps.
///
/// A part is empty when it was wrong, or when it was left out and will be derived from others. Each
/// value keeps its place in the file, for checks that compare values.
record Draft(
        Optional<Found<String>> name,
        VipPart vip,
        NetworkPart network,
        MachinesPart machines,
        List<BalancerPart> balancers,
        Optional<Listen> listen,
        Optional<Backend> backend,
        List<ServerPart> servers,
        Tls tls,
        Optional<Timing> timing,
        Optional<Found<Handover>> handover,
        Optional<Budget> budget,
        Limits limits,
        FrontDoor frontDoor,
        List<ServicePart> services,
        RoutingPart routing) {

    /// The virtual IPs but for `vip.address`, each with what it is in messages.
    Map<Ip4, String> furtherVips() {
        Map<Ip4, String> all = new LinkedHashMap<>();
        vip.more().forEach(found -> all.put(found.value(), "one of vip.more"));
        for (BalancerPart balancer : balancers) {
            String what = "one of " + balancer.path() + ".vips";
            balancer.vips().forEach(found -> all.put(found.value(), what));
        }
        return all;
    }

    /// The sections `pools` and `routes`.
    record RoutingPart(List<PoolPart> pools, List<RoutePart> routes) {}

    /// One entry of `pools`. Its servers are among all others.
    record PoolPart(Found<String> name, Optional<Backend> settings, PoolTiming timing) {}

    /// One item of `routes`. A part is empty when it was wrong, or not given.
    ///
    /// @param place its path in messages, and where it begins
    /// @param code the status of a redirect
    /// @param certificate where it says something of certificates of clients
    /// @param leads whether it says where to, right or wrong
    /// @param isRead whether its host and path are known
    record RoutePart(
            Found<String> place,
            Optional<Found<String>> host,
            Optional<Found<String>> path,
            Optional<Found<String>> to,
            Optional<Found<String>> redirect,
            Optional<Found<Integer>> code,
            Optional<Found<String>> strip,
            Optional<GivenFile> users,
            Optional<Spot> certificate,
            Admission admission,
            boolean leads,
            boolean isRead) {}

    /// Where a web server belongs, and what it gets there.
    ///
    /// @param pool the pool; empty: the one without a name
    record Seat(Optional<String> pool, ServerShare share) {}

    /// The section `vip`.
    record VipPart(
            Optional<Found<Ip4>> address,
            List<Found<Ip4>> more,
            Optional<Found<Subnet>> subnet,
            Optional<Found<LanInterface>> lanInterface,
            Optional<Found<Ip4>> gateway,
            Optional<Found<Integer>> routerId,
            Optional<Found<Return>> returns) {

        /// Stands in for a missing section.
        static final VipPart NONE =
                new VipPart(
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
    }

    /// The section `network`.
    ///
    /// @param given where the subnet stands; empty when it is the default
    record NetworkPart(
            Optional<Found<String>> name, Optional<Found<Subnet>> subnet, Optional<Spot> given) {
        /// Over several machines there is none.
        static final NetworkPart NONE =
                new NetworkPart(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The section `machines`.
    ///
    /// @param isGiven whether it is there, right or wrong
    record MachinesPart(boolean isGiven, List<MachinePart> all) {
        /// Stands in for a missing section.
        static final MachinesPart NONE = new MachinesPart(false, List.of());

        /// The names of all of them.
        List<String> names() {
            return all.stream().map(one -> one.name().value()).toList();
        }
    }

    /// One entry of `machines`.
    record MachinePart(
            Found<String> name,
            Optional<Found<Reach>> reach,
            Optional<Found<LanInterface>> lanInterface) {

        /// Its path in messages.
        String path() {
            return "machines." + Visible.text(name.value());
        }

        /// The address to which ssh goes, if it is one.
        Optional<Found<Ip4>> address() {
            return reach.flatMap(found ->
                    found.value() instanceof Reach.Ssh ssh
                            ? Ip4.parse(ssh.host()).map(ip -> new Found<>(ip, found.spot()))
                            : Optional.empty());
        }
    }

    /// One entry of `balancers`.
    record BalancerPart(
            Found<String> name,
            Optional<Found<String>> hostname,
            Optional<Found<Ip4>> address,
            Optional<Found<Ip4>> lanAddress,
            Optional<Found<String>> machine,
            List<Found<Ip4>> vips) {

        /// Its path in messages.
        String path() {
            return "balancers." + Visible.text(name.value());
        }
    }

    /// One entry of `servers`.
    sealed interface ServerPart {
        /// Its name, and where that stands in the file.
        Found<String> name();

        /// The address of an own server on the network; empty when it is not given, or the server
        /// is not the site's own.
        Optional<Found<Ip4>> address();

        /// The machine of an own server; empty when it is not given, or the server is not the
        /// site's own.
        Optional<Found<String>> machine();

        /// The URL of an existing server; empty for an own server.
        Optional<Found<Url>> url();

        /// Where it belongs.
        Seat seat();

        /// Its path in messages.
        default String path() {
            String above =
                    seat().pool().map(pool -> "pools." + Visible.text(pool) + ".").orElse("");
            return above + "servers." + Visible.text(name().value());
        }
    }

    /// An Nginx that Tandem runs.
    record OwnPart(
            Found<String> name,
            Optional<Found<Ip4>> address,
            Optional<String> content,
            Optional<Found<String>> machine,
            Seat seat)
            implements ServerPart {
        @Override
        public Optional<Found<Url>> url() {
            return Optional.empty();
        }
    }

    /// An existing server.
    ///
    /// @param tlsName the name that its certificate must be for
    /// @param verify whether that is verified
    /// @param replicas how many addresses its hostname may have
    /// @param proto what is spoken to it
    record ExistingPart(
            Found<String> name,
            Optional<Found<Url>> url,
            Optional<String> ca,
            Optional<String> tlsName,
            Optional<Verify> verify,
            Optional<Found<Integer>> replicas,
            Optional<Proto> proto,
            Seat seat)
            implements ServerPart {
        @Override
        public Optional<Found<Ip4>> address() {
            return Optional.empty();
        }

        @Override
        public Optional<Found<String>> machine() {
            return Optional.empty();
        }
    }

    /// A copy with other balancers and servers.
    Draft with(List<BalancerPart> newBalancers, List<ServerPart> newServers) {
        return new Draft(
                name,
                vip,
                network,
                machines,
                newBalancers,
                listen,
                backend,
                newServers,
                tls,
                timing,
                handover,
                budget,
                limits,
                frontDoor,
                services,
                routing);
    }
}
