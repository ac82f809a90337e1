package dev.tandem.importing;

import java.util.Comparator;

/// A line of one of the files that are imported.
///
/// @param file which of them
/// @param line counted from 1
public record SourcePlace(File file, int line) implements Comparable<SourcePlace> {
    private static final Comparator<SourcePlace> ORDER =
            Comparator.comparing(SourcePlace::file).thenComparingInt(SourcePlace::line);

    /// The files that there are.
    public enum File {
        /// haproxy.cfg.
        HAPROXY("haproxy.cfg"),
        /// keepalived.conf.
        KEEPALIVED("keepalived.conf");

        private final String word;

        File(String word) {
            this.word = word;
        }

        /// What it is usually called.
        public String word() {
            return word;
        }
    }

    @Override
    public int compareTo(SourcePlace other) {
        return ORDER.compare(this, other);
    }

    /// Such as `haproxy.cfg:12`.
    @Override
    public String toString() {
        return file.word() + ":" + line;
    }
}
