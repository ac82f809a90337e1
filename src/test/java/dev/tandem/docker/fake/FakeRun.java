package dev.tandem.docker.fake;

import dev.tandem.docker.Output;
import java.util.ArrayList;
import java.util.List;

/// `docker run --rm` of the {@link FakeEngine}: the programs of the balancer's image that Tandem
/// runs in a container of their own.
///
/// @param engine the one that it belongs to
record FakeRun(FakeEngine engine) {
    Output run(List<String> arguments) {
        int entry = arguments.indexOf("--entrypoint");
        String image = arguments.get(entry + 2);
        if (!engine.images().contains(image)) {
            String why = "Unable to find image '" + image + "' locally";
            return new Output(125, "", why + "\n");
        }
        int network = arguments.indexOf("--network");
        String from = arguments.get(network + 1).replaceFirst("^container:", "");
        List<String> rest = arguments.subList(entry + 3, arguments.size());
        return switch (arguments.get(entry + 1)) {
            case "probe" -> probe(from, rest.getFirst(), Integer.parseInt(rest.getLast()));
            case "check-configuration" -> FakeProgram.said("");
            default -> throw FakeProgram.unknown(arguments);
        };
    }

    /// Asks a balancer for `/` over both of its listeners.
    private Output probe(String from, String address, int times) {
        FakeContainer asker = engine.containers().get(from);
        if (asker == null || !asker.running()) {
            String why =
                    asker == null
                            ? "No such container: " + from
                            : "cannot join network of a non running container: " + asker.id();
            return new Output(125, "", "docker: Error response from daemon: " + why + ".\n");
        }
        List<String> lines = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            lines.add("http " + answer(address, "web"));
            String tls = answer(address, "web-tls");
            lines.add("https " + (tls.equals("refused") ? "tls" : tls));
        }
        return FakeProgram.said(String.join("\n", lines) + "\n");
    }

    private String answer(String address, String listener) {
        return engine.balancers()
                .filter(balancer -> balancer.hasAddress(address))
                .findFirst()
                .map(balancer -> balancer.answer(listener, "/"))
                .orElse("refused");
    }
}
