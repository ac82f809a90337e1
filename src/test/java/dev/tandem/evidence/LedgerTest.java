package dev.tandem.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where a lost request was lost, by log lines as HAProxy and Nginx write them.
class LedgerTest {
    private static final Scene SCENE = Scenes.pair();
    private static final String ID = "t-00042";

    @Test
    void haproxys_request_line_is_read() {
        assertThat(HaproxyEntry.parse(haproxy("web/web-a 0/0/1/2/3", "200", "----")))
                .contains(new HaproxyEntry(ID, "web-a", 200, "----"));
        assertThat(HaproxyEntry.parse(haproxy("front/<NOSRV> -1/-1/-1/-1/0", "-1", "CR--")))
                .contains(new HaproxyEntry(ID, "<NOSRV>", -1, "CR--"));
        String overIpv6 = haproxy("web/web-a 0/0/1/2/3", "200", "----");
        assertThat(HaproxyEntry.parse(overIpv6.replace("192.168.0.9", "2001:db8::9")))
                .contains(new HaproxyEntry(ID, "web-a", 200, "----"));
    }

    /// As HAProxy 3.0.11 has written it, with what a client may send.
    @Test
    void haproxys_request_line_is_read_as_json() {
        String line =
                """
                {"time": "2026-11-29T18:23:56.513000000Z", "frontend": "http", "backend": "web", \
                "server": "%s", "status": %s, "state": "%s", "id": "%s", "client": "192.0.2.9", \
                "client_port": 50774, "method": "GET", "host": "ab.test", "path": "/a%%22b", \
                "query": "x=%%ffy", "version": "HTTP/1.1", "agent": "\\"server\\": \\"web-b\\", ??\\\\", \
                "bytes": 73, "ms_request": 0, "ms_response": 0, "ms_queue": 0, "ms_connect": 0, \
                "ms_total": 0, "retries": 0}\
                """;
        assertThat(HaproxyEntry.parse(line.formatted("web-a", 200, "----", ID)))
                .contains(new HaproxyEntry(ID, "web-a", 200, "----"));
        assertThat(HaproxyEntry.parse(line.formatted("<NOSRV>", -1, "CR--", ID)))
                .contains(new HaproxyEntry(ID, "<NOSRV>", -1, "CR--"));
        assertThat(HaproxyEntry.parse(line.formatted("web-a", 200, "----", ""))).isEmpty();
    }

    @Test
    void other_lines_are_not_requests_of_a_drill() {
        assertThat(
                        HaproxyEntry.parse(
                                haproxy("web/web-a 0/0/1/2/3", "200", "----").replace(ID, "")))
                .isEmpty();
        assertThat(HaproxyEntry.parse("Server web/web-a is DOWN, reason: Layer4 timeout."))
                .isEmpty();
        assertThat(WebEntry.parse("192.0.2.1 - - \"GET / HTTP/1.1\" 200 by 172.20.0.50 id=-"))
                .isEmpty();
        assertThat(WebEntry.parse("")).isEmpty();
    }

    @Test
    void a_web_servers_lines_are_read() {
        assertThat(WebEntry.parse(nginx()))
                .contains(new WebEntry(ID, WebEntry.Kind.ANSWERED, "172.20.0.60"));
        assertThat(WebEntry.parse("ran id=%s method=POST".formatted(ID)))
                .contains(new WebEntry(ID, WebEntry.Kind.RAN, ""));
    }

    /// The meaning of the letters is from HAProxy's configuration manual, 8.5.
    @ParameterizedTest
    @CsvSource({
        "web/web-a 0/3/-1/-1/3,      503, SC--, web-a",
        "web/web-a 0/0/1/-1/2,       502, SH--, web-a",
        "web/web-a 0/0/1/-1/2001,    504, sH--, web-a",
        "web/web-a 0/0/1/2/3,        200, SD--, web-a",
        "web/web-a 0/0/1/2/2003,     200, sD--, web-a",
        "web/web-a 0/0/1/-1/2000,    -1,  CH--, web-a",
        "web/web-a 0/0/-1/-1/2000,   -1,  CC--, web-a",
        "web/web-a 0/0/1/2/3,        500, ----, web-a",
        "web/<NOSRV> 0/-1/-1/-1/0,   503, SC--, haproxy-a",
        "front/<NOSRV> -1/-1/-1/-1/9, -1, CR--, haproxy-a",
        "front/<NOSRV> 0/-1/-1/-1/0, 400, PR--, haproxy-a",
        "web/web-a 0/0/1/2/3,        200, LD--, haproxy-a",
        "web/web-a 0/0/1/2/3,        200, CD--, back from haproxy-a",
        "web/web-a 0/0/1/2/3,        200, ----, back from haproxy-a"
    })
    void the_end_of_its_session_shows_where_a_request_was_lost(
            String server, String status, String state, String expected) {
        NodeLog log = log("haproxy-a", haproxy(server, status, state));

        assertThat(place(request(0, 1), List.of(log), Map.of()))
                .isEqualTo(
                        expected.startsWith("back")
                                ? new Place.OnTheWayBack("haproxy-a")
                                : expected.startsWith("web")
                                        ? new Place.InServer(expected)
                                        : new Place.InBalancer(expected));
    }

