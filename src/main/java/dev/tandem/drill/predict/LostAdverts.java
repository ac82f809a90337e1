package dev.tandem.drill.predict;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/// How often the peer takes over from a living master because adverts are lost at random: three in
/// a row must be lost (RFC 9568, section 6.1). If each is lost with probability q, and n are sent
/// per second, such a row begins n × q³ × (1 − q) times a second. An advert that is sent twice is
/// lost when both copies are, so q is the square of the line's loss
/// (docs/decisions/0015-adverts-twice.md).
///
/// @param percent the percentage of packets that the line loses at random
/// @param copies how often each advert is sent
/// @param advert the advertisement interval
public record LostAdverts(int percent, int copies, Duration advert) {
    private static final int IN_A_ROW = 3;
    private static final Duration DAY = Duration.ofDays(1);

    /// The probability that one advert is lost.
    private BigDecimal lost() {
        return BigDecimal.valueOf(percent, 2).pow(copies);
    }

    private BigDecimal kept() {
        return BigDecimal.ONE.subtract(lost());
    }

    private double aSecond() {
        return (double) Duration.ofSeconds(1).toNanos() / advert.toNanos();
    }

    /// The mean time from one to the next.
    Duration apart() {
        double often = aSecond() * lost().pow(IN_A_ROW).doubleValue() * kept().doubleValue();
        return Duration.ofSeconds(Math.round(1 / often));
    }

    /// Whether none will be seen in a drill: a day is much longer than any drill.
    public boolean isRare() {
        return apart().compareTo(DAY) >= 0;
    }

    /// `three adverts in a row are lost once in 37 days: 20 × 0.0025³ × 0.9975 a second`.
    public String text() {
        BigDecimal rate = BigDecimal.valueOf(aSecond()).setScale(2, RoundingMode.HALF_UP);
        return "three adverts in a row are lost once in %s: %s × %s³ × %s a second"
                .formatted(often(), plain(rate), plain(lost()), plain(kept()));
    }

    private String often() {
        return isRare() ? apart().toDays() + " days" : apart().toSeconds() + " s";
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
