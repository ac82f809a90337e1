package dev.tandem.load;

/// What a request shows in `X-Tandem-Drill` to be answered where others are not. Its text leaves
/// only in requests: no record, log or history has it.
///
/// @param value visible ASCII
public record Pass(String value) {
    /// The header that carries it.
    public static final String HEADER = "X-Tandem-Drill";

    public Pass {
        if (!value.matches("[!-~]{1,200}")) {
            throw new IllegalArgumentException("a pass is 1 to 200 visible characters of ASCII");
        }
    }

    @Override
    public String toString() {
        return "Pass[not shown]";
    }
}
