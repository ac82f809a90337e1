package dev.tandem.drill;

import dev.tandem.drill.fault.Fault;
import dev.tandem.drill.ground.Ground;
import dev.tandem.drill.predict.Prediction;
import dev.tandem.load.ClassPlan;
import dev.tandem.load.Target;
import java.util.List;

/// What is drilled: a site of ours ({@link OwnSite}), or a pair that Tandem did not build ({@link
/// ForeignPair}).
public sealed interface Subject permits OwnSite, ForeignPair {
    /// What it is called.
    String name();

    /// The address that the requests go to.
    String vip();

    /// What faults act on, as it was when all was well.
    Ground ground();

    /// Where the requests go.
    Target target();

    /// Which requests are sent.
    List<ClassPlan> classes();

    /// Why it is not well, a line for each reason; empty when it is.
    List<String> lacks();

    /// Why it does not serve again after a heal; empty when it does.
    default List<String> lacksAfterHeal() {
        return lacks();
    }

    /// The nodes that there are now: an operator's change may have added some and removed others.
    default Ground groundNow() {
        return ground();
    }

    /// Why it does not serve as it should after an operator's change; empty when it does. Who holds
    /// the VIP is for the operator to say.
    ///
    /// @param before the nodes that there were before the change
    default List<String> lacksAfterChange(Ground before) {
        return lacksAfterHeal();
    }

    /// What a fault should cost.
    Prediction prediction(Fault fault);

    /// The command that shows why it is not well.
    String look();
}
