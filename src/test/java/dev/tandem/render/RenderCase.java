package dev.tandem.render;

import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.model.Duty;
import dev.tandem.model.Ip4;
import dev.tandem.model.Lan;
import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import dev.tandem.model.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One golden case of rendering: `tandem.yaml`; where needed, `lan.txt` with the kind of LAN
/// (`bridge`, or `macvlan PARENT GATEWAY HOST`, `-` for none; over several machines, each with its
/// name before it) and `orders.txt` with operators' orders (`NODE STATE WEIGHT`, or `NODE DUTY`,
/// one per line); and the expected result, see {@link Expectation}.
///
/// @param directory the directory of the case
record RenderCase(Path directory) {
    private static final Path CASES = home().resolve("src/test/golden/render");
    private static final Set<String> GIVEN = Set.of("tandem.yaml", "lan.txt", "orders.txt");
    private static final Setting.Images IMAGES =
            new Setting.Images("tandem/balancer:1b2a3c4d5e6f", "tandem/web:a1b2c3d4e5f6");

    /// The directory of this repository.
    static Path home() {
        return Path.of(System.getProperty("tandem.home", "."));
    }

    /// All cases, by name.
    static List<RenderCase> all() {
        try (Stream<Path> cases = Files.list(CASES)) {
            return cases.sorted().map(RenderCase::new).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static RenderCase named(String name) {
        return new RenderCase(CASES.resolve(name));
    }

    String name() {
        return directory.getFileName().toString();
    }

    /// The name as a sentence.
    @Override
    public String toString() {
        return name().replace('-', ' ');
    }

    /// The content of the site file.
    String yaml() {
        return text(directory.resolve("tandem.yaml"));
    }

    /// The rendering of this site file in the setting of the case.
    Rendering render(String yaml) {
        Site site = read(yaml);
        return Renderer.render(site, answering(site, setting()), orders());
    }

    /// With what the balancers answer to a CA that asks.
    private static Setting answering(Site site, Setting usual) {
        return new Setting(
                usual.lan(),
                usual.images(),
                usual.contentBase(),
                usual.certificates(),
                usual.certificateName(),
                site.tls().acme().map(_ -> "6Zd2GxyUqg5rTrqjJoRBxt3EXWyhLOiV4KEqFKnVZ-s"));
    }

    /// The rendered files of the case.
    SortedMap<String, String> rendered() {
        return new TreeMap<>(render(yaml()).files());
    }

    private Orders orders() {
        Path file = directory.resolve("orders.txt");
        Orders orders = Orders.NONE;
        if (Files.exists(file)) {
            for (String line : text(file).lines().toList()) {
                orders = with(orders, List.of(line.split(" ", -1)));
            }
        }
        return orders;
    }

    private static Orders with(Orders orders, List<String> words) {
        String word = words.get(1).toUpperCase(Locale.ROOT);
        return words.size() == 2
                ? orders.with(words.getFirst(), Duty.valueOf(word))
                : orders.with(
                        words.getFirst(),
                        new ServerOrder(
                                ServerOrder.State.valueOf(word), Integer.parseInt(words.get(2))));
    }

    static Site read(String yaml) {
        byte[] content = yaml.getBytes(StandardCharsets.UTF_8);
        return switch (SiteReader.read("tandem.yaml", content, new CaseSurroundings())) {
            case Reading.Good(Site site) -> site;
            case Reading.Bad bad -> throw new AssertionError(bad.render() + "\n" + yaml);
        };
    }

    Setting setting() {
        return setting(lan());
    }

    static Setting setting(Lan lan) {
        return new Setting(lan, IMAGES, "../..", "0123456789ab");
    }

    /// All files of the case except its input, by path.
    SortedMap<String, String> expected() {
        TreeMap<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(directory)) {
            found.filter(Files::isRegularFile)
                    .forEach(file -> files.put(directory.relativize(file).toString(), text(file)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        files.keySet().removeAll(GIVEN);
        return files;
    }

    /// Takes these files as the expected ones, replacing earlier expectations.
    void expect(SortedMap<String, String> files) {
        try {
            for (String path : expected().keySet()) {
                Files.delete(directory.resolve(path));
            }
            for (var file : files.entrySet()) {
                Path path = directory.resolve(file.getKey());
                Files.createDirectories(path.resolve("..").normalize());
                Files.writeString(path, file.getValue());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Lan lan() {
        Path file = directory.resolve("lan.txt");
        if (!Files.exists(file)) {
            return new Lan.Bridge();
        }
        List<List<String>> lines =
                text(file).lines().map(line -> List.of(line.split(" ", -1))).toList();
        List<String> words = lines.getFirst();
        if (words.equals(List.of("bridge"))) {
            return new Lan.Bridge();
        }
        if (words.getFirst().equals("macvlan")) {
            return macvlan(words);
        }
        TreeMap<String, Lan.Macvlan> each = new TreeMap<>();
        lines.forEach(line -> each.put(line.getFirst(), macvlan(line.subList(1, line.size()))));
        return new Lan.Machines(each);
    }

    private static Lan.Macvlan macvlan(List<String> words) {
        return new Lan.Macvlan(words.get(1), Ip4.parse(words.get(2)), Ip4.parse(words.get(3)));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
