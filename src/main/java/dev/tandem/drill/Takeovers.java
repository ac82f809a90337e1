package dev.tandem.drill;

import dev.tandem.docker.Docker;
import dev.tandem.model.Balancer;
import dev.tandem.model.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds out when the VIP moved: the init of a balancer logs every state that its Keepalived takes,
/// and Docker notes the time of every line.
final class Takeovers {
    private static final String EVENT = "init: VRRP MASTER";

    private final Docker docker;
    private final Site site;

    Takeovers(Docker docker, Site site) {
        this.docker = docker;
        this.site = site;
    }

    /// The first time after the injection that another balancer than the master became master.
    Takeover since(Instant zero, Marks marks, Prediction prediction) {
        Instant injected = zero.plusNanos(marks.injected().orElse(0L));
        Optional<Instant> first =
                site.balancers().stream()
                        .skip(1)
                        .map(Balancer::name)
                        .flatMap(name -> events(site.container(name), injected))
                        .min(Instant::compareTo);
        if (first.isPresent()) {
            return new Takeover.At(Duration.between(zero, first.get()).toNanos());
        }
        return prediction.moved().isEmpty()
                ? new Takeover.NotExpected()
                : new Takeover.Missing("no other balancer logged that it became master");
    }

    private Stream<Instant> events(String container, Instant since) {
        return docker.logsSince(container, since).lines().stream()
                .filter(line -> line.contains(EVENT))
                .flatMap(line -> time(line.split(" ", 2)[0]).stream());
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
