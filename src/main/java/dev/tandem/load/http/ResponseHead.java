package dev.tandem.load.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The status line and headers of a response, line by line, read strictly (RFC 9112): where a
/// lenient reader would have to guess the length of the body, this one refuses.
public final class ResponseHead {
    /// No known length: the body lasts until the connection ends.
    static final long UNKNOWN = -1;

    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.([01]) ([1-5]\\d\\d)(?: [\t -~\\x80-\\xff]*)?");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final Pattern COOKIE =
            Pattern.compile("([!-:<>-~]{1,64}=[!-:<-~]{0,256})(?:;|$)");
    private static final int LONGEST_NAME = 64;

    private int status;
    private boolean keepsAlive;
    private boolean chunked;
    private long length = UNKNOWN;
    private String server = "";
    private String balancer = "";
    private String cookie = "";

    /// Reads the status line and starts a new head.
    void statusLine(String line) throws NotHttp {
        Matcher matcher = STATUS_LINE.matcher(line);
        if (!matcher.matches()) {
            throw new NotHttp("not a status line");
        }
        status = Integer.parseInt(matcher.group(2));
        keepsAlive = matcher.group(1).equals("1");
        chunked = false;
        length = UNKNOWN;
        server = "";
        balancer = "";
        cookie = "";
    }

    /// Reads a header.
    void field(String line) throws NotHttp {
        int colon = line.indexOf(':');
        checkField(line, colon);
        String value = line.substring(colon + 1).strip();
        switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "content-length" -> contentLength(value);
            case "transfer-encoding" -> transferEncoding(value);
            case "connection" -> connection(value);
            case "x-served-by" -> server = name(value);
            case "x-balancer" -> balancer = name(value);
            case "set-cookie" -> cookie = pair(value);
            default -> {}
        }
    }

    /// Checks a trailer field: it is not used, but it must be well-formed.
    static void trailer(String line) throws NotHttp {
        checkField(line, line.indexOf(':'));
    }

    /// A name, a colon directly after it, and a value without control characters.
    private static void checkField(String line, int colon) throws NotHttp {
        boolean good = colon > 0;
        for (int i = 0; i < line.length() && good; i++) {
            char c = line.charAt(i);
            good = i < colon ? isToken(c) : c == '\t' || (c >= ' ' && c != 0x7f);
        }
        if (!good) {
            throw new NotHttp("not a header field");
        }
    }

    private static boolean isToken(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || (c >= '^' && c <= 'z')
                || "!#$%&'*+-.|~".indexOf(c) >= 0;
    }

    private void contentLength(String value) throws NotHttp {
        if (!LENGTH.matcher(value).matches()) {
            throw new NotHttp("Content-Length is not a number");
        }
        long said = Long.parseLong(value);
        if (chunked || (length != UNKNOWN && length != said)) {
            throw new NotHttp("two lengths of one body");
        }
        length = said;
    }

    private void transferEncoding(String value) throws NotHttp {
        if (!value.equalsIgnoreCase("chunked") || chunked) {
            throw new NotHttp("a transfer encoding other than chunked");
        }
        if (length != UNKNOWN) {
            throw new NotHttp("two lengths of one body");
        }
        chunked = true;
    }

    private void connection(String value) {
        for (String word : value.split(",", -1)) {
            if (word.strip().equalsIgnoreCase("close")) {
                keepsAlive = false;
            }
        }
    }

    /// `SRV=web-a` of `SRV=web-a; path=/`; empty if a request could not show it.
    private static String pair(String value) {
        Matcher matcher = COOKIE.matcher(value);
        return matcher.lookingAt() ? matcher.group(1) : "";
    }

    /// A value that becomes a field of the record: short and printable, whatever the server sent.
    private static String name(String value) {
        String clipped = value.substring(0, Math.min(value.length(), LONGEST_NAME));
        return clipped.replaceAll("[^ -~]", "?");
    }

    public int status() {
        return status;
    }

    /// An interim response, such as `100 Continue`.
    boolean interim() {
        return status < 200;
    }

    boolean chunked() {
        return chunked;
    }

    /// The length of the body in bytes, unless it is chunked.
    public long length() {
        return status == 204 || status == 304 ? 0 : length;
    }

    /// Whether the connection can carry another request: a body without a length ends with it.
    public boolean keepsAlive() {
        return keepsAlive && (chunked || length() != UNKNOWN);
    }

    public String server() {
        return server;
    }

    public String balancer() {
        return balancer;
    }

    /// The cookie that it gives, with its name; empty without one. Of several, the last.
    public String cookie() {
        return cookie;
    }
}
