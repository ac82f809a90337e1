package dev.tandem.docker.fake;

import dev.tandem.docker.Output;
import dev.tandem.render.Rendering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A container that does nothing but hold a directory of its machine, in which Tandem works on
/// files. It does what the scripts of `prepare.MachineFiles` do, and knows no other one.
record FakeDirectory(FakeContainer container) implements FakeProgram {
    /// Where the container has the directory.
    static final String HERE = "/site";

    private static final String ASIDE = ".next";

    @Override
    public void start() {
        attempt(() -> Files.createDirectories(root()));
    }

    @Override
    public FakeProgram copy(FakeContainer other, FakeEngine into) {
        return new FakeDirectory(other);
    }

    private Path root() {
        Path root = container.made().mounts().get(HERE);
        if (root == null) {
            throw new IllegalStateException("no " + HERE);
        }
        return root;
    }

    /// `docker cp FROM/. CONTAINER:/site/DIRECTORY`.
    Output take(Path from, String to) {
        Path target = root().resolve(to.substring(HERE.length() + 1));
        return attempt(() -> {
            try (Stream<Path> all = Files.walk(from)) {
                for (Path one : all.toList()) {
                    Path copy = target.resolve(from.relativize(one).toString());
                    if (Files.isDirectory(one)) {
                        Files.createDirectories(copy);
                    } else {
                        Files.copy(one, copy, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        });
    }

    /// `sh -c SCRIPT sh ARGUMENT...`.
    @Override
    public Output exec(List<String> argv) {
        String script = argv.get(2).replace("set -e; cd " + HERE + "\n", "");
        List<String> arguments = argv.subList(4, argv.size());
        if (script.startsWith("chmod 700 .; rm -rf .next; mkdir")) {
            return attempt(() -> {
                delete(root().resolve(ASIDE));
                Files.createDirectory(root().resolve(ASIDE));
            });
        }
        if (script.startsWith("cd \"$1\"; find .")) {
            return FakeProgram.said(hashes(root().resolve(arguments.getFirst())));
        }
        if (script.startsWith("for path; do")) {
            return attempt(() -> {
                for (String path : arguments) {
                    install(path);
                }
            });
        }
        if (script.startsWith("directory=$(dirname")) {
            return attempt(() -> {
                Files.writeString(root().resolve(arguments.get(0)), arguments.get(1));
                if (script.endsWith("rm -rf .next")) {
                    delete(root().resolve(ASIDE));
                }
            });
        }
        if (script.startsWith("[ ! -e \"$1\" ] || cat")) {
            String aside = Files.exists(root().resolve(ASIDE)) ? "aside\n" : "";
            return FakeProgram.said(container.read(HERE + "/" + arguments.getFirst()) + aside);
        }
        if (script.equals("rm -rf .next")) {
            return attempt(() -> delete(root().resolve(ASIDE)));
        }
        throw FakeProgram.unknown(argv);
    }

    private void install(String path) throws IOException {
        Path from = root().resolve(ASIDE).resolve(path);
        Path to = root().resolve(path);
        if (Files.exists(from)) {
            Files.createDirectories(to.resolveSibling("."));
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        Files.deleteIfExists(to);
        Path parent = to.resolveSibling(".").normalize();
        while (!parent.equals(root()) && Files.isDirectory(parent) && isEmpty(parent)) {
            Files.delete(parent);
            parent = parent.resolveSibling(".").normalize();
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.findAny().isEmpty();
        }
    }

    /// As `sha256sum` prints them, without what begins with a dot.
    private static String hashes(Path directory) {
        TreeMap<String, String> hashes = new TreeMap<>();
        attempt(() -> hashes(directory, "./", hashes));
        StringBuilder text = new StringBuilder();
        hashes.forEach((path, hash) -> text.append(hash).append("  ").append(path).append('\n'));
        return text.toString();
    }

    private static void hashes(Path directory, String at, TreeMap<String, String> into)
            throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            for (Path one : all.toList()) {
                String name = one.getFileName().toString();
                if (name.startsWith(".")) {
                    continue;
                }
                if (Files.isDirectory(one)) {
                    hashes(one, at + name + "/", into);
                } else {
                    into.put(at + name, Rendering.sha256(Files.readAllBytes(one)));
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path one : all.toList().reversed()) {
                Files.delete(one);
            }
        }
    }

    /// What the disk may refuse.
    private interface Attempt {
        void run() throws IOException;
    }

    private static Output attempt(Attempt attempt) {
        try {
            attempt.run();
            return FakeProgram.said("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