    @Test
    void a_request_that_was_never_sent_was_lost_here() {
        assertThat(place(request(-1, -1), List.of(), Map.of())).isEqualTo(new Place.NotSent());
    }

    @Test
    void a_request_that_never_connected_and_was_not_logged_never_arrived() {
        assertThat(place(request(0, -1), List.of(), Map.of())).isEqualTo(new Place.NeverReached());
    }

    @Test
    void a_request_that_connected_and_was_not_logged_died_with_a_balancer() {
        assertThat(place(request(0, 1), List.of(), Map.of())).isEqualTo(new Place.InBalancer(""));
    }

    @Test
    void an_answer_that_no_balancer_logged_died_with_the_one_that_asked() {
        assertThat(place(request(0, 1), List.of(log("web-a", nginx())), Map.of()))
                .isEqualTo(new Place.InBalancer("haproxy-b"));
    }

    @Test
    void nothing_is_guessed_if_a_log_is_missing() {
        Map<String, String> unread = Map.of("haproxy-a", "no such container");

        assertThat(place(request(0, -1), List.of(), unread)).isEqualTo(new Place.Unknown());
        assertThat(place(request(0, 1), List.of(), unread)).isEqualTo(new Place.Unknown());
        assertThat(place(request(-1, -1), List.of(), unread)).isEqualTo(new Place.NotSent());
    }

    @Test
    void answered_requests_and_those_this_machine_could_not_send_are_not_losses() {
        Ledger ledger =
                Ledger.of(
                        SCENE,
                        List.of(
                                Scenes.request("b", 20, Outcome.RESET),
                                Scenes.request("c", 5, Outcome.OK),
                                Scenes.request("d", 6, Outcome.OWN_FAULT),
                                Scenes.request("a", 10, Outcome.SHED)),
                        List.of(),
                        Map.of());

        assertThat(ledger.losses())
                .extracting(loss -> loss.request().id())
                .containsExactly("a", "b");
    }

    @Test
    void runs_of_the_program_are_counted_from_the_web_servers_logs() {
        String ran = "ran id=%s method=POST".formatted(ID);
        NodeLog web = log("web-a", ran + "\n" + nginx() + "\n" + ran);
        NodeLog balancer = log("haproxy-a", ran);

        assertThat(Executions.of(List.of(web, balancer), Map.of()))
                .isEqualTo(new Executions.Counted(Map.of(ID, 2)));
        assertThat(Executions.of(List.of(web), Map.of("web-b", "gone")))
                .isEqualTo(new Executions.Unknown("the log of web-b: gone"));
    }

    private static Place place(
            RequestRecord request, List<NodeLog> logs, Map<String, String> unread) {
        return Ledger.of(SCENE, List.of(request), logs, unread).losses().getFirst().place();
    }

    private static RequestRecord request(long sent, long connected) {
        return new RequestRecord(
                RequestClass.NEW_HTTP, ID, 0, sent, connected, -1, 5, Outcome.RESET, 0, 0, "", "");
    }

    private static NodeLog log(String node, String lines) {
        Witness witness =
                SCENE.nodes().stream()
                        .filter(one -> one.name().equals(node))
                        .findFirst()
                        .orElseThrow();
        return new NodeLog(witness, lines.lines().map(line -> new NodeLog.Line(0, line)).toList());
    }

    private static String haproxy(String server, String status, String state) {
        return "192.168.0.9:51234 [22/Nov/2026:12:00:03.100] front~ %s %s 217 - - %s "
                        .formatted(server, status, state)
                + "12/12/1/0/+1 0/0 {%s} \"GET / HTTP/1.1\"".formatted(ID);
    }

    private static String nginx() {
        return "192.168.0.9 - - [22/Nov/2026:12:00:03 +0000] \"GET / HTTP/1.1\" 200 615 \"-\" \"-\""
                + " by 172.20.0.60 id="
                + ID;
    }
}
