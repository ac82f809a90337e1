package dev.tandem.importing;

import dev.tandem.file.Reading;
import dev.tandem.file.SiteReader;
import dev.tandem.file.Surroundings;
import dev.tandem.file.TcpAlone;
import dev.tandem.file.yaml.Problem;
import dev.tandem.importing.Yaml.Written;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Takes out of a site file what its reader refuses, and lists it, until it is valid.
final class Repair {
    private static final int MOST = 2000;

    private static final List<String> VIP =
            List.of("address", "more", "subnet", "interface", "router_id", "return");

    private final ImportDraft draft;
    private final Surroundings surroundings;

    Repair(ImportDraft draft, Surroundings surroundings) {
        this.draft = draft;
        this.surroundings = surroundings;
    }

    /// The lines of the valid file.
    List<Written> valid(List<String> order) {
        for (int round = 0; round < MOST; round++) {
            needed();
            List<Written> written = Yaml.of(ordered(order));
            if (!(read(written) instanceof Reading.Bad bad)) {
                return written;
            }
            int before = written.size();
            bad.problems().forEach(problem -> refuse(problem, written));
            if (Yaml.of(ordered(order)).size() == before && round > 0 && isStuck(written, order)) {
                throw new IllegalStateException("cannot be made valid: " + bad.render());
            }
        }
        throw new IllegalStateException("cannot be made valid");
    }

    private boolean isStuck(List<Written> before, List<String> order) {
        List<String> now = Yaml.of(ordered(order)).stream().map(Written::text).toList();
        return now.equals(before.stream().map(Written::text).toList());
    }

    private Reading read(List<Written> written) {
        String text = written.stream().map(one -> one.text() + "\n").collect(Collectors.joining());
        return SiteReader.read("tandem.yaml", text.getBytes(StandardCharsets.UTF_8), surroundings);
    }

    /// A virtual IP has to be there, and web servers unless there are services alone.
    private void needed() {
        YamlPart vip = draft.root().map("vip");
        if (vip.child("address").isEmpty()) {
            vip.text("address", "192.0.2.10").remark("TO DO: the address that your clients use");
        }
        YamlPart servers = draft.root().map("servers");
        if (servers.isEmpty()) {
            draft.root()
                    .child("backend")
                    .ifPresent(node -> {
                        draft.ledger().refused(node.origins(), "no web server of it is left");
                        draft.root().remove(node);
                    });
        }
        if (servers.isEmpty() && isTcpAlone()) {
            ofHttp().toList().forEach(port -> remove(draft.root(), port));
        } else if (servers.isEmpty()) {
            servers.remark("Nginx of Tandem's: nothing that was imported is for HTTP");
            servers.add(new YamlPart(draft.names().node("web-a", ""), YamlPart.Form.VALUE, ""));
            servers.add(new YamlPart(draft.names().node("web-b", ""), YamlPart.Form.VALUE, ""));
        }
    }

    /// Whether there are services, and nothing that is for HTTP.
    private boolean isTcpAlone() {
        return draft.root().child("services").filter(node -> !node.isEmpty()).isPresent()
                && ofHttp().allMatch(Repair::isMovedPort);
    }

    private Stream<YamlPart> ofHttp() {
        return TcpAlone.paths().stream()
                .flatMap(path -> at(draft.root(), path).stream())
                .filter(node -> node.form() == YamlPart.Form.VALUE || !node.isEmpty());
    }

    private static Optional<YamlPart> at(YamlPart below, String path) {
        int dot = path.indexOf('.');
        return dot < 0
                ? below.child(path)
                : below.child(path.substring(0, dot))
                        .flatMap(node -> at(node, path.substring(dot + 1)));
    }

    /// A port of HTTP that comes from nowhere: it was to leave the usual one to a service.
    private static boolean isMovedPort(YamlPart node) {
        return node.form() == YamlPart.Form.VALUE && node.origins().isEmpty();
    }

    private YamlPart ordered(List<String> order) {
        YamlPart root = YamlPart.root();
        draft.root().children().stream()
                .filter(node -> node.form() == YamlPart.Form.VALUE || !node.isEmpty())
                .map(node -> node.key().equals("vip") ? node.sorted(VIP) : node)
                .sorted(Comparator.comparingInt(node -> order.indexOf(node.key())))
                .forEach(root::add);
        return root;
    }

    /// Takes out the key that a problem is about, and what is empty without it.
    private void refuse(Problem problem, List<Written> written) {
        Optional<Written> line =
                Optional.of(problem.line() - 1)
                        .filter(at -> at >= 0 && at < written.size())
                        .map(written::get);
        if (line.isEmpty()
                || (line.get().node().key().isEmpty()
                        && line.get().node().children().isEmpty()
                        && line.get().node().form() == YamlPart.Form.MAP)) {
            return;
        }
        YamlPart node = line.get().node();
        // A file with both is told of once.
        boolean again =
                node.key().equals("key")
                        && written.stream()
                                .filter(one -> one.parent() == line.get().parent())
                                .map(Written::node)
                                .anyMatch(one ->
                                        one.key().equals("certificate")
                                                && one.value().equals(node.value()));
        if (!again) {
            draft.ledger().refused(node.origins(), problem.message() + " (" + problem.hint() + ")");
        }
        remove(draft.root(), node);
    }

    private static boolean remove(YamlPart from, YamlPart wanted) {
        for (YamlPart child : new ArrayList<>(from.children())) {
            if (child == wanted) {
                from.remove(child);
                return true;
            }
            if (remove(child, wanted)) {
                if (child.isEmpty()) {
                    from.remove(child);
                }
                return true;
            }
        }
        return false;
    }
}
