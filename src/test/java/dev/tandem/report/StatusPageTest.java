package dev.tandem.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page that lives in the balancers, in a real browser: what it makes of what they tell. That
/// they tell it, and that the page may ask for it, is for `SpeakerTest`.
@Tag("slow")
class StatusPageTest {
    private static final Path PAGE =
            Path.of(System.getProperty("tandem.home", "."), "images/balancer/page");

    private static final String HOSTILE = "</script><b id=planted>\\\"&amp;";

    /// haproxy-b holds the VIP, since HAProxy of haproxy-a was killed; that one does not answer.
    private static final String SITE =
            """
            {"version":1,"node":"haproxy-b","time":"2026-11-29T14:03:25.000Z","balancers":[
             {"node":"haproxy-b","address":"192.0.2.2","why":null,"before":null,"before_at":null,"told":
              {"site":"shop","addresses":{"lan":"192.0.2.2","health_port":8404,
                "peers":[{"name":"haproxy-a","address":"192.0.2.1"}]},
               "vrrp":{"state":"MASTER","since":"2026-11-29T14:03:22.174Z"},
               "vip":{"address":"192.0.2.9","interface":"eth0","here":true},"duty":"serve",
               "handover":"on",
               "handed_over":{"connections":23,"last":23,"last_at":"2020-01-01T00:00:00Z"},
               "hour":{"every_s":10,"requests":[null,900,1200],"errors":[null,0,3]},"init":{"turn_age_ms":100,"programs":[]},
               "haproxy":{"answers":true,"down":false,"up_s":9,"open":3,"most":100},
               "listeners":[{"at":null,"name":"http:80","answers":"ok"},
                            {"at":"192.0.2.1","name":"http:80","answers":"silent"}],
               "frontends":[{"name":"http","mode":"http","requests_per_second":20}],
               "pools":[
                {"name":"web","mode":"http","status":"UP","servers":[
                 {"name":"web-a","status":"UP","check":"L7OK","weight":50,"new_per_second":20,"open":1},
                 {"name":"web-b","status":"DOWN","check":"L4CON","weight":100},
                 {"name":"%1$s","status":"MAINT","check":"","weight":100}]},
                {"name":"web-tls","mode":"http","status":"UP","servers":[
                 {"name":"web-a","status":"UP","check":"L7OK","weight":100},
                 {"name":"web-b","status":"DOWN","check":"L4CON","weight":100}]}],
               "certificates":[{"file":"site.pem","subject":"/CN=shop","fingerprint":"0A",
                 "until":"2020-01-01T00:00:00Z"}],
               "image":{"packages_of":"2026-11-29"},"events_kept":true,"events":[
                {"boot":"b","sequence":1,"number":1,"kind":"vrrp","text":"VRRP MASTER",
                 "time":"2026-11-29T14:03:22.174Z"}]}},
             {"node":"haproxy-a","address":"192.0.2.1","told":null,"why":"no answer within 0.7 s",
              "before_at":"2026-11-29T14:03:22.300Z","before":
               {"site":"shop","addresses":{"lan":"192.0.2.1","health_port":8404,"peers":[]},
                "vrrp":{"state":"FAULT"},"haproxy":{"down":true},
                "clients":{"open":7,"at":"2026-11-29T14:03:20.000Z"},"events":[
                {"boot":"a","sequence":1,"number":1,"kind":"vrrp","text":"VRRP MASTER",
                 "time":"2026-11-29T13:00:00.000Z"},
                {"boot":"a-drill","sequence":4,"number":1,"kind":"drill",
                 "text":"drill: haproxy-kill begins: SIGKILL",
                 "time":"2026-11-29T14:03:22.100Z"},
                {"boot":"a","sequence":2,"number":2,"kind":"end",
                 "text":"haproxy ended at 2026-11-29T14:03:22.120Z: signal 9",
                 "time":"2026-11-29T14:03:22.121Z"},
                {"boot":"a","sequence":3,"number":3,"kind":"note","text":"%1$s",
                 "time":"2026-11-29T14:03:22.150Z"}]}}]}
            """
                    .formatted(HOSTILE);

