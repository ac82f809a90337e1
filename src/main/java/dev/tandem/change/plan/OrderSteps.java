package dev.tandem.change.plan;

import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.ServerOrder;
import dev.tandem.render.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The steps that make the balancers follow operators' orders. Pure.
///
/// State and weight of a web server go through HAProxy's runtime API; a balancer that loads its
/// configuration anyway reads them from its state file. Duties are set through a file that the init
/// watches.
final class OrderSteps {
    private final Wanted wanted;
    private final Seen seen;

    /// Balancers that will read the orders again without being told.
    private final Set<String> loading;

    /// Web servers that another step returns to rotation.
    private final Set<String> given;

    OrderSteps(Wanted wanted, Seen seen, Set<String> loading, Set<String> given) {
        this.wanted = wanted;
        this.seen = seen;
        this.loading = Set.copyOf(loading);
        this.given = Set.copyOf(given);
    }

    /// Steps for web servers, at each balancer.
    List<Step> servers() {
        List<Step> steps = new ArrayList<>();
        for (Balancer balancer : wanted.site().balancers().reversed()) {
            Seen.OfBalancer says = seen.balancers().get(balancer.name());
            if (says != null && !loading.contains(balancer.name())) {
                wanted.site().namesOfServers().stream()
                        .filter(name -> !given.contains(name))
                        .flatMap(name -> set(balancer.name(), says, name).stream())
                        .forEach(steps::add);
            }
        }
        return steps;
    }

    private Optional<Step> set(String balancer, Seen.OfBalancer says, String server) {
        ServerOrder order = wanted.orders().server(server);
        List<Seen.OfServer> views = says.views(server);
        if (views.stream().allMatch(view -> view.follows(order))) {
            return Optional.empty();
        }
        String cause =
                order.equals(ServerOrder.READY) && !isAskedAgain(balancer)
                        ? new Causes(wanted, seen).unasked()
                        : "asked for";
        return Optional.of(new Step.Set(balancer, server, order, cause));
    }

    /// Whether the orders themselves changed, and not only what the balancer does. An interrupted
    /// change may have written orders that no longer apply.
    private boolean isAskedAgain(String balancer) {
        String path = wanted.at(balancer, Layout.serversState(balancer));
        return seen.origin().interrupted().isEmpty()
                && !Objects.equals(wanted.files().get(path), seen.files().present().get(path));
    }

    /// Steps for balancers that do not follow their duties, and for the VIP's place afterwards.
    List<Step> duties() {
        List<Step> steps = new ArrayList<>();
        for (Balancer balancer : wanted.site().balancers().reversed()) {
            Seen.OfBalancer says = seen.balancers().get(balancer.name());
            Duty duty = wanted.orders().duty(balancer.name());
            if (says != null && says.duty() != duty) {
                steps.add(new Step.Stand(balancer.name(), duty, cause(balancer.name(), duty)));
            }
        }
        return steps;
    }

    private String cause(String balancer, Duty duty) {
        String path = wanted.at(balancer, Layout.duty(balancer));
        boolean ordered =
                !Objects.equals(wanted.files().get(path), seen.files().present().get(path));
        return duty != Duty.SERVE || (ordered && !seen.files().changedOutside(path))
                ? "asked for"
                : new Causes(wanted, seen).unasked();
    }
}
