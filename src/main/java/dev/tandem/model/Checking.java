package dev.tandem.model;

import java.util.List;
import java.util.Optional;

/// How web servers are asked whether they can serve, besides the path and the name.
///
/// @param method HTTP's, such as `HEAD`
/// @param expect the statuses of a good answer: single ones, or from one to another (`200-399`)
/// @param port where they are asked, in plain HTTP; empty: where requests go, in the same way
public record Checking(String method, List<String> expect, Optional<Integer> port) {
    /// What a request of a client meets, too.
    public static final Checking USUAL = new Checking("GET", List.of("200-399"), Optional.empty());

    public Checking {
        expect = List.copyOf(expect);
    }

    /// Whether a client that asks for the path gets a good answer from a web server that passes.
    boolean isAsClientsAsk() {
        return port.isEmpty()
                && List.of("GET", "HEAD").contains(method)
                && expect.stream().allMatch(statuses -> statuses.matches("[23].*"));
    }
}
