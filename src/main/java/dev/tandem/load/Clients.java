package dev.tandem.load;

import java.util.Arrays;

/// The clients whose requests are {@link RequestClass#STICKY}, and the cookie of each. Which client
/// sends a request follows from the request's number.
public final class Clients {
    /// How many there are.
    static final int COUNT = 8;

    private final String[] cookies = new String[COUNT];

    Clients() {
        Arrays.fill(cookies, "");
    }

    /// Which client sent a request.
    ///
    /// @param id the value of its `X-Tandem-Id`
    public static int of(String id) {
        return of(Long.parseLong(id.substring(id.lastIndexOf('-') + 1)));
    }

    private static int of(long number) {
        return (int) (number % COUNT);
    }

    /// What the client of a request shows: `SRV=web-a`; empty if it was given nothing yet.
    String cookie(Planned planned) {
        return cookies[of(planned.number())];
    }

    /// What the client of a request was given in the answer. It keeps what it has if that is
    /// nothing.
    void given(Planned planned, String cookie) {
        if (!cookie.isEmpty()) {
            cookies[of(planned.number())] = cookie;
        }
    }
}
