package dev.tandem.docker.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A LAN in memory: what the containers of its engines hear of each other, and what clients on it
/// get. An engine of its own is alone on one.
public final class FakeLan {
    private final List<FakeEngine> engines = new ArrayList<>();

    /// Another engine is on it.
    void join(FakeEngine engine) {
        engines.add(engine);
    }

    /// The same at this moment.
    public synchronized FakeLan copy() {
        FakeLan copy = new FakeLan();
        List.copyOf(engines).forEach(one -> one.copy(copy));
        return copy;
    }

    /// The engines on it, in the order in which they joined.
    public List<FakeEngine> engines() {
        return List.copyOf(engines);
    }

    Stream<FakeContainer> containers() {
        return engines.stream().flatMap(one -> one.containers().values().stream());
    }

    Stream<FakeBalancer> balancers() {
        return containers()
                .flatMap(one ->
                        one.program() instanceof FakeBalancer balancer
                                ? Stream.of(balancer)
                                : Stream.of());
    }

    /// Those that answer when the LAN is asked for an address.
    Stream<FakeBalancer> answering(String address) {
        return balancers().filter(balancer -> balancer.answersFor(address));
    }

    /// Who answers when a machine asks the LAN for an address: their MAC addresses. A host does not
    /// hear what stands on its own interface.
    Stream<String> macs(String address, FakeEngine asker) {
        Stream<String> owners =
                containers()
                        .filter(FakeContainer::running)
                        .filter(one -> !asker.containers().containsValue(one))
                        .filter(one -> one.networks().containsValue(address))
                        .map(_ -> FakeContainer.mac(address));
        Stream<String> holders =
                answering(address)
                        .filter(one -> !asker.containers().containsValue(one.container()))
                        .map(one -> FakeContainer.mac(one.lanAddress()));
        return Stream.concat(owners, holders);
    }

    /// What a web server answers at an address; empty when nobody does.
    Optional<String> web(String addressAndPort, String path) {
        return servers(addressAndPort.replaceFirst(":.*", ""))
                .findFirst()
                .map(server -> server.has(path) ? "200" : "404");
    }

    /// Which files a web server says that it runs, in a line; empty when nobody answers.
    ///
    /// @param asked `NAME=ADDRESS`
    Optional<String> loaded(String asked) {
        String[] words = asked.split("=", 2);
        return servers(words[1]).findFirst().map(server -> words[0] + " " + server.loaded());
    }

    private Stream<FakeWebServer> servers(String address) {
        return containers()
                .filter(one -> one.networks().containsValue(address))
                .flatMap(one ->
                        one.program() instanceof FakeWebServer server && server.serves()
                                ? Stream.of(server)
                                : Stream.of());
    }

    /// What is wrong for clients of a VIP now; empty when both of its listeners answer with 200,
    /// from one balancer alone.
    public synchronized Optional<String> unserved(String vip) {
        List<String> holders = holders(vip);
        if (holders.size() != 1) {
            return Optional.of("held by " + holders + ", not by one");
        }
        FakeBalancer holder = answering(vip).findFirst().orElseThrow();
        return Stream.of("web", "web-tls")
                .filter(listener -> !holder.answer(listener, "/").equals("200"))
                .map(listener ->
                        holder.name() + " answers " + listener + " " + holder.answer(listener, "/"))
                .findFirst();
    }

    /// Who holds a VIP.
    public synchronized List<String> holders(String vip) {
        return answering(vip).map(FakeBalancer::name).toList();
    }

    /// The addresses that several containers have which run.
    public synchronized List<String> twins() {
        List<String> all =
                containers()
                        .filter(FakeContainer::running)
                        .flatMap(one -> one.networks().values().stream())
                        .toList();
        return all.stream()
                .filter(one -> all.indexOf(one) != all.lastIndexOf(one))
                .distinct()
                .toList();
    }
}
