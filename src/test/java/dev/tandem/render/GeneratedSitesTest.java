package dev.tandem.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Balancer;
import dev.tandem.model.Server;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Properties of the configurations of every site, checked on generated ones.
class GeneratedSitesTest {
    private static final Pattern ROUTER_ID = Pattern.compile("(?m)^    virtual_router_id (\\d+)$");
    private static final Pattern PRIORITY = Pattern.compile("(?m)^    priority (\\d+)$");
    private static final Pattern PEER =
            Pattern.compile("(?m)^        ([0-9.]+) +min_ttl 255 +# (\\S+)$");

    static Stream<GeneratedSite> sites() {
        return LongStream.rangeClosed(1, 100).mapToObj(GeneratedSite::of);
    }

    private static Rendering rendered(GeneratedSite one) {
        return Renderer.render(one.site(), one.setting());
    }

    @ParameterizedTest
    @MethodSource("sites")
    void renderingTwiceGivesTheSameBytes(GeneratedSite one) {
        assertThat(rendered(GeneratedSite.of(one.seed()))).isEqualTo(rendered(one));
    }

    @ParameterizedTest
    @MethodSource("sites")
    void noFileHoldsAControlCharacterAndEachEndsWithALineBreak(GeneratedSite one) {
        assertThat(rendered(one).files().values())
                .allSatisfy(text -> {
                    assertThat(text).endsWith("\n");
                    assertThat(text.replace("\n", "").chars()).noneMatch(Character::isISOControl);
                });
    }

    @ParameterizedTest
    @MethodSource("sites")
    void everyServerAppearsOnceInBothBackendsOfEveryBalancer(GeneratedSite one) {
        List<String> names = one.site().servers().stream().map(Server::name).toList();
        for (Balancer balancer : one.site().balancers()) {
            String cfg = rendered(one).file(balancer.name() + "/haproxy.cfg");
            assertThat(serversOf(cfg, "web")).isEqualTo(names);
            assertThat(serversOf(cfg, "web-tls")).isEqualTo(names);
        }
    }

    private static List<String> serversOf(String cfg, String backend) {
        return cfg.lines()
                .dropWhile(line -> !line.equals("backend " + backend))
                .skip(1)
                .takeWhile(line -> !line.startsWith("backend "))
                .filter(line -> line.startsWith("    server "))
                .map(line -> line.strip().split(" +", -1)[1])
                .toList();
    }

    @ParameterizedTest
    @MethodSource("sites")
    void theRouterIdIsTheSameOnAllBalancers(GeneratedSite one) {
        assertThat(numbers(one, ROUTER_ID))
                .hasSameSizeAs(one.site().balancers())
                .containsOnly(one.site().vip().routerId());
    }

    @ParameterizedTest
    @MethodSource("sites")
    void prioritiesDecreaseInTheOrderOfTheFile(GeneratedSite one) {
        List<Integer> priorities = numbers(one, PRIORITY);
        assertThat(priorities)
                .hasSameSizeAs(one.site().balancers())
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(java.util.Comparator.reverseOrder())
                .allMatch(priority -> priority >= 1 && priority <= 254);
    }

    private static List<Integer> numbers(GeneratedSite one, Pattern pattern) {
        return one.site().balancers().stream()
                .map(balancer -> rendered(one).file(balancer.name() + "/keepalived.conf"))
                .map(text -> text.replaceFirst("(?s)vrrp_instance beacon.*", ""))
                .flatMap(text -> pattern.matcher(text).results())
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("sites")
    void everyBalancerSpeaksToAllOthersAndNotToItself(GeneratedSite one) {
        for (Balancer balancer : one.site().balancers()) {
            Set<String> peers = new HashSet<>();
            Matcher found = PEER.matcher(rendered(one).file(balancer.name() + "/keepalived.conf"));
            while (found.find()) {
                peers.add(found.group(1) + " " + found.group(2));
            }
            assertThat(peers)
                    .containsExactlyInAnyOrderElementsOf(
                            one.site().balancers().stream()
                                    .filter(other -> !other.equals(balancer))
                                    .map(other -> other.lanAddress() + " " + other.name())
                                    .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void everyServiceHasAStampOfTwelveDigits(GeneratedSite one) {
        assertThat(rendered(one).services().keySet()).containsAll(one.site().services());
        assertThat(rendered(one).services().values()).allMatch(s -> s.matches("[0-9a-f]{12}"));
    }
}