    /// Each case: who holds the VIP, and what is noted, in seconds after 14:00:00.
    private static final String SENTENCES =
            """
            <!doctype html><ol id="out"></ol><script type="module">
            import { moves } from './page/moves.js';
            const begin = Date.parse('2026-11-29T14:00:00Z');
            const at = (s) => new Date(begin + 1000 * s).toISOString();
            let sequence = 0;
            const note = (node, s, text, boot = 'one') =>
              ({ node, boot, sequence: ++sequence, time: begin + 1000 * s, text,
                 kind: text.startsWith('VRRP') ? 'vrrp' : text.startsWith('drill') ? 'drill' : 'note' });
            const cases = {
              killed: [note('b', 22.174, 'VRRP MASTER'), note('a', 24.22, 'VRRP MASTER'),
                note('a', 22.121, `haproxy ended at ${at(22.12)}: signal 9`),
                note('a', 22.122, 'haproxy_down=1'), note('a', 24, 'haproxy_down=0')],
              back: [note('a', 8, `haproxy ended at ${at(8)}: signal 9`), note('a', 8.3, 'haproxy_down=0'),
                note('a', 9.9, 'haproxy_down=1'), note('b', 10, 'VRRP MASTER')],
              over: [note('a', 2, 'haproxy_down=1'), note('a', 2.3, 'haproxy_down=0'),
                note('b', 10, 'VRRP MASTER')],
              hung: [note('a', 10.5, 'haproxy_down=1'), note('b', 10.558, 'VRRP MASTER')],
              stopped: [note('a', 5, 'running -> demoting'), note('b', 5.15, 'VRRP MASTER'),
                note('a', 5.8, `haproxy ended at ${at(5.8)}: exit 0`),
                note('a', 30, 'starting -> running', 'two'), note('a', 31, 'VRRP MASTER', 'two')],
              ordered: [note('a', 5, 'duty: serve -> yield'), note('b', 5.1, 'VRRP MASTER')],
              unreached: [note('a', 5, 'clients do not reach http:80 here; 192.0.2.2 works'),
                note('b', 5.2, 'VRRP MASTER')],
              paused: [note('b', 5.15, 'VRRP MASTER'), note('a', 15, 'this balancer did not run for 10.0 s')],
              machine: [note('b', 5.15, 'VRRP MASTER'), note('a', 400, 'LAN interface is eth0', 'two')],
              silent: [note('b', 5.15, 'VRRP MASTER')],
              drilled: [note('a', 4.9, 'drill: haproxy-hang begins: SIGSTOP'), note('a', 5, 'haproxy_down=1'),
                note('b', 5.1, 'VRRP MASTER'), note('b', 9, 'drill: haproxy-hang is healed')],
              later: [note('a', 1, 'drill: haproxy-hang begins: SIGSTOP'), note('a', 3, 'drill: haproxy-hang is healed'),
                note('a', 50, 'haproxy_down=1'), note('b', 50.1, 'VRRP MASTER')],
              unsaid: [note('b', 5.1, 'VRRP MASTER'), note('b', 5.3, 'VRRP BACKUP'),
                note('a', 60, 'haproxy_down=1'), note('a', 60.05, 'VRRP FAULT'),
                note('b', 60.1, 'VRRP MASTER')],
              keepalived: [note('a', 5, `keepalived ended at ${at(5)}: signal 11`), note('a', 5.4, 'VRRP MASTER')],
            };
            for (const [name, events] of Object.entries(cases)) {
              const found = moves([note('a', 0, 'VRRP MASTER'), ...events]).map((one) => one.sentence);
              const line = document.createElement('li');
              line.textContent = `${name}: ${found.slice(0, -1).join(' | ')}`;
              document.getElementById('out').append(line);
            }
            </script>
            """;

    private final Browser browser = browser();

    @TempDir Path directory;

    private static Browser browser() {
        Optional<Browser> here = Browser.here();
        assumeThat(here).as("a browser to look with").isPresent();
        return here.orElseThrow();
    }

    private Browser.Seen look(Map<String, String> more) throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer server = HttpServer.create(any, 0);
        server.createContext(
                "/",
                exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    byte[] body = content(path, more).getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("Content-Type", type(path));
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        try {
            int port = server.getAddress().getPort();
            return browser.look("http://127.0.0.1:" + port + "/", directory);
        } finally {
            server.stop(0);
        }
    }

