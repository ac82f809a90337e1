package dev.tandem.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.tandem.model.Balancer;
import dev.tandem.model.Duty;
import dev.tandem.model.Server;
import dev.tandem.observe.BalancerSeen.Answered;
import dev.tandem.observe.ServerSeen;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// A status as a program reads it. What is unknown is null, never a guess.
final class StatusJson {
    private final Status status;
    private final JsonGenerator json;

    private StatusJson(Status status, JsonGenerator json) {
        this.status = status;
        this.json = json;
    }

    static String of(Status status) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            new StatusJson(status, json).write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void write() throws IOException {
        json.writeStartObject();
        json.writeStringField("site", status.target().site().name());
        json.writeBooleanField("healthy", status.lacks().isEmpty());
        json.writeBooleanField("in_step", status.drift().isEmpty());
        json.writeObjectFieldStart("vip");
        json.writeStringField("address", status.target().site().vip().address().toString());
        if (status.snapshot().answers().isEmpty()) {
            json.writeNullField("holders");
        } else {
            strings("holders", status.snapshot().vipHolders());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("balancers");
        for (Balancer balancer : status.target().site().balancers()) {
            balancer(balancer);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("servers");
        for (Server server : status.target().site().servers()) {
            server(server);
        }
        json.writeEndArray();
        strings("lacks", status.lacks().stream().map(Object::toString).toList());
        strings("drift", status.drift());
        json.writeEndObject();
    }

    private void balancer(Balancer balancer) throws IOException {
        Optional<Answered> seen = status.snapshot().answer(balancer.name());
        json.writeStartObject();
        json.writeStringField("name", balancer.name());
        json.writeStringField("address", balancer.address().toString());
        json.writeStringField("lan_address", balancer.lanAddress().toString());
        json.writeStringField("container", status.snapshot().state(balancer.name()));
        if (seen.isPresent()) {
            Answered answered = seen.get();
            json.writeStringField("vrrp", answered.vrrp().name());
            json.writeStringField("since", answered.since());
            json.writeBooleanField("serving", answered.serving());
            json.writeBooleanField("holds_vip", answered.holdsVip());
            duty(answered);
        } else {
            json.writeStringField("vrrp", "UNKNOWN");
            json.writeNullField("since");
            json.writeNullField("serving");
            json.writeNullField("holds_vip");
        }
        json.writeEndObject();
    }

    /// Only where it is not the usual one.
    private void duty(Answered answered) throws IOException {
        Duty duty = answered.standing().duty().orElse(Duty.SERVE);
        if (duty != Duty.SERVE) {
            json.writeStringField("duty", duty.word());
        }
    }

    private void server(Server server) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", server.name());
        switch (server) {
            case Server.Own own ->
                    json.writeStringField("container", status.snapshot().state(own.name()));
            case Server.Existing ignored -> json.writeNullField("container");
        }
        json.writeObjectFieldStart("seen_by");
        for (Balancer balancer : status.target().site().balancers()) {
            json.writeObjectFieldStart(balancer.name());
            for (ServerSeen seen : views(balancer.name(), server.name())) {
                json.writeStringField(seen.backend(), seen.words());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private List<ServerSeen> views(String balancer, String server) {
        return status.snapshot().answer(balancer).stream()
                .flatMap(answered -> answered.servers().stream())
                .filter(seen -> seen.server().equals(server))
                .toList();
    }

    private void strings(String name, Iterable<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
