package dev.tandem.docker.fake;

import dev.tandem.docker.Command;
import dev.tandem.docker.Output;
import dev.tandem.prepare.SiteDirectory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an engine says, without what differs from machine to machine and from run to run.
///
/// Kept are all parts that Tandem reads. Of `show stat` these are a few columns; a hash of a file
/// of the site becomes the name of that file, which says more.
///
/// @param site the project's name
/// @param lan what all addresses of the LAN begin with
/// @param network what all addresses of the inner network begin with
/// @param directory the site's
record Normal(String site, String lan, String network, SiteDirectory directory) {
    private static final List<String> COLUMNS =
            List.of(
                    "# pxname",
                    "svname",
                    "scur",
                    "status",
                    "check_status",
                    "check_code",
                    "uweight");

    /// What stands in the place of what, in this order. Facts of a balancer that differ from one
    /// moment to the next.
    private static final Pattern OF_THE_MOMENT =
            Pattern.compile("^(listener|listener_down|turn_age|disk|lan|share|program)=");

    private static final Map<String, String> VARYING = varying();

    /// What Tandem looks for when a client complains: clients of Docker have words of their own.
    private static final Pattern COMPLAINT =
            Pattern.compile(
                    "^Error.*?(no such|is paused|is not running|is not paused|is not connected"
                            + "|already exists)",
                    Pattern.CASE_INSENSITIVE);

    private static Map<String, String> varying() {
        Map<String, String> varying = new LinkedHashMap<>();
        varying.put(",\\* (L7OK),0,", ",$1,200,"); // the next check is under way
        // A peer's question to a listener, or one of the init, may be open.
        varying.put("^(\\w+,FRONTEND|tandem_speaker,speaker),\\d+,", "$1,0,");
        varying.put("(sha256:)?\\b[0-9a-f]{64}\\b", "ID");
        varying.put("(tandem/[a-z]+):[0-9a-f]{12}", "$1:TAG");
        varying.put("( [0-9a-f]{12})+$", " IDS");
        varying.put("\\b[0-9a-f]{12}\\b", "HASH");
        varying.put("\\b[0-9A-F]{40}\\b", "FINGERPRINT");
        varying.put("\\b([0-9a-f]{2}:){5}[0-9a-f]{2}\\b", "MAC");
        varying.put("\\beth\\d\\b", "eth");
        varying.put("\\bUp [^\\t(]*[^\\t( ]", "Up TIME");
        varying.put("Exited \\(\\d+\\) [^\\t]*", "Exited");
        varying.put("Up TIME \\((healthy|health: starting)\\)", "Up TIME");
        varying.put("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "MOMENT");
        varying.put("^(workers)=\\d+$", "$1=N");
        varying.put("\\b(process|workers)( \\d+)+", "$1 N");
        varying.put("^\\d+\\.\\d+\\.\\d+\\S*$", "VERSION");
        return varying;
    }

    String command(Command command) {
        return words(command.toString().replace("\n", "\\n").replace("\t", "\\t"));
    }

    /// Of commands that list what others have, too, only the site's own.
    String answer(Command command, String stdout) {
        String said = command.toString();
        if (said.startsWith("docker network ls")) {
            return "";
        }
        boolean listed = said.startsWith("docker ps") || said.startsWith("docker network inspect");
        Stream<String> lines =
                stdout.lines().filter(line -> !listed || line.contains(site) || line.isBlank());
        List<String> kept = statistics(lines.map(this::words).toList());
        boolean sorted = listed || said.contains(" node-state");
        return (sorted ? kept.stream().sorted() : kept.stream())
                .filter(line -> !line.isBlank())
                .filter(line ->
                        !said.contains(" node-state") || !OF_THE_MOMENT.matcher(line).find())
                .collect(Collectors.joining("\n"));
    }

    /// What was said of a command that failed. Progress of Compose is for people.
    String complaint(Command command, Output output) {
        boolean progress = output.ok() && command.toString().startsWith("docker compose");
        boolean log = command.toString().startsWith("docker logs");
        if (progress || log) {
            return "";
        }
        Matcher docker = COMPLAINT.matcher(output.stderr());
        return docker.find()
                ? docker.group(1).toLowerCase(Locale.ROOT)
                : words(output.stderr()).strip();
    }

    private String words(String text) {
        String named = text;
        for (Map.Entry<String, String> hash : hashes().entrySet()) {
            named = named.replace(hash.getValue(), "hash of " + hash.getKey());
        }
        named = named.replace(root(), "DIRECTORY").replace(site, "SITE");
        named = named.replace(lan, "LAN.").replace(network, "NET.");
        for (Map.Entry<String, String> other : VARYING.entrySet()) {
            named = named.replaceAll(other.getKey(), other.getValue());
        }
        return named;
    }

    private String root() {
        return directory.root().toAbsolutePath().normalize().toString();
    }

    private Map<String, String> hashes() {
        Map<String, String> hashes = new LinkedHashMap<>();
        directory
                .hashes(directory.paths())
                .forEach((path, hash) -> {
                    if (!hashes.containsValue(hash)) {
                        hashes.put(path, hash);
                    }
                });
        return hashes;
    }

    /// The columns that Tandem reads, where these are statistics.
    private static List<String> statistics(List<String> lines) {
        List<String> kept = new ArrayList<>();
        List<String> header = List.of();
        for (String line : lines) {
            if (line.startsWith("# pxname")) {
                header = List.of(line.split(","));
            }
            kept.add(header.isEmpty() || line.isEmpty() ? line : columns(header, line));
        }
        return kept;
    }

    private static String columns(List<String> header, String line) {
        String[] fields = line.split(",", -1);
        return COLUMNS.stream()
                .map(column -> {
                    int at = header.indexOf(column);
                    return at >= 0 && at < fields.length ? fields[at] : "";
                })
                .collect(Collectors.joining(","));
    }
}
