package dev.tandem.file;

import static dev.tandem.file.KeyTable.NONE;
import static dev.tandem.file.KeyTable.derived;
import static dev.tandem.file.KeyTable.fixed;

import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.KeyLimits;
import dev.tandem.file.yaml.Shape;
import java.util.List;

/// The keys of how the site behaves when something fails: times, open connections, drills.
final class TimeKeys {
    private static final Shape CHECKS = new Shape.Numeric("number", 1, 100);
    private static final KeyLimits OF_A_CHECK = KeyLimits.of("20ms to 300s");

    private static final KeyLimits OF_A_REQUEST = KeyLimits.of("1s to 86400s");

    static final KeyTable TABLE = new KeyTable();

    static final Key FAILOVER =
            TABLE.add(
                    "failover",
                    Shapes.FAILOVER,
                    fixed("fast"),
                    KeyLimits.of("40ms to 60s, in whole milliseconds"),
                    "failover: 0.5s",
                    "How soon a dead master is replaced. All times of the site follow from it.");

    static final Key TIMING =
            TABLE.add("timing", Shapes.MAP, NONE, "timing:", "Single times, set by hand.");
    static final Key TIMING_ADVERT =
            TABLE.add(
                    "timing.advert",
                    Shapes.TIME,
                    derived("a third of `failover`"),
                    KeyLimits.of(
                            "10ms to 40s, in whole hundredths of a second, as VRRP version 3"
                                    + " counts"),
                    "advert: 100ms",
                    "The time between two VRRP adverts of a master.");
    static final Key TIMING_CHECK =
            TABLE.add(
                    "timing.check",
                    Shapes.TIME,
                    derived("from `failover` and the number of web servers"),
                    OF_A_CHECK,
                    "check: 500ms",
                    "The time between two checks of a web server. With many of them it is longer,"
                            + " so that a balancer makes at most 500 checks a second; one with TLS"
                            + " counts as 7.");
    static final Key TIMING_CHECK_FAST =
            TABLE.add(
                    "timing.check_fast",
                    Shapes.TIME,
                    derived("half of what `failover` gives for `check`, or longer"),
                    OF_A_CHECK,
                    "check_fast: 200ms",
                    "The time between two checks while a web server goes down or comes up. With"
                            + " many of them it is longer, so that all at once take five times what"
                            + " `check` lets them take.");
    static final Key TIMING_CHECK_LIMIT =
            TABLE.add(
                    "timing.check_limit",
                    Shapes.TIME,
                    derived("from `failover`"),
                    OF_A_CHECK,
                    "check_limit: 1s",
                    "How long the answer to a check may take.");
    static final Key TIMING_FALL =
            TABLE.add(
                    "timing.fall",
                    CHECKS,
                    fixed("2"),
                    "fall: 3",
                    "How many failed checks in a row take a web server out of rotation.");
    static final Key TIMING_RISE =
            TABLE.add(
                    "timing.rise",
                    CHECKS,
                    fixed("2"),
                    "rise: 3",
                    "How many good checks in a row bring a web server back.");
    static final Key TIMING_CONNECT =
            TABLE.add(
                    "timing.connect",
                    Shapes.TIME,
                    derived("from `failover`"),
                    OF_A_CHECK,
                    "connect: 1s",
                    "How long a connection to a web server may take.");

    static final Key TIMING_HTTP_REQUEST =
            TABLE.add(
                    "timing.http_request",
                    Shapes.TIME,
                    fixed("10s"),
                    OF_A_REQUEST,
                    "http_request: 30s",
                    "How long a client may take to send the head of a request.");
    static final Key TIMING_CLIENT =
            TABLE.add(
                    "timing.client",
                    Shapes.TIME,
                    fixed("60s"),
                    OF_A_REQUEST,
                    "client: 120s",
                    "How long a client may be silent in the middle of a request or an answer.");
    static final Key TIMING_SERVER =
            TABLE.add(
                    "timing.server",
                    Shapes.TIME,
                    derived("`300s` if a server has a `url`, otherwise `60s`"),
                    OF_A_REQUEST,
                    "server: 900s",
                    "How long a web server may be silent while it owes an answer.");
    static final Key TIMING_TUNNEL =
            TABLE.add(
                    "timing.tunnel",
                    Shapes.TIME,
                    fixed("3600s"),
                    OF_A_REQUEST,
                    "tunnel: 86400s",
                    "How long a WebSocket may be silent on both sides.");
    static final Key TIMING_GONE =
            TABLE.add(
                    "timing.gone",
                    Shapes.TIME,
                    derived("three times `failover`, 3s to 30s"),
                    OF_A_REQUEST,
                    "gone: 10s",
                    "How long the kernel of a server with `url` may leave packets unanswered before"
                            + " its open connections are ended.");
    static final Key TIMING_SILENT =
            TABLE.add(
                    "timing.silent",
                    Shapes.TIME,
                    fixed("300s"),
                    OF_A_REQUEST,
                    "silent: 60s",
                    "How long a server with `url` may take connections and answer nothing before"
                            + " its open connections are ended.");

    static final Key TIMING_QUEUE =
            TABLE.add(
                    "timing.queue",
                    Shapes.TIME,
                    fixed("5s"),
                    OF_A_REQUEST,
                    "queue: 30s",
                    "How long a request may wait for a web server that is full.");

    static final Key HANDOVER =
            TABLE.add(
                    "handover",
                    new Shape.Word(List.of("on", "off")),
                    derived("`on` with two balancers, otherwise `off`"),
                    KeyLimits.of("`on` needs exactly two balancers"),
                    "handover: off",
                    "Whether open connections survive a move of the virtual IP.");

    static final Key DRILL =
            TABLE.add("drill", Shapes.MAP, NONE, "drill:", "Settings for drills of this site.");
    static final Key DRILL_BUDGET =
            TABLE.add(
                    "drill.budget",
                    Shapes.text("limits", " *(lost|outage|p99|takeover) *=.*"),
                    NONE,
                    KeyLimits.of(
                            "`lost` (requests), `outage`, `p99`, `takeover` (times: `ms`, `s`,"
                                    + " `m`), each at most once"),
                    "budget: outage=500ms,lost=0",
                    "What a drill may cost, unless `tandem drill` is given another budget.");

    private TimeKeys() {}
}
