package dev.tandem.drill.judge;

import dev.tandem.evidence.Executions;
import dev.tandem.evidence.Takeover;
import dev.tandem.load.RequestRecord;
import java.util.List;

/// All that a judge is given: what was recorded of one fault. It can be judged at any time later.
///
/// @param records one for each planned request, in any order
/// @param marks the moments of the drill, on the clock of the records
/// @param timekeeping whether the generator kept its schedule
/// @param takeover when the VIP moved
/// @param executions what the web servers ran
/// @param cause what was done
public record Trial(
        List<RequestRecord> records,
        Marks marks,
        Timekeeping timekeeping,
        Takeover takeover,
        Executions executions,
        Cause cause) {
    public Trial {
        records = List.copyOf(records);
    }

    /// Of a fault.
    public Trial(
            List<RequestRecord> records,
            Marks marks,
            Timekeeping timekeeping,
            Takeover takeover,
            Executions executions) {
        this(records, marks, timekeeping, takeover, executions, new Cause.Broken());
    }
}