    private static String content(String path, Map<String, String> more) throws IOException {
        String file = path.equals("/") ? "/page/index.html" : path;
        String given = more.get(path);
        return given != null ? given : Files.readString(PAGE.resolveSibling(file.substring(1)));
    }

    private static String type(String path) {
        return path.endsWith(".js")
                ? "text/javascript"
                : path.endsWith(".css")
                        ? "text/css"
                        : path.endsWith(".json") ? "application/json" : "text/html";
    }

    /// What stands there to be read, without its elements.
    private static String plain(String html) {
        return html.replaceAll("(?s)<script.*?</script>", "")
                .replaceAll("<[^>]*>", "\n")
                .replaceAll("\n+", "\n");
    }

    @Test
    void what_is_not_well_comes_first_and_in_words() throws Exception {
        String minute = Instant.now().minusSeconds(120).toString().substring(0, 16);
        String site = SITE.replace("2026-11-29T14:03", minute);
        String clock = minute.substring(11);
        Browser.Seen seen = look(Map.of("/site.json", site));

        assertThat(seen.complaints()).isEmpty();
        String text = plain(seen.text());
        String verdict =
                text.substring(text.indexOf("haproxy-a: HAProxy ended"), text.indexOf("held by"));
        assertThat(verdict)
                .as("the first line alone says what happened, and what it costs")
                .startsWith(
                        "haproxy-a: HAProxy ended with signal 9 at "
                                + clock
                                + ":22.120; haproxy-b held the VIP 54 ms later (drill"
                                + " haproxy-kill); clients had 7 connections open there, which are"
                                + " lost.\n")
                .contains("haproxy-a: its HAProxy does not answer (no answer within 0.7 s)")
                .contains("web-b: haproxy-b sees it DOWN (L4CON: connection refused,")
                .contains(" or no way there) in web and web-tls")
                .contains("site.pem: it has ended")
                .as("a peer that is silent is one trouble")
                .doesNotContain("does not reach");
        assertThat(text)
                .contains("192.0.2.9", "held by haproxy-b", "holds the VIP", "MASTER")
                .contains("It told last at", "VRRP FAULT, HAProxy does not serve")
                .contains(
                        "haproxy-a: HAProxy ended with signal 9 at "
                                + clock
                                + ":22.120; haproxy-b held the VIP 54 ms later")
                .contains("open connections outlive a move: 23 did")
                .contains(
                        "2100 requests in the 20 s of the last hour that are known, at most"
                                + " 120.0 per second; 3 answered with an error (5xx)")
                .contains("has 50 % of its usual share", "in maintenance")
                .contains("live, as haproxy-b hears it from all");
    }

    @Test
    void where_clients_had_nothing_open_nothing_was_lost() throws Exception {
        String minute = Instant.now().minusSeconds(120).toString().substring(0, 16);
        String site = SITE.replace("2026-11-29T14:03", minute).replace("\"open\":7", "\"open\":0");

        assertThat(plain(look(Map.of("/site.json", site)).text()))
                .contains("(drill haproxy-kill); clients had no connection open there.\n")
                .doesNotContain("lost.");
    }

    /// The one that answers has what is first at the one that is silent, and lacks its own.
    @Test
    void vips_that_are_first_at_one_balancer_are_shown_each_by_itself() throws Exception {
        String further =
                """
                "more_vips":[{"address":"192.0.2.10","first":"haproxy-a","here":true},
                 {"address":"192.0.2.11","first":"haproxy-b","here":false},
                 {"address":"192.0.2.12","first":null,"here":true}],"vip":\
                """;
        String site = SITE.replaceFirst("\"vip\":", further.strip());

        assertThat(plain(look(Map.of("/site.json", site)).text()))
                .contains("192.0.2.9, 192.0.2.12\nheld by haproxy-b\n")
                .contains("192.0.2.10\n held by haproxy-b; first at haproxy-a\n")
                .contains("holds 192.0.2.10")
                .contains("192.0.2.11: none of those that answer holds it; haproxy-a may");
    }

