package dev.tandem.observe;

import dev.tandem.docker.Page;
import dev.tandem.model.Balancer;
import dev.tandem.model.Server;
import dev.tandem.model.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a balancer tells on its health port (`/status.json?as=node-state`): what `node-state`
/// prints there, preceded by whose it is and when it was found out. Pure.
///
/// It is believed of the balancer that was asked, and now. Anybody may answer at an address, and
/// what was so a while ago may be true no more: then the balancer is asked by a command in its
/// container, as one that says nothing at all.
final class ToldState {
    /// For a quiet balancer ten times as long as it takes.
    static final Duration LIMIT = Duration.ofMillis(700);

    private static final Duration OLDEST = Duration.ofSeconds(1);

    /// Bytes of a question that `speaker` reads.
    private static final int LONGEST = 4000;

    private ToldState() {}

    /// The question.
    ///
    /// @param servers the web servers that the balancer should ask; of more than it takes, none
    static Page page(Site site, Balancer balancer, List<Server.Own> servers) {
        String names = servers.stream().map(Server.Own::name).collect(Collectors.joining(","));
        String web = names.isEmpty() || names.length() > LONGEST ? "" : "&web=" + names;
        return new Page(
                balancer.address(),
                site.listen().health(),
                "/status.json?as=node-state" + web,
                LIMIT);
    }

    /// Whether an answer is that of this balancer, and of now.
    ///
    /// @param answer empty when there was none
    /// @param now when it was asked
    static Optional<String> believed(
            Optional<String> answer, Site site, Balancer balancer, Instant now) {
        return answer.filter(text -> {
            Map<String, String> head = head(text);
            return site.name().equals(head.get("site"))
                    && balancer.name().equals(head.get("node"))
                    && site.container(balancer.name()).equals(head.get("container"))
                    && isOf(head.getOrDefault("time", ""), now);
        });
    }

    /// The first lines.
    private static Map<String, String> head(String text) {
        Map<String, String> head = new HashMap<>();
        text.lines()
                .limit(4)
                .map(line -> line.split("=", 2))
                .filter(words -> words.length == 2)
                .forEach(words -> head.put(words[0], words[1]));
        return head;
    }

    private static boolean isOf(String time, Instant now) {
        try {
            return Duration.between(Instant.parse(time), now).abs().compareTo(OLDEST) <= 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
