package dev.tandem.drill.judge;

import dev.tandem.evidence.Executions;
import dev.tandem.evidence.Takeover;
import dev.tandem.load.RequestRecord;
import java.util.List;

/// Everything that a judge is given: what was recorded of one fault. It can be judged at any later
/// time.
///
/// @param records one for each planned request, in any order
/// @param marks the moments of the drill, on the clock of the records
/// @param timekeeping whether the generator kept its schedule
/// @param takeover the VIP's move
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

    /// The trial of a fault.
    public Trial(
            List<RequestRecord> records,
            Marks marks,
            Timekeeping timekeeping,
            Takeover takeover,
            Executions executions) {
        this(records, marks, timekeeping, takeover, executions, new Cause.Broken());
    }
}
