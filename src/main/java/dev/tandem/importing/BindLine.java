package dev.tandem.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where a frontend listens: a `bind` line, or an address behind the name of the section, as HAProxy
/// 1 had it.
///
/// @param line the line itself
/// @param hosts its IPv4 addresses; none for all of them
/// @param ports its ports
/// @param options what stands behind the addresses
/// @param remarks what cannot be carried of the addresses
record BindLine(
        Line line, Set<String> hosts, Set<Integer> ports, List<String> options, List<String> remarks) {
    private static final Pattern ADDRESS =
            Pattern.compile("(ipv4@)?(?<host>[^:\\[\\]/@]*):(?<port>\\d{1,5})(-(?<last>\\d{1,5}))?");
    private static final int MOST = 20;

    BindLine {
        hosts = Set.copyOf(hosts);
        ports = new TreeSet<>(ports);
        options = List.copyOf(options);
        remarks = List.copyOf(remarks);
    }

    static List<BindLine> all(Proxy proxy) {
        Line header = proxy.header();
        boolean old = !header.word(2).isEmpty() && !header.word(2).equals("from");
        return Stream.concat(
                        old ? Stream.of(of(header, 2)) : Stream.of(),
                        proxy.own("bind").stream().map(line -> of(line, 1)))
                .toList();
    }

    private static BindLine of(Line line, int first) {
        Set<String> hosts = new TreeSet<>();
        Set<Integer> ports = new TreeSet<>();
        List<String> remarks = new ArrayList<>();
        for (String address : line.word(first).split(",", -1)) {
            Matcher matcher = ADDRESS.matcher(address);
            if (Words.hasVariable(address)) {
                remarks.add("where it listens depends on a variable of the environment");
            } else if (matcher.matches()) {
                int port = Integer.parseInt(matcher.group("port"));
                String last = matcher.group("last");
                int most = last == null ? port : Integer.parseInt(last);
                if (most - port > MOST) {
                    remarks.add("a range of more than %d ports".formatted(MOST));
                }
                for (int one = port; one <= Math.min(most, port + MOST); one++) {
                    ports.add(one);
                }
                String host = matcher.group("host");
                if (!Set.of("", "*", "0.0.0.0").contains(host)) {
                    hosts.add(host);
                }
            } else {
                remarks.addAll(ipv6(address, ports));
            }
        }
        return new BindLine(line, hosts, ports, line.from(first + 1), remarks);
    }

    /// All addresses of IPv6 are mostly those of IPv4 as well.
    private static List<String> ipv6(String address, Set<Integer> ports) {
        Matcher all = Pattern.compile("(ipv6@)?(\\[::]|::):(\\d{1,5})").matcher(address);
        if (all.matches()) {
            ports.add(Integer.parseInt(all.group(3)));
            return List.of("IPv6 is left out: clients come over IPv4");
        }
        return List.of(
                address.startsWith("/") || address.contains("@")
                        ? "a socket or a file descriptor is no port for clients"
                        : "IPv6 is left out: clients come over IPv4");
    }

    boolean isTls() {
        return options.contains("ssl");
    }

    /// The certificates that it shows: files or directories.
    List<String> certificates() {
        List<String> files = new ArrayList<>();
        for (int i = 0; i + 1 < options.size(); i++) {
            if (options.get(i).equals("crt")) {
                files.add(options.get(i + 1));
            }
        }
        return files;
    }
}
