package dev.tandem.drill;

import dev.tandem.docker.Beside;
import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.ground.Node;
import dev.tandem.model.Stop;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/// Says to the balancers of a site of Tandem's what a drill does, before it does it: so that
/// whoever looks at their page knows that somebody wanted it. A balancer that cannot be told, or
/// whose image is older, is left alone; the drill is the same without.
final class Announcement {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final String NOTE = "drill-note";

    private final Subject subject;

    Announcement(Subject subject) {
        this.subject = subject;
    }

    void begins(Fault fault, Ground ground) {
        say(ground, fault.name() + " begins: " + fault.what(ground));
    }

    void isHealed(Fault fault, Ground ground) {
        say(ground, fault.name() + " is healed");
    }

    private void say(Ground ground, String text) {
        switch (subject) {
            case ForeignPair _ -> {}
            case OwnSite _ -> {
                try (ExecutorService each = Beside.each()) {
                    ground.balancers().forEach(one -> each.execute(() -> say(ground, one, text)));
                }
            }
        }
    }

    private static void say(Ground ground, Node balancer, String text) {
        try {
            ground.nodes().exec(balancer.container(), LIMIT, NOTE, text);
        } catch (Stop _) {
            return; // nobody waits for it
        }
    }
}
