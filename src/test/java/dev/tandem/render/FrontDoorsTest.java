package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What 49 public pairs do, as site files: each is valid, and can be rendered. That HAProxy accepts
/// them: `AcceptedTest`.
class FrontDoorsTest {
    private static final Pattern HEAD =
            Pattern.compile("# (\\S+)/(\\S+): (-|[a-z]+(, [a-z0-9]+)*)");
    private static final String SCHEMA =
            "# yaml-language-server: $schema=../../docs/reference/tandem.schema.json";
    private static final int LONGEST = 45;

    static List<FrontDoor> doors() {
        return FrontDoor.all();
    }

    @ParameterizedTest
    @MethodSource("doors")
    void isValidAndRendered(FrontDoor door) {
        String cfg = FrontDoor.rendered(door.yaml()).file("haproxy-a/haproxy.cfg");
        if (door.site().hasWebServers()) {
            assertThat(cfg).contains("\nfrontend http\n", "\nbackend web\n");
        } else {
            assertThat(cfg).contains("\n    mode tcp\n").doesNotContain("\nfrontend http\n");
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void saysWhoseItIsAndWhatItDoes(FrontDoor door) {
        assertThat(door.yaml()).startsWith(SCHEMA + "\n");
        Matcher head = HEAD.matcher(door.head());
        assertThat(head.matches()).as(door.head()).isTrue();
        assertThat(door.name())
                .isEqualTo(
                        (head.group(1) + "." + head.group(2) + ".yaml").toLowerCase(Locale.ROOT));
        door.missing()
                .ifPresent(missing ->
                        assertThat(head.group(3).split(", "))
                                .as("what is missing is one of its features")
                                .contains(missing.split("[: ]", 2)[0]));
    }

    /// Each feature that the second line names and a key says stands in the file.
    @ParameterizedTest
    @MethodSource("doors")
    void whatItNamesStandsInIt(FrontDoor door) {
        for (String feature : door.head().replaceAll(".*: ", "").split(", ", -1)) {
            boolean missing = door.missing().filter(one -> one.startsWith(feature)).isPresent();
            assertThat(key(feature).matcher(door.yaml()).find() || missing).as(feature).isTrue();
        }
    }

    private static Pattern key(String feature) {
        return Pattern.compile(
                switch (feature) {
                    case "route" -> "(?m)^routes:";
                    case "tcp" -> "(?m)^services:";
                    case "passthrough" -> "listen: 443";
                    case "timeout" -> "idle:|timing:";
                    case "statsauth" -> "health_password:";
                    case "ports" -> "more_https?:|(?m)^  http:|http: \\d|(listen: (?s:.*)){2}";
                    case "sticky" -> "balance: source|sticky: ";
                    case "checks" -> "check:";
                    case "headers" -> "(?m)^headers:";
                    case "rewrite" -> "strip:|set-path";
                    case "srvmaxconn" -> "max_connections:";
                    case "redirect" -> "redirect_http: on";
                    case "certs" -> "certificates:";
                    case "acme" -> "acme";
                    case "proxy" -> "proxy_protocol:";
                    case "backup" -> "backup: true";
                    case "syslog" -> "(?m)^syslog:";
                    case "vnone" -> "verify: none";
                    case "compression" -> "compression: on";
                    case "trusted" -> "trusted_proxies:";
                    case "acl" -> "allow:";
                    case "ipv6" -> "ipv6: on";
                    case "errpage" -> "(?m)^errors:";
                    case "weights" -> "weight: ";
                    // HAProxy's own pages are those of the distribution.
                    case "-", "errfile" -> "";
                    default -> "no key for " + feature;
                });
    }

    @Test
    void areForAllThatWereRead() {
        assertThat(doors()).hasSize(49);
        assertThat(doors()).filteredOn(door -> door.missing().isEmpty()).hasSize(49);
        assertThat(doors()).filteredOn(FrontDoor::hasOwnLines).hasSize(2);
    }

    /// A site file of somebody who reads it for the first time.
    @ParameterizedTest
    @MethodSource("doors")
    void isShort(FrontDoor door) {
        assertThat(door.yaml().lines().count()).isLessThan(LONGEST);
    }
}
