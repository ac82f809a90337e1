package dev.tandem.scenario;

import dev.tandem.render.Rendering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What lies in `src/test/sites/VERSION`: the rendered directory of a site of that version, and the
/// sources of its images. Here are the two calculations of that version that a site under another
/// name and with other addresses needs; they stay as they were in 0.1.0, whatever becomes of
/// Tandem's own.
///
/// @param root the directory
record KeptFiles(Path root) {
    private static final Pattern SERVICE =
            Pattern.compile(
                    "(\\n  (\\S+):\\n    <<: \\*(balancer|web)\\n(?:    .*\\n)*?)"
                            + "(    labels:\\n.*\\n      dev\\.tandem\\.config: \")(\\w+)\"");

    static KeptFiles of(String version) {
        return new KeptFiles(Shell.HOME.resolve("src/test/sites").resolve(version));
    }

    /// The name that the site had.
    String site() {
        return "site-" + root.getFileName().toString().replace('.', '-');
    }

    /// The rendered directory, path by path.
    SortedMap<String, String> rendered() {
        Path rendered = root.resolve("rendered");
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(rendered)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(rendered.relativize(file).toString(), Files.readString(file));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The name of an image, as this version computed it from the directory of its sources.
    ///
    /// @param name `balancer` or `web`
    String image(String name) {
        try (Stream<Path> files = Files.list(root.resolve("images").resolve(name))) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files.sorted().toList()) {
                String fileName = file.getFileName().toString();
                digest.update(fileName.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) (Files.isExecutable(file) ? 1 : 0));
                digest.update(Files.readAllBytes(file));
            }
            return "tandem/" + name + ":" + HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The same directory for a site under another name and with other addresses.
    ///
    /// @param certificates of the site under its new name, by their paths; they are in every state
    SortedMap<String, String> renamed(
            String name, TestSubnets subnets, Map<String, String> certificates) {
        SortedMap<String, String> files = new TreeMap<>();
        rendered().forEach((path, text) -> files.put(path, subnets.in(text.replace(site(), name))));
        for (String state : states(files)) {
            certificates.forEach((path, text) -> files.put(state + path, text));
            stamped(files, state);
        }
        return files;
    }

    /// Where a state of the site lies: the present one, and those in the history.
    private static List<String> states(Map<String, String> files) {
        return files.keySet().stream()
                .filter(path -> path.endsWith(".services"))
                .map(path -> path.substring(0, path.length() - ".services".length()))
                .toList();
    }

    /// Computes the stamps of containers, and the hashes of files, as this version did.
    private static void stamped(SortedMap<String, String> files, String state) {
        SortedMap<String, String> stamps = new TreeMap<>();
        files.compute(state + "compose.yaml", (_, text) -> stamped(String.valueOf(text), stamps));
        files.put(state + ".services", lines(stamps, "%1$s %2$s\n"));
        SortedMap<String, String> hashes = new TreeMap<>();
        files.getOrDefault(state + ".rendered", "")
                .lines()
                .map(line -> line.split(" {2}", 2)[1])
                .forEach(path ->
                        hashes.put(path, Rendering.sha256(files.getOrDefault(state + path, ""))));
        files.put(state + ".rendered", lines(hashes, "%2$s  %1$s\n"));
    }

    private static String lines(SortedMap<String, String> values, String form) {
        StringBuilder text = new StringBuilder();
        values.forEach((key, value) -> text.append(form.formatted(key, value)));
        return text.toString();
    }

    /// A stamp is a hash over what the service shares with others of its kind, and its own block.
    private static String stamped(String compose, Map<String, String> stamps) {
        int balancer = compose.indexOf("\n# HAProxy, Keepalived and a small init");
        int web = compose.indexOf("\n# Nginx with HTTP and HTTPS.");
        int services = compose.indexOf("\nservices:\n");
        Map<String, String> shared =
                Map.of(
                        "balancer", compose.substring(balancer, web),
                        "web", compose.substring(web, services));
        Matcher service = SERVICE.matcher(compose);
        return service.replaceAll(found -> {
            String whole = shared.get(found.group(3)) + found.group(1);
            String stamp = Rendering.sha256(whole).substring(0, 12);
            stamps.put(found.group(2), stamp);
            return Matcher.quoteReplacement(found.group(1) + found.group(4) + stamp + '"');
        });
    }
}
