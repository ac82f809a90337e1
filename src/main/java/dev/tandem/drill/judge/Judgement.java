package dev.tandem.drill.judge;

import java.util.List;

/// A judge's verdict on a drill, with its reasons.
///
/// @param verdict the verdict
/// @param reasons why it is not PASSED, the weightiest first; empty if it is
/// @param measured what was measured
public record Judgement(Verdict verdict, List<String> reasons, Measured measured) {
    public Judgement {
        reasons = List.copyOf(reasons);
    }
}
