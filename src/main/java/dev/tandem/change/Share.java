package dev.tandem.change;

import java.util.List;

/// How many requests a balancer has had, and how many of them failed: what HAProxy counts in its
/// frontends (management guide, section 9.1: `req_tot`, `hrsp_5xx`). Pure.
///
/// @param requests since HAProxy was started or reloaded
/// @param failed those that were answered 5xx
record Share(long requests, long failed) {
    /// Fewer failed requests than these are chance.
    private static final long LEAST = 5;

    /// From `show stat -1 1 -1`; what is missing counts as none.
    static Share parse(String csv) {
        List<String> lines = csv.lines().filter(line -> !line.isBlank()).toList();
        int head = 0;
        while (head < lines.size() && !lines.get(head).startsWith("# pxname")) {
            head++;
        }
        if (head == lines.size()) {
            return new Share(0, 0);
        }
        List<String> columns = List.of(lines.get(head).substring(2).split(",", -1));
        long requests = 0;
        long failed = 0;
        for (String line : lines.subList(head + 1, lines.size())) {
            String[] fields = line.split(",", -1);
            if (fields.length > 1 && (fields[0].equals("http") || fields[0].equals("https"))) {
                requests += number(fields, columns.indexOf("req_tot"));
                failed += number(fields, columns.indexOf("hrsp_5xx"));
            }
        }
        return new Share(requests, failed);
    }

    /// What came since an earlier look.
    Share since(Share earlier) {
        return new Share(requests - earlier.requests, failed - earlier.failed);
    }

    /// Whether more failed than is allowed: of few requests a single one says nothing.
    ///
    /// @param allowed in percent of the requests
    boolean exceeds(double allowed) {
        return failed >= LEAST && 100.0 * failed > allowed * requests;
    }

    /// In percent; 0 when there were no requests.
    double percent() {
        return requests == 0 ? 0 : 100.0 * failed / requests;
    }

    private static long number(String[] fields, int column) {
        return column < 0 || column >= fields.length || fields[column].isEmpty()
                ? 0
                : Long.parseLong(fields[column]);
    }
}
