package dev.tandem.report;

import dev.tandem.drill.Estimate;
import dev.tandem.drill.Prediction;
import dev.tandem.drill.Recovery;
import dev.tandem.drill.Seconds;
import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import java.util.Locale;

/// The words that reports have for what a drill measures.
final class Words {
    private Words() {}

    /// `timed out`, `cut short`.
    static String of(Outcome outcome) {
        return switch (outcome) {
            case HTTP_ERROR -> "HTTP error";
            case NOT_HTTP -> "not HTTP";
            case TLS_FAILED -> "TLS failed";
            case OK -> "OK";
            case REFUSED, RESET, TIMED_OUT, CUT_SHORT, WRONG_BODY, UNREACHABLE, SHED, OWN_FAULT ->
                    outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /// `new HTTP`, `upload`.
    static String of(RequestClass kind) {
        return switch (kind) {
            case NEW_HTTP -> "new HTTP";
            case NEW_HTTPS -> "new HTTPS";
            case KEPT_HTTP -> "kept HTTP";
            case KEPT_HTTPS -> "kept HTTPS";
            case SLOW -> "slow";
            case UPLOAD -> "upload";
            case IDLE -> "idle";
        };
    }

    /// In a table's cell.
    static String brief(Estimate estimate) {
        return switch (estimate) {
            case Estimate.Within(var most, _) -> "≤ " + Seconds.text(most);
            case Estimate.Unbroken _ -> "no outage";
            case Estimate.UntilHealed _ -> "until healed";
            case Estimate.Unknown _ -> "unknown";
        };
    }

    /// With where it comes from.
    static String full(Estimate estimate) {
        return switch (estimate) {
            case Estimate.Within(_, String formula) -> "at most " + formula;
            case Estimate.Unbroken(String reason) -> "no outage: " + reason;
            case Estimate.UntilHealed(String reason) -> "not before the heal: " + reason;
            case Estimate.Unknown(String reason) -> "unknown: " + reason;
        };
    }

    /// Until the VIP has moved, in a table's cell.
    static String moved(Prediction prediction) {
        return prediction.moved().map(Words::brief).orElse("stays");
    }

    /// In a table's cell.
    static String of(Recovery recovery) {
        return switch (recovery) {
            case Recovery.NothingLost() -> "nothing lost";
            case Recovery.After(var time) -> Seconds.text(time);
            case Recovery.NotSeen() -> "never";
            case Recovery.Unknown() -> "unknown";
        };
    }
}
