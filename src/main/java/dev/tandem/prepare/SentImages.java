package dev.tandem.prepare;

import dev.tandem.disk.Disk;
import dev.tandem.docker.Docker;
import dev.tandem.docker.ImageStore;
import dev.tandem.docker.SiteEngines;
import dev.tandem.model.Stop;
import dev.tandem.render.Setting;
import dev.tandem.text.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The same images on all machines of a site. An image is built once, and sent to the machines that
/// lack it, to all at the same time, without the layers that are there already ({@link
/// LayeredTar}).
///
/// What a machine has under the name counts, not what was built here: a second operator's own build
/// of the same sources replaces nothing that runs. Where machines have different images under one
/// name, the one of the first in the file counts.
///
/// @param engines those of the site
/// @param machines those that are asked
/// @param progress is told of each image that is sent
record SentImages(SiteEngines engines, List<String> machines, Progress progress) {
    /// Makes sure that each machine has these.
    ///
    /// @param own the engine that builds: it has what no machine has
    void ensure(Setting.Images images, Docker own) {
        ensure(images.balancer(), own);
        ensure(images.web(), own);
    }

    /// The same for one.
    void ensure(String image, Docker own) {
        Ids ids = ids(image);
        if (!ids.areTheSame()) {
            send(image, ids.first().map(this::store).orElseGet(own::images), ids.lacking());
        }
    }

    /// What each machine has under a name.
    Ids ids(String image) {
        return new Ids(EachMachine.of(machines, name -> store(name).id(image)));
    }

    /// The ids of an image, by machine; empty where there is none.
    record Ids(Map<String, Optional<String>> each) {
        /// Whether all machines have it.
        boolean areTheSame() {
            return lacking().isEmpty();
        }

        /// Whether a machine has an image of this name.
        boolean isAny() {
            return first().isPresent();
        }

        /// The machine whose image counts.
        Optional<String> first() {
            return each.entrySet().stream()
                    .filter(one -> one.getValue().isPresent())
                    .map(Map.Entry::getKey)
                    .findFirst();
        }

        /// The machines to which it is to be sent.
        List<String> lacking() {
            Optional<String> id =
                    first().flatMap(name -> each.getOrDefault(name, Optional.empty()));
            return each.entrySet().stream()
                    .filter(one -> id.isEmpty() || !id.equals(one.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private ImageStore store(String machine) {
        return engines.on(machine).images();
    }

    private void send(String image, ImageStore from, List<String> to) {
        Optional<String> id = from.id(image);
        try {
            Path scratch = Files.createTempDirectory("tandem-image");
            try {
                Path whole = scratch.resolve("whole.tar");
                progress.begin("sending image " + image + " to " + String.join(", ", to));
                from.save(image, whole);
                List<String> layers = LayeredTar.layers(whole);
                EachMachine.of(
                        to,
                        machine -> {
                            load(image, new Tar(whole, layers), machine);
                            if (!store(machine).id(image).equals(id)) {
                                throw other(image, machine);
                            }
                            progress.done("image " + image + " sent to " + machine);
                            return machine;
                        });
            } finally {
                Staging.delete(scratch);
            }
        } catch (IOException e) {
            throw unwritten(image, e);
        }
    }

    private static Stop unwritten(String image, IOException e) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "cannot write image " + image + " to the directory for temporary files",
                e.toString(),
                "no container was started or changed",
                "df -h " + System.getProperty("java.io.tmpdir"));
    }

    /// An image in a file of this machine.
    ///
    /// @param layers those in it, from the lowest on
    private record Tar(Path file, List<String> layers) {}

    private void load(String image, Tar whole, String machine) {
        ImageStore store = store(machine);
        int there = common(whole.layers(), store.layers());
        Path part = whole.file().resolveSibling(machine + ".tar");
        if (there > 0) {
            try (var out = Disk.create(part)) {
                LayeredTar.without(whole.file(), there, out);
            } catch (IOException e) {
                throw unwritten(image, e);
            }
            if (store.load(part).ok()) {
                return;
            }
            // An engine that stores images in another way takes them whole.
        }
        var output = store.load(whole.file());
        if (!output.ok()) {
            throw new Stop(
                    Stop.Kind.ENVIRONMENT,
                    "image " + image + " could not be loaded on " + machine,
                    output.lastLines(5),
                    "no container was started or changed",
                    "on that machine: df -h /var/lib/docker");
        }
    }

    /// How many layers, from the first on, an engine has: a layer is known with all below it.
    static int common(List<String> layers, List<List<String>> there) {
        int most = 0;
        for (List<String> other : there) {
            int same = 0;
            while (same < Math.min(layers.size(), other.size())
                    && layers.get(same).equals(other.get(same))) {
                same++;
            }
            most = Math.max(most, same);
        }
        return most;
    }

    private static Stop other(String image, String machine) {
        return new Stop(
                Stop.Kind.ENVIRONMENT,
                "image %s is another one on %s than where it was sent from"
                        .formatted(image, machine),
                "the ids differ",
                "no container was started or changed",
                "on that machine: docker image rm " + image + ", then: tandem up");
    }
}
