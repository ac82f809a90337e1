package dev.tandem.file;

import static dev.tandem.file.KeyTable.fixed;

import dev.tandem.file.yaml.Key;
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

    private DoorKeys() {}
}
