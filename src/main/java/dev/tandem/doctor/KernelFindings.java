package dev.tandem.doctor;

import dev.tandem.model.Lan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Findings about what the kernel lets a balancer do. Pure.
final class KernelFindings {
    private static final String AFTER_UP = "tandem up builds it; then: tandem doctor";
    private static final String HANDOVER =
            "open connections are not handed over: those on the old master are reset when the VIP"
                    + " moves";

    /// Older kernels do not release a socket that nft_socket has found half-open or closed. This is
    /// the first kernel with the fix, followed by the first of each older line that is still
    /// maintained.
    private static final int[] REPAIRED = {6, 11, 0};

    private static final Map<String, Integer> REPAIRED_IN =
            Map.of("6.10", 11, "6.6", 52, "6.1", 111, "5.15", 168);

    private static final Pattern DEBIAN = Pattern.compile("Debian (\\d+)\\.(\\d+)\\.(\\d+)");
    private static final Pattern RELEASE = Pattern.compile("^(\\d+)\\.(\\d+)\\.?(\\d*)");

    private KernelFindings() {}

    static List<Finding> of(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        findings.add(capabilities(facts.capabilities()));
        switch (facts.kernel()) {
            case Answer.Unknown<KernelSeen>(String reason) ->
                    findings.add(Finding.unknown("kernel", reason, AFTER_UP));
            case Answer.Known<KernelSeen>(KernelSeen kernel) ->
                    findings.addAll(features(kernel, facts.site()));
        }
        return findings;
    }

    private static Finding capabilities(Answer<List<String>> answer) {
        return switch (answer) {
            case Answer.Unknown<List<String>>(String reason) ->
                    Finding.unknown("capabilities", reason, AFTER_UP);
            case Answer.Known<List<String>>(List<String> lacking) ->
                    lacking.isEmpty()
                            ? Finding.well("capabilities", "a container gets everything it needs")
                            : Finding.ill(
                                    "capabilities",
                                    "a container cannot get " + String.join(", ", lacking),
                                    "nodes do not start without the capabilities in compose.yaml",
                                    "start the engine itself with them: whatever starts it (a"
                                            + " container, systemd's"
                                            + " CapabilityBoundingSet=) takes them away");
        };
    }

    private static List<Finding> features(KernelSeen kernel, Optional<SiteSeen> site) {
        List<Finding> findings = new ArrayList<>();
        if (site.isEmpty() || site.get().site().handsOver()) {
            findings.add(handover(kernel, "socket_wildcard", "socket wildcard", "nft_socket"));
            findings.add(handover(kernel, "dup", "dup", "nft_dup_ipv4"));
            findings.add(leak(kernel));
        }
        if (site.flatMap(SiteSeen::lan).filter(Lan.Macvlan.class::isInstance).isPresent()) {
            findings.add(macvlan(kernel.tried("macvlan")));
        }
        return findings;
    }

    private static Finding handover(KernelSeen kernel, String key, String word, String module) {
        String about = "nftables: " + word;
        String said = kernel.tried(key);
        return switch (said) {
            case "yes" -> Finding.well(about, "the kernel accepts it");
            case "unknown" -> Finding.unknown(about, "it could not be tested", AFTER_UP);
            default ->
                    Finding.ill(
                            about,
                            said,
                            HANDOVER,
                            ("a kernel of 5.11 or later with the module %1$s: modprobe %1$s; or in"
                                            + " tandem.yaml: handover: off")
                                    .formatted(module));
        };
    }

    private static Finding macvlan(String said) {
        return switch (said) {
            case "yes" -> Finding.well("macvlan", "the kernel has it");
            case "unknown" -> Finding.unknown("macvlan", "it could not be tested", AFTER_UP);
            default ->
                    Finding.ill(
                            "macvlan",
                            said,
                            "the balancers cannot join the LAN as machines of their own",
                            "modprobe macvlan; or a subnet that no interface has, for a"
                                    + " bridge of this"
                                    + " host");
        };
    }

    private static Finding leak(KernelSeen kernel) {
        Optional<int[]> found = version(kernel);
        if (found.isEmpty()) {
            return Finding.unknown("kernel", "its version is not known", "uname -a");
        }
        int[] version = found.get();
        String text = "%d.%d.%d".formatted(version[0], version[1], version[2]);
        Integer repaired = REPAIRED_IN.get(version[0] + "." + version[1]);
        boolean well =
                version[0] > REPAIRED[0]
                        || (version[0] == REPAIRED[0] && version[1] >= REPAIRED[1])
                        || (repaired != null && version[2] >= repaired);
        return well
                ? Finding.well("kernel", text + ": nft_socket releases what it looks up")
                : Finding.risk(
                        "kernel",
                        text + " is older than 6.11, 6.10.11, 6.6.52, 6.1.111 and 5.15.168",
                        "nft_socket of such a kernel may keep the sockets of half-open and closed"
                                + " connections that handover.nft looks up: memory that is"
                                + " never freed. A distribution may have fixed it without"
                                + " changing the"
                                + " version",
                        "check whether tw_sock_TCP only grows: grep tw_sock_TCP /proc/slabinfo; if"
                                + " so, update the kernel, or in tandem.yaml: handover: off");
    }

    /// Debian's release name gives its ABI, not its version, which is in the build string.
    private static Optional<int[]> version(KernelSeen kernel) {
        Matcher debian = DEBIAN.matcher(kernel.build());
        Matcher release = RELEASE.matcher(kernel.release());
        Matcher found = debian.find() ? debian : release;
        if (found == release && !release.find()) {
            return Optional.empty();
        }
        String last = found.group(3);
        return Optional.of(
                new int[] {
                    Integer.parseInt(found.group(1)),
                    Integer.parseInt(found.group(2)),
                    last.isEmpty() ? 0 : Integer.parseInt(last)
                });
    }
}