    @Test
    void what_a_balancer_tells_is_text_and_nothing_else() throws Exception {
        Browser.Seen seen = look(Map.of("/site.json", SITE));

        assertThat(seen.text()).contains("&lt;/script&gt;&lt;b id=planted&gt;\"&amp;amp;");
        assertThat(seen.text()).doesNotContainPattern(Pattern.compile("<b id=.?planted"));
    }

    @Test
    void a_balancer_that_serves_and_whose_speaker_is_silent_is_told_from_one_that_is_gone()
            throws Exception {
        String serves =
                SITE.replace("\"answers\":\"silent\"", "\"answers\":\"ok\"")
                        .replace("\"haproxy\":{\"down\":true}", "\"haproxy\":{\"down\":false}");
        Browser.Seen seen = look(Map.of("/site.json", serves));

        assertThat(seen.text())
                .contains("haproxy-a: its listeners answer, and what speaks for it does not");
    }

    /// What nobody knows is not drawn; how many steps ago something was counts from the end.
    @Test
    void the_last_hour_is_that_of_all_balancers_together() throws Exception {
        String script =
                """
                <!doctype html><p id="out"></p><script type="module">
                import { lastHour } from './page/model.js';
                const hours = new Map([['a', { every_s: 10, requests: [1, 2, null], errors: [0, 1, null] }],
                  ['b', { every_s: 10, requests: [10, null], errors: [5, null] }], ['c', undefined]]);
                document.getElementById('out').textContent =
                  JSON.stringify([lastHour(hours), lastHour(new Map())]);
                </script>
                """;

        assertThat(plain(look(Map.of("/", script)).text()))
                .contains(
                        "[{\"step\":10,\"requests\":[1,12,null],\"errors\":[0,6,null]},"
                                + "{\"step\":10,\"requests\":[],\"errors\":[]}]");
    }

    @Test
    void where_nobody_answers_it_says_so() throws Exception {
        Browser.Seen seen = look(Map.of("/site.json", "no JSON"));

        assertThat(plain(seen.text())).contains("No balancer answers here");
    }

    @Test
    void each_move_is_one_sentence_with_its_cause() throws Exception {
        Browser.Seen seen = look(Map.of("/", SENTENCES));

        assertThat(seen.complaints()).isEmpty();
        assertThat(plain(seen.text()).lines().filter(line -> line.contains(": ")).toList())
                .containsExactly(
                        "killed: a: HAProxy ended with signal 9 at 14:00:22.120; b held the VIP"
                                + " 54 ms later; back after 2.1 s",
                        "back: a: HAProxy did not answer at 14:00:09.900; b held the VIP 100 ms"
                                + " later",
                        "over: a: b heard no more of it; b held the VIP at 14:00:10.000",
                        "hung: a: HAProxy did not answer at 14:00:10.500; b held the VIP 58 ms"
                                + " later",
                        "stopped: a: it was told to stop at 14:00:05.000; b held the VIP 150 ms"
                                + " later; back after 26 s",
                        "ordered: a: it was told to yield at 14:00:05.000; b held the VIP 100 ms"
                                + " later",
                        "unreached: a: clients did not reach its http:80 at 14:00:05.000; b held"
                                + " the VIP 200 ms later",
                        "paused: a: it stood still for 10.0 s at 14:00:05.000; b held the VIP"
                                + " 150 ms later",
                        "machine: a: it ended without a word, killed or with its machine; b held"
                                + " the VIP at 14:00:05.150",
                        "silent: a: b heard no more of it; b held the VIP at 14:00:05.150",
                        "drilled: a: HAProxy did not answer at 14:00:05.000; b held the VIP 100 ms"
                                + " later (drill haproxy-hang)",
                        "later: a: HAProxy did not answer at 14:00:50.000; b held the VIP 100 ms"
                                + " later",
                        "unsaid: a: HAProxy did not answer at 14:01:00.000; b held the VIP 100 ms"
                                + " later | a: b heard no more of it; b held the VIP at"
                                + " 14:00:05.100",
                        "keepalived: a: Keepalived ended with signal 11 at 14:00:05.000; a held the"
                                + " VIP again 400 ms later");
    }
}
