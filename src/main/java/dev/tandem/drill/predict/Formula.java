package dev.tandem.drill.predict;

import dev.tandem.text.Seconds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A sum of times that is also kept as text, so that a reader sees where a prediction comes from.
///
/// @param terms the summands as text
/// @param sum their sum
public record Formula(List<String> terms, Duration sum) {
    public Formula {
        terms = List.copyOf(terms);
    }

    public static Formula none() {
        return new Formula(List.of(), Duration.ZERO);
    }

    public Formula plus(String term, Duration value) {
        List<String> all = new ArrayList<>(terms);
        all.add(term);
        return new Formula(all, sum.plus(value));
    }

    public Formula plus(Duration value) {
        return plus(Seconds.text(value), value);
    }

    /// `3 × 0.1 s`.
    public Formula plus(int times, Duration each) {
        return plus(times + " × " + Seconds.text(each), each.multipliedBy(times));
    }

    public Formula plus(Formula other) {
        List<String> all = new ArrayList<>(terms);
        all.addAll(other.terms);
        return new Formula(all, sum.plus(other.sum));
    }

    public Estimate.Within within() {
        String left = String.join(" + ", terms);
        String right = Seconds.text(sum);
        return new Estimate.Within(sum, left.equals(right) ? right : left + " = " + right);
    }
}
