package dev.tandem.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.health.BalancerView;
import dev.tandem.health.ContainerView;
import dev.tandem.health.Drift;
import dev.tandem.health.Health;
import dev.tandem.health.Lack;
import dev.tandem.health.Picture;
import dev.tandem.health.ServerView;
import dev.tandem.health.ServiceView;
import dev.tandem.model.Duty;
import dev.tandem.model.Ip4;
import dev.tandem.model.Machine;
import dev.tandem.model.Renewal;
import dev.tandem.observe.MachineHeard;
import dev.tandem.observe.Recent;
import dev.tandem.observe.ServerSeen;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A status in machine-readable form. What is unknown is null, never a guess.
final class StatusJson {
    private final Health health;
    private final Picture picture;
    private final RunImages images;
    private final JsonGenerator json;

    private StatusJson(Health health, RunImages images, JsonGenerator json) {
        this.health = health;
        this.images = images;
        this.picture = health.picture();
        this.json = json;
    }

    static String of(Health health, RunImages images) {
        return of(health, images, Renewal.NONE);
    }

    /// The same, with how it stands with the certificate of a CA.
    static String of(Health health, RunImages images, Renewal renewal) {
        return Json.object(json -> {
            new StatusJson(health, images, json).write();
            RenewalJson.write(json, health.picture().site(), renewal);
        });
    }

    private void write() throws IOException {
        json.writeStringField("site", picture.site().name());
        json.writeBooleanField("healthy", health.well());
        json.writeBooleanField("in_step", health.inStep());
        json.writeObjectFieldStart("vip");
        json.writeStringField("address", picture.site().vip().address().toString());
        if (!picture.site().vip().more().isEmpty()) {
            List<String> more = picture.site().vip().more().stream().map(Ip4::toString).toList();
            Json.strings(json, "more", more);
        }
        if (picture.holders().isPresent()) {
            Json.strings(json, "holders", picture.holders().get());
        } else {
            json.writeNullField("holders");
        }
        if (!picture.own().isEmpty()) {
            Json.objects(json, "own", picture.own(), this::own);
        }
        json.writeEndObject();
        if (picture.site().hasMachines()) {
            Json.objects(json, "machines", picture.site().machines(), this::machine);
        }
        Json.objects(json, "balancers", picture.balancers(), this::balancer);
        Json.objects(json, "servers", picture.servers(), this::server);
        if (!picture.services().isEmpty()) {
            Json.objects(json, "services", picture.services(), this::service);
        }
        images.write(json);
        Json.strings(json, "lacks", health.lacks().stream().map(Lack::sentence).toList());
        Json.strings(json, "drift", health.drift().stream().map(Drift::sentence).toList());
        Json.strings(json, "warnings", Warnings.unverified(picture.site()));
    }

    private void own(Picture.OwnVip vip) throws IOException {
        json.writeStringField("address", vip.address().toString());
        json.writeStringField("first", vip.first());
        if (vip.holders().isPresent()) {
            Json.strings(json, "holders", vip.holders().get());
        } else {
            json.writeNullField("holders");
        }
    }

    private void machine(Machine machine) throws IOException {
        MachineHeard seen = picture.placement().machines().get(machine.name());
        json.writeStringField("name", machine.name());
        json.writeStringField("reached_by", machine.reach().toString());
        if (seen instanceof MachineHeard.Silent(String reason, String what, String next)) {
            json.writeStringField("engine", "silent");
            json.writeStringField("reason", reason);
            json.writeStringField("seen", what);
            json.writeStringField("next", next);
        } else {
            json.writeStringField("engine", seen == null ? "unknown" : "answers");
        }
    }

    private void machineOf(String node) throws IOException {
        Optional<String> machine = Optional.ofNullable(picture.site().places().get(node));
        if (machine.isPresent()) {
            json.writeStringField("machine", machine.get());
            Json.strings(json, "runs_on", picture.placement().running(node));
        }
    }

    private void balancer(BalancerView view) throws IOException {
        json.writeStringField("name", view.balancer().name());
        machineOf(view.balancer().name());
        json.writeStringField("address", view.balancer().address().toString());
        json.writeStringField("lan_address", view.balancer().lanAddress().toString());
        json.writeStringField("container", view.container().state());
        json.writeStringField("vrrp", view.role().name());
        switch (view) {
            case BalancerView.Answering answering -> said(answering);
            case BalancerView.Silent _ -> {
                json.writeNullField("since");
                json.writeNullField("serving");
                json.writeNullField("holds_vip");
            }
        }
    }

    private void said(BalancerView.Answering answering) throws IOException {
        json.writeStringField("since", answering.since());
        json.writeBooleanField("serving", answering.serving());
        json.writeBooleanField("holds_vip", answering.holdsVip());
        Optional<Duty> duty = answering.unusualDuty();
        if (duty.isPresent()) {
            json.writeStringField("duty", duty.get().word());
        }
    }

    private void service(ServiceView view) throws IOException {
        json.writeStringField("name", view.service().name());
        json.writeNumberField("port", view.service().listen());
        Json.objects(json, "servers", view.servers(), this::ofService);
    }

    private void ofService(ServiceView.OfServer view) throws IOException {
        json.writeStringField("name", view.server().name());
        json.writeStringField("address", view.server().url().place());
        json.writeBooleanField("backup", view.server().share().backup());
        seenBy(view.seenBy());
    }

    private void seenBy(List<ServerView.SeenBy> views) throws IOException {
        json.writeObjectFieldStart("seen_by");
        for (ServerView.SeenBy seenBy : views) {
            json.writeObjectFieldStart(seenBy.balancer());
            for (ServerSeen seen : seenBy.as()) {
                json.writeStringField(seen.backend(), seen.words());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void server(ServerView view) throws IOException {
        json.writeStringField("name", view.server().name());
        if (picture.site().hasPools()) {
            String pool = picture.site().poolOf(view.server().name()).orElse(null);
            json.writeStringField("pool", pool);
        }
        machineOf(view.server().name());
        json.writeStringField("container", view.container().map(ContainerView::state).orElse(null));
        seenBy(view.seenBy());
        json.writeObjectFieldStart("requests");
        for (ServerView.SeenBy seenBy : view.seenBy()) {
            requests(seenBy);
        }
        json.writeEndObject();
    }

    /// How it has served lately, HTTP and HTTPS together.
    private void requests(ServerView.SeenBy seenBy) throws IOException {
        Optional<Recent> recent = seenBy.recent();
        if (recent.isEmpty()) {
            json.writeNullField(seenBy.balancer());
            return;
        }
        json.writeObjectFieldStart(seenBy.balancer());
        json.writeNumberField("seconds", recent.get().seconds());
        json.writeNumberField("all", recent.get().requests());
        json.writeNumberField("failed", recent.get().failed());
        json.writeNumberField("given_up", recent.get().givenUp());
        if (recent.get().answers4xx().isPresent()) {
            json.writeNumberField("answers_4xx", recent.get().answers4xx().getAsLong());
        } else {
            json.writeNullField("answers_4xx");
        }
        json.writeEndObject();
    }
}
