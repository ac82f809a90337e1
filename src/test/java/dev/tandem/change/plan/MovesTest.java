package dev.tandem.change.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Handover;
import dev.tandem.model.Site;
import dev.tandem.prepare.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The keys that a plan decides by, against the model that has them: whatever is called otherwise
/// there is called otherwise here, or this fails.
class MovesTest {
    private static final Site SITE = Sample.site();

    /// All that there is to know of moves, in the order of the model.
    private static List<Difference> all(Moves moves) {
        List<Difference> all = new ArrayList<>();
        moves.vip().ifPresent(all::add);
        moves.router().ifPresent(all::add);
        all.addAll(moves.balancers().values());
        all.addAll(moves.ports());
        all.addAll(moves.servers().values());
        moves.handover().ifPresent(all::add);
        moves.names().ifPresent(all::add);
        return all;
    }

    /// Each kind of move once, one by one, and then all together.
    @Test
    void whatMovesIsWhatDiffersInTheSiteFileUnderTheSameKey() {
        List<Site> edits =
                List.of(
                        Edit.vip(SITE, "192.168.0.99"),
                        Edit.router(SITE, 99),
                        Edit.lanAddress(SITE, "haproxy-b", "192.168.0.162"),
                        Edit.ports(SITE, 8080, 443),
                        Edit.ports(SITE, 80, 8443),
                        Edit.address(SITE, "web-b", "172.20.0.9"),
                        Edit.handover(SITE, Handover.OFF),
                        Edit.names(SITE, "www.example"));
        assertThat(edits)
                .hasSize(Moves.class.getRecordComponents().length + 1)
                .allSatisfy(edited ->
                        assertThat(all(Moves.of(SITE, edited)))
                                .hasSize(1)
                                .isEqualTo(Differences.between(SITE, edited)));

        Site edited = Edit.ports(Edit.router(Edit.vip(SITE, "192.168.0.99"), 99), 8080, 8443);
        edited = Edit.lanAddress(edited, "haproxy-a", "192.168.0.161");
        edited = Edit.lanAddress(edited, "haproxy-b", "192.168.0.162");
        edited = Edit.address(Edit.address(edited, "web-a", "172.20.0.8"), "web-b", "172.20.0.9");
        edited = Edit.handover(edited, Handover.OFF);
        assertThat(all(Moves.of(SITE, edited)))
                .hasSize(9)
                .isEqualTo(Differences.between(SITE, edited));
    }

    @Test
    void whatComesOrGoesOrIsChangedWhereItStandsDoesNotMove() {
        Site edited =
                Sample.serving(
                        Edit.check(SITE, "/health"),
                        List.of(
                                Sample.own("web-a", "172.20.0.2"),
                                Sample.own("web-c", "172.20.0.3")));
        assertThat(Differences.between(SITE, edited)).hasSize(3);
        assertThat(Moves.of(SITE, edited)).isEqualTo(Moves.NONE);
    }

    @Test
    void theWayBackMovesTheSameNodes() {
        Site edited = Edit.address(SITE, "web-b", "172.20.0.9");
        assertThat(Moves.of(SITE, edited).servers()).containsOnlyKeys("web-b");
        assertThat(Moves.of(edited, SITE).servers()).containsOnlyKeys("web-b");
    }
}
