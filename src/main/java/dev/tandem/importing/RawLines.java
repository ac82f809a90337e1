package dev.tandem.importing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Lines that stay HAProxy's own, below `haproxy`, each with the `acl` lines that it needs.
final class RawLines {
    /// Names of Tandem's rules.
    private static final Set<String> OF_TANDEM =
            Set.of("balancers", "trusted", "speaking", "stays");

    /// The beginning of the block of a pool.
    static final String POOL = "pool.";

    private final Fates ledger;
    private final YamlPart root;

    /// What each name means, by the block that it stands in.
    private final Map<String, String> acls = new HashMap<>();

    /// Who has a name in a block: lines of one section add to it, those of another one would change
    /// what it means.
    private final Map<String, String> owners = new HashMap<>();

    private final Set<String> written = new LinkedHashSet<>();

    RawLines(Fates ledger, YamlPart root) {
        this.ledger = ledger;
        this.root = root;
    }

    /// Adds one.
    ///
    /// @param rule the line
    /// @param needs the `acl` lines that say what its names mean
    /// @param owner the section that it stands in
    /// @param blocks where it goes: `http`, `https`, `backend`, `global`, or `pool.` and the name
    ///   of a pool
    void add(Line rule, List<Line> needs, String owner, List<String> blocks) {
        if (rule.hasVariable() || needs.stream().anyMatch(Line::hasVariable)) {
            ledger.listed(rule, "a variable of the environment is not there in a balancer");
            return;
        }
        Optional<String> absent = absent(rule, needs);
        if (absent.isPresent()) {
            ledger.listed(rule, absent.get());
            needs.forEach(acl -> ledger.listed(acl, absent.get()));
            return;
        }
        if (needs.stream().map(acl -> acl.word(1)).anyMatch(OF_TANDEM::contains)) {
            ledger.listed(rule, "an acl of this name is one of Tandem's: give it another one");
            return;
        }
        for (String block : blocks) {
            if (isOthers(needs, owner, block)) {
                ledger.listed(rule, "an acl of this name means something else in another section");
                return;
            }
        }
        for (String block : blocks) {
            YamlPart node = node(block);
            for (Line acl : needs) {
                write(node, acl, ImportWords.uncommented(acl.text()), block);
            }
            write(node, rule, ImportWords.uncommented(rule.text()), block);
        }
    }

    /// What a rule needs and a balancer does not have.
    private static Optional<String> absent(Line rule, List<Line> needs) {
        List<String> words = new ArrayList<>(rule.words());
        needs.forEach(acl -> words.addAll(acl.words()));
        for (String word : words) {
            if (word.startsWith("http_auth") || word.equals("auth")) {
                return Optional.of(Known.OF_USERS);
            }
            if (word.startsWith("lua.")) {
                return Optional.of("programs for HAProxy are not in a balancer's container");
            }
            if (word.equals("-f") || word.matches(".*[,(]map(_[a-z]+)*\\(.*")) {
                return Optional.of("a list in a file is not there in a balancer's container");
            }
            if (word.matches("(sc\\d?_|src_|table_|sc-|track-sc).*")) {
                return NotYet.of("stick-table");
            }
            if (word.matches("(nbsrv|connslots|srv_\\w+|be_\\w+|fe_\\w+|queue|avg_queue)\\(.*")) {
                return Optional.of("it asks for a backend by a name that it has no more");
            }
        }
        return Optional.empty();
    }

    private YamlPart node(String block) {
        YamlPart haproxy = root.map("haproxy");
        return block.startsWith(POOL)
                ? haproxy.map("pool").block(block.substring(POOL.length()))
                : haproxy.block(block);
    }

    private boolean isOthers(List<Line> needs, String owner, String block) {
        for (Line acl : needs) {
            String name = block + " " + acl.word(1);
            String all =
                    needs.stream()
                            .filter(one -> one.word(1).equals(acl.word(1)))
                            .map(one -> String.join(" ", one.words()))
                            .collect(Collectors.joining("\n"));
            String before = owners.putIfAbsent(name, owner);
            String meant = acls.putIfAbsent(name, all);
            if (before != null && !before.equals(owner) && !all.equals(meant)) {
                return true;
            }
        }
        return false;
    }

    private void write(YamlPart node, Line line, String text, String block) {
        ledger.raw(line, "haproxy." + block);
        String plain = text.replace('\t', ' ').strip();
        if (written.add(block + " " + plain)) {
            node.line(plain).from(line);
        }
    }
}
