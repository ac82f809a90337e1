package dev.tandem.model;

import java.util.Optional;

/// A server of a {@link TcpService}. Tandem neither starts nor stops it.
///
/// @param name its name in the site file, which no other node of the site has
/// @param url where it is
/// @param share what part of the connections it gets
public record TcpServer(String name, Endpoint url, ServerShare share) {
    /// One with the usual weight.
    public TcpServer(String name, Endpoint url, boolean backup, Optional<Integer> maxConnections) {
        this(name, url, new ServerShare(ServerShare.USUAL_WEIGHT, maxConnections, backup));
    }

    /// A place that takes TCP connections.
    ///
    /// @param host an IPv4 address, an IPv6 address in brackets, or a hostname
    /// @param port its TCP port
    public record Endpoint(String host, int port) {
        /// Whether DNS says where it is.
        public boolean hasHostname() {
            return Ip.ofHost(host).isEmpty();
        }

        /// Host and port, with a colon between.
        public String place() {
            return host + ":" + port;
        }

        /// As in the site file.
        @Override
        public String toString() {
            return "tcp://" + place();
        }
    }
}
