package dev.tandem.render;

import dev.tandem.model.Headers;
import dev.tandem.model.Headers.Edits;

/// The headers that the site file sets or removes, in haproxy.cfg. They come behind the rules of
/// Tandem's own: what is said of the client holds.
final class HeaderEdits {
    private static final int STEP = 1024;

    private HeaderEdits() {}

    /// The room in a buffer for what is added, besides the usual one.
    static int room(Headers headers) {
        int bytes = Math.max(headers.request().bytes(), headers.response().bytes());
        return Math.ceilDiv(bytes, STEP) * STEP;
    }

    /// For a frontend.
    static void rules(ConfigText text, Headers headers) {
        rules(text, "request", "http-request", headers.request());
        rules(text, "response", "http-after-response", headers.response());
    }

    private static void rules(ConfigText text, String what, String when, Edits edits) {
        if (edits.equals(Edits.NONE)) {
            return;
        }
        text.add("    # headers.%s of tandem.yaml.\n", what);
        edits.remove().forEach(name -> text.add("    %s del-header %s\n", when, name));
        edits.set()
                .forEach(one ->
                        text.add(
                                "    %s set-header %s %s\n",
                                when, one.name(), quoted(one.value())));
    }

    /// In double quotes three characters mean something (HAProxy 3.0 configuration manual, 2.2).
    private static String quoted(String value) {
        return '"' + value.replaceAll("([\\\\\"$])", "\\\\$1") + '"';
    }
}
