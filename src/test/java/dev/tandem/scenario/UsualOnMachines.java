package dev.tandem.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The usual pair (bench/usual-pair) on two machines of a farm, by the same files: on each a
/// balancer and a web server in containers on the LAN, which their engine starts again.
///
/// @param farm has the machines m1 and m2
record UsualOnMachines(Farm farm) {
    static final String VIP = "192.168.0.150";

    /// The addresses of bench/usual-pair, and those on this LAN, where .11 and .12 are machines.
    private static final List<String> PLACES =
            List.of(
                    "s/10\\.98\\.0\\.11/192.168.0.21/g",
                    "s/10\\.98\\.0\\.12/192.168.0.22/g",
                    "s/10\\.98\\.0\\./192.168.0./g");

    /// Brings it up: bl1, the master, and web-a on m1, bl2 and web-b on m2.
    void up() throws IOException {
        node("m1", "bl1", 151, "web-a", 21);
        node("m2", "bl2", 152, "web-b", 22);
    }

    /// Whether the first balancer has the VIP, and it answers there.
    boolean isAtTheFirst() {
        return farm.on(
                                "m1",
                                "docker exec usual-bl1 ip -4 -o address show | grep -q ' %s/'"
                                        .formatted(VIP))
                        .ok()
                && farm.run("lan", "curl", "-sf", "--max-time", "1", "http://" + VIP).ok();
    }

    private void node(String machine, String balancer, int address, String server, int its)
            throws IOException {
        Path files = files(machine);
        String there = "/var/lib/tandem/" + files.getFileName();
        farm.answer(
                machine,
                "docker network create -d macvlan -o parent=ens33 --subnet 192.168.0.0/24 usual");
        String usual = "docker run -d --restart always --network usual --ip 192.168.0.%d";
        farm.answer(
                machine,
                (usual + " --name usual-%s --cap-add NET_ADMIN --cap-add NET_RAW")
                                .formatted(address, balancer)
                        + " -v %s/haproxy:/etc/haproxy:ro".formatted(there)
                        + " -v %s/tls:/etc/haproxy-tls:ro".formatted(there)
                        + " -v %s/%s/keepalived.conf:/etc/keepalived/keepalived.conf:ro"
                                .formatted(there, balancer)
                        + " --entrypoint sh %s /etc/haproxy/start.sh"
                                .formatted(Builds.once().balancer()));
        farm.answer(
                machine,
                (usual + " --name usual-%s -v %s:/etc/usual:ro -v %s:/srv/content:ro")
                                .formatted(its, server, there + "/web", there + "/web/content")
                        + " --entrypoint nginx %s -c /etc/usual/nginx.conf -e stderr"
                                .formatted(Builds.once().web())
                        + " -g 'daemon off;'");
    }

    /// Copies them to a machine.
    private Path files(String machine) throws IOException {
        Path files = farm.directory().resolve(machine).resolve("tandem/usual");
        Path pair = Shell.HOME.resolve("bench/usual-pair");
        Files.createDirectories(files.resolve("tls"));
        for (String part : List.of("haproxy", "bl1", "bl2", "web")) {
            Shell.answer("cp", "-R", pair.resolve(part).toString(), files.toString());
        }
        Shell.answer(
                "sh",
                "-c",
                "find '%s' -type f -exec sed -i %s {} +"
                        .formatted(files, "-e '" + String.join("' -e '", PLACES) + "'"));
        Shell.answer(
                "sh",
                "-c",
                ("cd '%s/tls' && openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=usual"
                                + " -keyout site.key -out site.crt 2>/dev/null"
                                + " && cat site.crt site.key >site.pem")
                        .formatted(files));
        return files;
    }
}
