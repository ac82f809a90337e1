package dev.tandem.health;

import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.observe.BalancerSeen;
import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.Snapshot;
import dev.tandem.observe.Vrrp;
import java.util.Optional;

/// A balancer in a {@link Picture}.
public sealed interface BalancerView {
    /// The balancer in the site file.
    Balancer balancer();

    /// Its container.
    ContainerView container();

    /// It reports its state.
    ///
    /// @param vrrp its role
    /// @param since when it took that role, as it wrote it
    /// @param serving whether its HAProxy answers
    /// @param holdsVip whether the VIP is on its interface
    /// @param duty the duty in force; the usual one when not reported
    record Answering(
            Balancer balancer,
            ContainerView container,
            Vrrp vrrp,
            String since,
            boolean serving,
            boolean holdsVip,
            Duty duty)
            implements BalancerView {
        /// Its duty, if that is not the usual one.
        public Optional<Duty> unusualDuty() {
            return duty == Duty.SERVE ? Optional.empty() : Optional.of(duty);
        }
    }

    /// Nothing is known about it except its container.
    ///
    /// @param reason why; empty when it was not asked
    record Silent(Balancer balancer, ContainerView container, Optional<String> reason)
            implements BalancerView {}

    /// Its role; {@link Vrrp#UNKNOWN} when not reported.
    default Vrrp role() {
        return switch (this) {
            case Answering answering -> answering.vrrp();
            case Silent _ -> Vrrp.UNKNOWN;
        };
    }

    /// The view from a snapshot.
    static BalancerView of(Balancer balancer, Snapshot snapshot) {
        ContainerView container = ContainerView.of(balancer.name(), snapshot);
        return switch (snapshot.balancers().get(balancer.name())) {
            case Answered seen when seen.standing().init().stoppedFor().isPresent() ->
                    new Silent(balancer, container, Optional.of("init stopped"));
            case Answered seen ->
                    new Answering(
                            balancer,
                            container,
                            seen.vrrp(),
                            seen.since(),
                            seen.serving(),
                            seen.holdsVip(),
                            seen.standing().duty().orElse(Duty.SERVE));
            case BalancerSeen.Silent(String reason) ->
                    new Silent(balancer, container, Optional.of(reason));
            case null -> new Silent(balancer, container, Optional.empty());
        };
    }
}
