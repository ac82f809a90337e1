package dev.tandem.drill;

import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.load.ClassPlan;
import dev.tandem.load.Target;
import java.util.List;

/// What is drilled: a site that Tandem built ({@link OwnSite}), or a pair that it did not build
/// ({@link ForeignPair}).
public sealed interface Subject permits OwnSite, ForeignPair {
    /// Its name.
    String name();

    /// The address the requests go to.
    String vip();

    /// What faults act on, as it was when all was well.
    Ground ground();

    /// Where the requests go.
    Target target();

    /// Which requests are sent.
    List<ClassPlan> classes();

    /// Why it is not well, one line per reason; empty if it is.
    List<String> lacks();

    /// Why it does not serve again after a heal; empty if it does.
    default List<String> lacksAfterHeal() {
        return lacks();
    }

    /// The nodes as of now: an operator's change may have added some and removed others.
    default Ground groundNow() {
        return ground();
    }

    /// Why it does not serve as it should after an operator's change; empty if it does. Which
    /// balancer holds the VIP is for the operator to decide.
    ///
    /// @param before the nodes before the change
    default List<String> lacksAfterChange(Ground before) {
        return lacksAfterHeal();
    }

    /// What a fault should cost.
    Prediction prediction(Fault fault);

    /// The command that shows why it is not well.
    String look();
}
