package dev.tandem.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Budget;
import dev.tandem.model.BudgetReader;
import dev.tandem.model.BudgetReading;
import dev.tandem.model.Site;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A budget that a site's times cannot meet is reported in advance.
class BudgetWarningsTest {
    private static Site site(Optional<Budget> budget) {
        Site site = SampleSite.customer();
        return new Site(
                site.name(),
                site.vip(),
                site.network(),
                site.balancers(),
                site.listen(),
                site.backend(),
                site.servers(),
                site.tls(),
                site.timing(),
                site.handover(),
                budget);
    }

    private static List<String> warnings(String text) {
        return switch (BudgetReader.read(text)) {
            case BudgetReading.Good(Budget budget) -> BudgetWarnings.of(site(Optional.of(budget)));
            case BudgetReading.Bad bad -> throw new AssertionError(bad);
        };
    }

    @Test
    void withoutABudgetThereIsNoWarning() {
        assertThat(BudgetWarnings.of(site(Optional.empty()))).isEmpty();
        assertThat(warnings("lost=0,p99=1ms")).isEmpty();
    }

    @Test
    void aFaultThatTakesTooLongIsNamedWithItsSum() {
        assertThat(warnings("outage=500ms"))
                .anySatisfy(line ->
                        assertThat(line)
                                .startsWith(
                                        "drill.budget: outage=0.5s may not be kept by web-hang:")
                                .contains(" + ", " = "))
                .noneSatisfy(line -> assertThat(line).contains("by balancer-kill"));
    }

    @Test
    void theTakeoverIsComparedToo() {
        assertThat(warnings("takeover=100ms"))
                .anySatisfy(line ->
                        assertThat(line)
                                .startsWith(
                                        "drill.budget: takeover=0.1s may not be kept by"
                                                + " balancer-kill: "));
        assertThat(warnings("outage=1m,takeover=1m")).isEmpty();
    }
}
