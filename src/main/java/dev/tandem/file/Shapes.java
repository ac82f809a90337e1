package dev.tandem.file;

import dev.tandem.file.yaml.Shape;
import dev.tandem.file.yaml.Shape.Text;

/// The shapes that several keys share.
///
/// The patterns are for the schema, so that an editor marks a slip as it is typed. The rules in
/// this package decide, and explain; a test ensures that no pattern rejects what they accept.
final class Shapes {
    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String IP4 = OCTET + "(\\." + OCTET + "){3}";
    private static final String IP6 = "[0-9A-Fa-f]*:[0-9A-Fa-f:.]*";

    /// That of a URL.
    static final String HOST = "([a-z0-9.-]+|\\[" + IP6 + "\\])";

    private static final String SOME_TIME = "[0-9]{1,6}([.][0-9]{1,3})?(ms|s|m|h)";
    private static final String FILE_PATH = "[^\"'$\\\\`:]+";

    static final Shape MAP = new Shape.Section();
    static final Shape ENTRY = new Shape.Entry();
    static final Shape PORT = new Shape.Numeric("port", 1, 65535);
    static final Shape MORE_PORTS =
            new Shape.OneOrMore("port", text("port", "[1-9][0-9]{0,4}"), 50);
    static final Text NAME = text("name", "[a-z0-9]([a-z0-9-]*[a-z0-9])?", NameRules.LONGEST_NAME);
    static final Text CONTAINER =
            text("container name", "[A-Za-z0-9][A-Za-z0-9_.-]+", NameRules.LONGEST_CONTAINER);
    static final Text HOSTNAME = text("hostname", "(\\*\\.)?[a-z0-9.-]+");
    static final Text ADDRESS = text("IPv4 address", IP4);
    static final Text SUBNET = text("IPv4 subnet", IP4 + "/([89]|[12][0-9]|30)");
    static final Text RANGE =
            text(
                    "address or subnet, or `any`",
                    "(any|" + IP4 + "(/([12]?[0-9]|3[0-2]))?|" + IP6 + "(/(1?[0-9]{1,2}))?)");
    static final Text NAMESERVER =
            text("IPv4 address, with or without a port", IP4 + "(:[1-9][0-9]{0,4})?");
    static final Text DIRECTORY = text("path of a directory", FILE_PATH);
    static final Text FILE = text("path of a file", FILE_PATH);
    static final Text PEM = text("path of a PEM file", FILE_PATH);
    static final Text URL_PATH = text("URL path", "/[!-~]*", PathRules.LONGEST_CHECK);
    static final String URL_PATH_LIMITS =
            "begins with `/`; visible ASCII without spaces, quotes or any of `\\` `#` `%` `$`"
                    + " `` ` ``; at most 200 characters";
    static final Text URL = text("URL", "https?://" + HOST + "(:[1-9][0-9]{0,4})?");
    static final Text TIME = text("time", SOME_TIME);
    static final Text HEADER = text("name of a header", "[A-Za-z][A-Za-z0-9_-]*");
    static final Text HEADER_VALUE = text("text in HAProxy's log format", "[ -~]+");
    static final Text AGE = text("time such as 1d or 1y", "[0-9]{1,9}[smhdy]");
    static final Text FAILOVER =
            text("`fast`, `steady` or a time", "(fast|steady|" + SOME_TIME + ")");

    private Shapes() {}

    static Text text(String words, String pattern) {
        return text(words, pattern, NO_LIMIT);
    }

    private static Text text(String words, String pattern, int longest) {
        return new Text(words, "^" + pattern + "$", longest);
    }
}
