package dev.tandem.prepare;

import dev.tandem.docker.Command;
import dev.tandem.docker.Following;
import dev.tandem.docker.Output;
import dev.tandem.docker.Runner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// An engine that has nothing but images: each is the list of its packages. What is built gets the
/// packages that the mirrors have today.
final class PackageEngine implements Runner {
    /// By name, the oldest first.
    final Map<String, String> images = new LinkedHashMap<>();

    /// What was asked for.
    final List<Command> asked = new ArrayList<>();

    /// What a build finds at the mirrors.
    String today = "";

    /// What `setup/apt-options` prints.
    String aptOptions = "";

    @Override
    public Output run(Command command, Consumer<String> line) {
        asked.add(command);
        List<String> argv = command.argv();
        if (argv.getFirst().endsWith("setup/apt-options")) {
            return said(aptOptions);
        }
        if (argv.getFirst().endsWith("setup/base-image")) {
            images.put("tandem/base:trixie", today);
            return said("");
        }
        String last = argv.getLast();
        return switch (String.join(" ", argv.subList(1, Math.min(3, argv.size())))) {
            case "buildx version" -> new Output(1, "", "no such command");
            case "image inspect" -> there(last);
            case "image rm" -> images.remove(last) == null ? there(last) : said("");
            case "image tag" -> {
                images.put(last, images.getOrDefault(argv.get(3), ""));
                yield said("");
            }
            case "images --format" -> newestFirst(last);
            case "run --rm" -> said(images.getOrDefault(argv.get(5), ""));
            default -> built(argv);
        };
    }

    private Output built(List<String> argv) {
        images.put(argv.get(argv.indexOf("--tag") + 1), today);
        return said("");
    }

    private Output newestFirst(String repository) {
        List<String> all = new ArrayList<>(images.keySet());
        return said(
                String.join(
                        "\n",
                        all.reversed().stream().filter(i -> i.startsWith(repository)).toList()));
    }

    private Output there(String image) {
        return images.containsKey(image)
                ? said("sha256:1\n")
                : new Output(1, "\n", "Error: No such image: " + image + "\n");
    }

    /// The commands that began so.
    List<String> commands(String start) {
        return asked.stream().map(Command::toString).filter(c -> c.startsWith(start)).toList();
    }

    private static Output said(String text) {
        return new Output(0, text, "");
    }

    @Override
    public Following follow(Command command, Path file) {
        throw new UnsupportedOperationException();
    }
}
