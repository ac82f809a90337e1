package dev.tandem.file;

import static dev.tandem.file.KeyTable.NONE;
import static dev.tandem.file.KeyTable.fixed;

import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Limits;
import dev.tandem.file.yaml.Shape;
import java.util.List;

/// The keys of what a balancer does with requests and answers, besides choosing a web server.
final class DoorKeys {
    static final KeyTable TABLE = new KeyTable();

    static final Key REDIRECT_HTTP =
            TABLE.add(
                    "redirect_http",
                    new Shape.Word(List.of("on", "off")),
                    fixed("off"),
                    "redirect_http: on",
                    "Whether clients that come over plain HTTP are sent to HTTPS.");

    private static final int MOST_HEADERS = 50;
    private static final Limits HEADER =
            Limits.of("none of those that a connection needs, or that Tandem sets itself");
    private static final Limits VALUE =
            Limits.of(
                    "`%[src]`: what HAProxy fills in",
                    "`%%` for a percent sign", "at most 1000 characters");

    static final Key HEADERS =
            TABLE.add(
                    "headers",
                    Shapes.MAP,
                    NONE,
                    "headers: {response: {set: {X-Frame-Options: DENY}, remove: [Server]}}",
                    "Headers that the balancers set or remove.");
    static final Key REQUEST =
            TABLE.add(
                    "headers.request",
                    Shapes.MAP,
                    NONE,
                    "request: {set: {X-Real-IP: '%[src]'}}",
                    "In what web servers get.");
    static final Key REQUEST_SET =
            TABLE.add(
                    "headers.request.set",
                    new Shape.Named(Shapes.HEADER, MOST_HEADERS),
                    NONE,
                    HEADER,
                    "set: {X-Real-IP: '%[src]'}",
                    "Headers with their values. Each replaces all of its name.");
    static final Key REQUEST_HEADER =
            TABLE.add(
                    "headers.request.set.<name>",
                    Shapes.HEADER_VALUE,
                    NONE,
                    VALUE,
                    "X-Real-IP: '%[src]'",
                    "The value of one header.");
    static final Key REQUEST_REMOVE =
            TABLE.add(
                    "headers.request.remove",
                    new Shape.Items("headers", Shapes.HEADER, 1, MOST_HEADERS),
                    NONE,
                    HEADER,
                    "remove: [X-Debug]",
                    "Names of headers that web servers do not get.");
    static final Key RESPONSE =
            TABLE.add(
                    "headers.response",
                    Shapes.MAP,
                    NONE,
                    "response: {set: {X-Frame-Options: DENY}}",
                    "In what clients get, also from HAProxy itself.");
    static final Key RESPONSE_SET =
            TABLE.add(
                    "headers.response.set",
                    new Shape.Named(Shapes.HEADER, MOST_HEADERS),
                    NONE,
                    HEADER,
                    "set: {X-Frame-Options: DENY}",
                    "Headers with their values. Each replaces all of its name.");
    static final Key RESPONSE_HEADER =
            TABLE.add(
                    "headers.response.set.<name>",
                    Shapes.HEADER_VALUE,
                    NONE,
                    VALUE,
                    "X-Frame-Options: DENY",
                    "The value of one header.");
    static final Key RESPONSE_REMOVE =
            TABLE.add(
                    "headers.response.remove",
                    new Shape.Items("headers", Shapes.HEADER, 1, MOST_HEADERS),
                    NONE,
                    HEADER,
                    "remove: [Server]",
                    "Names of headers that clients do not get.");

    private DoorKeys() {}
}
