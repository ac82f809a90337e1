package dev.tandem.model;

import java.util.List;

/// What a balancer changes in the headers of requests and of answers.
///
/// @param request before a web server gets it
/// @param response before a client gets it
public record Headers(Edits request, Edits response) {
    /// Nothing.
    public static final Headers AS_THEY_ARE = new Headers(Edits.NONE, Edits.NONE);

    /// Changes in one direction.
    ///
    /// @param set each replaces all of this name
    /// @param remove names of headers that are removed
    public record Edits(List<Header> set, List<String> remove) {
        /// Nothing is changed.
        public static final Edits NONE = new Edits(List.of(), List.of());

        public Edits {
            set = List.copyOf(set);
            remove = List.copyOf(remove);
        }

        /// How many bytes the headers take that are set, as far as it is known: what HAProxy fills
        /// in may be as long again.
        public int bytes() {
            return set.stream()
                    .mapToInt(one -> one.name().length() + 2 * one.value().length())
                    .sum();
        }
    }

    /// A header that is set.
    ///
    /// @param name as it is written in the file
    /// @param value in HAProxy's log format: `%[...]` is filled in, `%%` is a percent sign
    public record Header(String name, String value) {}
}
