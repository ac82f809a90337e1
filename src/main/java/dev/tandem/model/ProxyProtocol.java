package dev.tandem.model;

/// Versions of the PROXY protocol, in which a balancer says whose connection it hands on.
public enum ProxyProtocol {
    /// A line of text.
    V1("v1"),
    /// Binary, which every implementation of today reads.
    V2("v2");

    private final String word;

    ProxyProtocol(String word) {
        this.word = word;
    }

    /// The word for it in the site file.
    public String word() {
        return word;
    }
}
