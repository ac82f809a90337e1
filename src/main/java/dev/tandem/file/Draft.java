package dev.tandem.file;

import dev.tandem.file.PathRules.Url;
import dev.tandem.file.yaml.Spot;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Backend;
import dev.tandem.model.Budget;
import dev.tandem.model.Handover;
import dev.tandem.model.Ip4;
import dev.tandem.model.LanInterface;
import dev.tandem.model.Listen;
import dev.tandem.model.Subnet;
import dev.tandem.model.Timing;
import dev.tandem.model.Tls;
import java.util.List;
import java.util.Optional;

/// What was read so far: the site with its gaps.
///
/// A part is empty when it was wrong, or when it was left out and will be derived from others. Each
/// value still has its place, for the checks that compare values with each other.
record Draft(
        Optional<Found<String>> name,
        VipPart vip,
        NetworkPart network,
        List<BalancerPart> balancers,
        Optional<Listen> listen,
        Optional<Backend> backend,
        List<ServerPart> servers,
        Tls tls,
        Optional<Timing> timing,
        Optional<Found<Handover>> handover,
        Optional<Budget> budget) {

    /// The part below `vip`.
    record VipPart(
            Optional<Found<Ip4>> address,
            Optional<Found<Subnet>> subnet,
            Optional<Found<LanInterface>> lanInterface,
            Optional<Found<Ip4>> gateway,
            Optional<Found<Integer>> routerId) {

        /// What remains when there is no such part.
        static final VipPart NONE =
                new VipPart(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
    }

    /// The part below `network`.
    ///
    /// @param given where the subnet stands; empty when it is the default
    record NetworkPart(
            Optional<Found<String>> name, Optional<Found<Subnet>> subnet, Optional<Spot> given) {}

    /// One part below `balancers`.
    record BalancerPart(
            Found<String> name,
            Optional<Found<String>> hostname,
            Optional<Found<Ip4>> address,
            Optional<Found<Ip4>> lanAddress) {

        /// Its path in messages.
        String path() {
            return "balancers." + Visible.text(name.value());
        }
    }

    /// One part below `servers`.
    sealed interface ServerPart {
        /// Its name, and where that stands.
        Found<String> name();

        /// The address of our own on the network; empty when it is not given, or not ours.
        Optional<Found<Ip4>> address();

        /// Where one that is there already is found; empty when it is ours.
        Optional<Found<Url>> url();

        /// Its path in messages.
        default String path() {
            return "servers." + Visible.text(name().value());
        }
    }

    /// An Nginx of our own.
    record OwnPart(Found<String> name, Optional<Found<Ip4>> address, Optional<String> content)
            implements ServerPart {
        @Override
        public Optional<Found<Url>> url() {
            return Optional.empty();
        }
    }

    /// A server that is there already.
    record ExistingPart(Found<String> name, Optional<Found<Url>> url, Optional<String> ca)
            implements ServerPart {
        @Override
        public Optional<Found<Ip4>> address() {
            return Optional.empty();
        }
    }

    /// The same with other balancers and servers.
    Draft with(List<BalancerPart> newBalancers, List<ServerPart> newServers) {
        return new Draft(
                name,
                vip,
                network,
                newBalancers,
                listen,
                backend,
                newServers,
                tls,
                timing,
                handover,
                budget);
    }
}
