package dev.tandem.file;

import dev.tandem.file.yaml.Visible;
import dev.tandem.model.TcpServer.Endpoint;
import dev.tandem.model.TcpService;
import java.util.List;
import java.util.Optional;

/// One entry of `services`, as it was read.
///
/// @param port its port; empty when it was wrong
/// @param servers all of its servers, for checks that compare them with others
/// @param service the service; empty when something in it was wrong
record ServicePart(
        Found<String> name,
        Optional<Found<Integer>> port,
        List<OfServer> servers,
        Optional<TcpService> service) {

    /// One of its servers.
    ///
    /// @param path its path in messages
    /// @param group what is the same for those among whom connections are spread
    record OfServer(String path, String group, Found<String> name, Optional<Found<Endpoint>> url) {}

    /// Its path in messages.
    String path() {
        return "services." + Visible.text(name.value());
    }
}
