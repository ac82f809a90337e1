package dev.tandem.importing;

import dev.tandem.model.Ip6;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where a frontend listens: a `bind` line, or an address behind the name of the section, as
/// HAProxy 1 had it.
///
/// @param line the line itself
/// @param hosts its IPv4 addresses; none for all of them
/// @param ipv6 its IPv6 addresses, `::` for all of them; none where it has no IPv6
/// @param ports its ports
/// @param options what stands behind the addresses
/// @param remarks what cannot be carried of the addresses
record BindLine(
        Line line,
        Set<String> hosts,
        Set<String> ipv6,
        Set<Integer> ports,
        List<String> options,
        List<String> remarks) {
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(ipv4@)?(?<host>[^:\\[\\]/@]*):(?<port>\\d{1,5})(-(?<last>\\d{1,5}))?");

    /// HAProxy takes what follows the last colon for the port, with brackets or without.
    private static final Pattern IPV6 =
            Pattern.compile(
                    "(?<family>ipv6@)?(?<host>[^@/]*):(?<port>\\d{1,5})(-(?<last>\\d{1,5}))?");

    private static final int MOST = 20;

    BindLine {
        hosts = Set.copyOf(hosts);
        ipv6 = Set.copyOf(ipv6);
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
        Set<String> ipv6 = new TreeSet<>();
        Set<Integer> ports = new TreeSet<>();
        List<String> remarks = new ArrayList<>();
        for (String address : line.word(first).split(",", -1)) {
            Matcher matcher = ADDRESS.matcher(address);
            if (ImportWords.hasVariable(address)) {
                remarks.add("where it listens depends on a variable of the environment");
            } else if (matcher.matches()) {
                remarks.addAll(range(matcher, ports));
                String host = matcher.group("host");
                if (!Set.of("", "*", "0.0.0.0").contains(host)) {
                    hosts.add(host);
                }
            } else {
                remarks.addAll(ipv6(address, ipv6, ports));
            }
        }
        return new BindLine(line, hosts, ipv6, ports, line.from(first + 1), remarks);
    }

    private static List<String> range(Matcher matcher, Set<Integer> ports) {
        int port = Integer.parseInt(matcher.group("port"));
        String last = matcher.group("last");
        int most = last == null ? port : Integer.parseInt(last);
        for (int one = port; one <= Math.min(most, port + MOST); one++) {
            ports.add(one);
        }
        return most - port > MOST
                ? List.of("a range of more than %d ports".formatted(MOST))
                : List.of();
    }

    /// What is no address of IPv4.
    private static List<String> ipv6(String address, Set<String> ipv6, Set<Integer> ports) {
        Matcher matcher = IPV6.matcher(address);
        if (!matcher.matches()) {
            return List.of("a socket or a file descriptor is no port for clients");
        }
        String host = matcher.group("host").replaceFirst("^\\[(.*)]$", "$1");
        boolean isAll = matcher.group("family") != null && Set.of("", "*").contains(host);
        Optional<Ip6> one = isAll ? Ip6.parse("::") : Ip6.parse(host);
        if (one.isEmpty()) {
            return List.of("it is no address: " + address);
        }
        ipv6.add(one.get().toString());
        List<String> remarks = new ArrayList<>(range(matcher, ports));
        if (!one.get().equals(new Ip6(0, 0))) {
            remarks.add(
                    "%s: over IPv6, balancers listen at all of their own addresses, and there is no"
                                    .formatted(one.get())
                            + " VIP");
        }
        return remarks;
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
