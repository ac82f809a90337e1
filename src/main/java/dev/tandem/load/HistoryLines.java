package dev.tandem.load;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Formats and parses the lines of a history.
final class HistoryLines {
    static final String FIRST = "# tandem load history, version 1";
    static final String TAG = "# tag ";
    static final String ZERO = "# zero ";
    static final String PLAN = "# plan ";
    static final String COLUMNS =
            String.join(
                    "\t",
                    "# class",
                    "id",
                    "planned",
                    "sent",
                    "connected",
                    "first byte",
                    "done",
                    "outcome",
                    "status",
                    "bytes",
                    "server",
                    "balancer");
    static final String END = "# end ";

    private static final int FIELDS = 12;

    private HistoryLines() {}

    static String head(LoadPlan plan, Instant zero) {
        return FIRST
                + "\n"
                + TAG
                + plan.tag()
                + "\n"
                + ZERO
                + zero
                + "\n"
                + PLAN
                + plan.describe()
                + "\n"
                + COLUMNS
                + "\n";
    }

    static void append(StringBuilder text, RequestRecord record) {
        text.append(record.kind()).append('\t').append(record.id());
        long[] times = {
            record.planned(), record.sent(), record.connected(), record.firstByte(), record.done()
        };
        for (long time : times) {
            text.append('\t').append(time);
        }
        text.append('\t').append(record.outcome());
        text.append('\t').append(record.status()).append('\t').append(record.bytes());
        text.append('\t').append(record.server()).append('\t').append(record.balancer());
        text.append('\n');
    }

    static RequestRecord record(String line) {
        String[] f = line.split("\t", -1);
        if (f.length != FIELDS) {
            throw new IllegalArgumentException(f.length + " fields instead of " + FIELDS);
        }
        return new RequestRecord(
                RequestClass.valueOf(f[0]),
                f[1],
                Long.parseLong(f[2]),
                Long.parseLong(f[3]),
                Long.parseLong(f[4]),
                Long.parseLong(f[5]),
                Long.parseLong(f[6]),
                Outcome.valueOf(f[7]),
                Integer.parseInt(f[8]),
                Long.parseLong(f[9]),
                f[10].intern(),
                f[11].intern());
    }

    static String end(LoadResult result) {
        Punctuality punctuality = result.punctuality();
        return END
                + "length=%s requests=%d connections=%d lost-in-silence=%d own-faults=%d "
                        .formatted(
                                result.length(),
                                result.requests(),
                                result.connections(),
                                result.lostInSilence(),
                                punctuality.ownFaults())
                + "stall=%s collecting=%s lags=%s notices=%s\n"
                        .formatted(
                                punctuality.longestStall(),
                                punctuality.collecting(),
                                punctuality.lags(),
                                punctuality.notices());
    }

    static RunHistory.End end(String line) {
        Map<String, String> fields = new HashMap<>();
        for (String word : line.substring(END.length()).split(" ", -1)) {
            int equals = word.indexOf('=');
            fields.put(word.substring(0, Math.max(0, equals)), word.substring(equals + 1));
        }
        return new RunHistory.End(
                time(fields, "length"),
                number(fields, "requests"),
                number(fields, "connections"),
                number(fields, "lost-in-silence"),
                new Punctuality(
                        LagHistogram.parse(field(fields, "lags")),
                        LagHistogram.parse(field(fields, "notices")),
                        time(fields, "stall"),
                        time(fields, "collecting"),
                        number(fields, "own-faults")));
    }

    private static Duration time(Map<String, String> fields, String name) {
        return Duration.parse(field(fields, name));
    }

    private static long number(Map<String, String> fields, String name) {
        return Long.parseLong(field(fields, name));
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }
}
