package dev.tandem.doctor;

import dev.tandem.docker.Docker;
import dev.tandem.docker.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Queries the kernel from a container like those of compose.yaml: which capabilities the engine
/// can give, and what the kernel accepts from a process that has them.
///
/// @param lacking the capabilities that the engine cannot give
/// @param features what the kernel lets a balancer do
record KernelLook(Answer<List<String>> lacking, Answer<KernelSeen> features) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /// The capabilities in compose.yaml, with their numbers (linux/capability.h).
    static final Map<String, Integer> NEEDED = needed();

    private static Map<String, Integer> needed() {
        Map<String, Integer> needed = new LinkedHashMap<>();
        needed.put("NET_ADMIN", 12);
        needed.put("NET_RAW", 13);
        needed.put("NET_BIND_SERVICE", 10);
        needed.put("SYS_NICE", 23);
        needed.put("SETUID", 7);
        needed.put("SETGID", 6);
        needed.put("KILL", 5);
        needed.put("DAC_READ_SEARCH", 2);
        return needed;
    }

    /// Looks, if the balancers' image exists.
    static KernelLook look(Docker docker, String image) {
        if (!docker.hasImage(image)) {
            return unknown("the balancers' image, in which they are tested, is not built yet");
        }
        List<String> all = List.copyOf(NEEDED.keySet());
        Output output = docker.runOnce(LIMIT, arguments(image, all));
        if (output.ok()) {
            KernelSeen kernel = KernelSeen.parse(output.stdout());
            return new KernelLook(bounding(kernel), new Answer.Known<>(kernel));
        }
        // The engine reports that it cannot start the container, but not which capability is
        // missing.
        List<String> refused = new ArrayList<>();
        for (String one : all) {
            Output alone = docker.runOnce(LIMIT, arguments(image, List.of(one)));
            if (alone.timedOut()) {
                return unknown("a container with " + one + ": " + alone.lastLines(1));
            }
            if (!alone.ok()) {
                refused.add(one);
            }
        }
        if (refused.isEmpty() || refused.size() == all.size()) {
            return unknown("a container could not be started: " + output.lastLines(2));
        }
        return new KernelLook(
                new Answer.Known<>(refused),
                new Answer.Unknown<>("not tested without " + String.join(", ", refused)));
    }

    private static KernelLook unknown(String reason) {
        return new KernelLook(new Answer.Unknown<>(reason), new Answer.Unknown<>(reason));
    }

    private static List<String> arguments(String image, List<String> capabilities) {
        List<String> arguments = new ArrayList<>(List.of("--network", "none", "--cap-drop", "ALL"));
        capabilities.forEach(one -> arguments.addAll(List.of("--cap-add", one)));
        arguments.addAll(List.of("--entrypoint", "kernel-facts", image));
        return arguments;
    }

    /// The capabilities that the container really got, as a mask.
    private static Answer<List<String>> bounding(KernelSeen kernel) {
        String mask = kernel.facts().getOrDefault("bounding", "");
        if (!mask.matches("[0-9a-f]{1,16}")) {
            return new Answer.Unknown<>("the container did not report which it has");
        }
        long bits = Long.parseUnsignedLong(mask, 16);
        return new Answer.Known<>(
                NEEDED.entrySet().stream()
                        .filter(one -> (bits >>> one.getValue() & 1) == 0)
                        .map(Map.Entry::getKey)
                        .toList());
    }
}
