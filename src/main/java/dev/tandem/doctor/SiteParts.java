package dev.tandem.doctor;

import dev.tandem.certificate.CertificateSeen;
import dev.tandem.docker.Member;
import dev.tandem.doctor.MachineFacts.Answered;
import dev.tandem.model.Lan;
import dev.tandem.observe.Snapshot;
import dev.tandem.prepare.ImageSeen;
import dev.tandem.prepare.Obstacle;
import dev.tandem.prepare.SiteFit;
import dev.tandem.prepare.SitePlace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// A site over machines as one, put together from what each machine has of it. Pure.
///
/// @param target the site
/// @param machines what was found out about each machine
record SiteParts(SitePlace target, Map<String, MachineFacts> machines) {

    SiteSeen seen(
            Answer<Snapshot> snapshot,
            Answer<List<CertificateSeen>> certificates,
            Answer<List<ImageSeen>> images,
            List<String> openFaults) {
        List<Member> members = new ArrayList<>();
        SortedMap<String, Answer<List<Advert>>> heard = new TreeMap<>();
        SortedMap<String, Answer<InsideSeen>> inside = new TreeMap<>();
        SortedMap<String, Lan.Macvlan> lans = new TreeMap<>();
        machines.forEach((name, facts) -> {
            if (facts instanceof Answered one) {
                members.addAll(one.seen().site().members());
                heard.putAll(one.seen().site().heard());
                inside.putAll(one.seen().site().inside());
                lan(one).ifPresent(lan -> lans.put(name, lan));
            }
        });
        return new SiteSeen(
                target.site(),
                Optional.<Lan>of(new Lan.Machines(lans)).filter(_ -> !lans.isEmpty()),
                obstacles(),
                taken(),
                snapshot,
                members,
                heard,
                inside,
                certificates,
                images,
                openFaults);
    }

    /// That of one machine.
    static Optional<Lan.Macvlan> lan(Answered machine) {
        return machine.fit()
                .value()
                .flatMap(SiteFit::lan)
                .flatMap(lan ->
                        lan instanceof Lan.Macvlan one ? Optional.of(one) : Optional.empty());
    }

    private Answer<List<Obstacle>> obstacles() {
        return together(one ->
                switch (one.fit()) {
                    case Answer.Unknown<SiteFit>(String why) -> new Answer.Unknown<>(why);
                    case Answer.Known<SiteFit>(SiteFit fit) -> new Answer.Known<>(fit.obstacles());
                });
    }

    private Answer<List<Obstacle>> taken() {
        return together(one -> one.seen().taken());
    }

    /// What any machine says; that nothing is in the way is known when all of them say so.
    private Answer<List<Obstacle>> together(Function<Answered, Answer<List<Obstacle>>> of) {
        Set<Obstacle> all = new LinkedHashSet<>();
        Optional<String> unknown = Optional.empty();
        for (Map.Entry<String, MachineFacts> one : machines.entrySet()) {
            if (one.getValue() instanceof Answered machine) {
                Answer<List<Obstacle>> answer = of.apply(machine);
                answer.value().ifPresent(all::addAll);
                if (answer instanceof Answer.Unknown<List<Obstacle>>(String why)) {
                    unknown = Optional.of(one.getKey() + ": " + why);
                }
            }
        }
        return unknown.isPresent() && all.isEmpty()
                ? new Answer.Unknown<>(unknown.get())
                : new Answer.Known<>(List.copyOf(all));
    }
}
