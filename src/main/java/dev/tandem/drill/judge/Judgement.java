package dev.tandem.drill.judge;

import java.util.List;

/// What a judge says about a drill, and why.
///
/// @param verdict the verdict
/// @param reasons why it is not PASSED, the weightiest first; empty when it is
/// @param measured what was measured
public record Judgement(Verdict verdict, List<String> reasons, Measured measured) {
    public Judgement {
        reasons = List.copyOf(reasons);
    }
}
