package dev.tandem.acme;

import java.util.List;

/// Which names a certificate is for. Pure.
final class CertificateNames {
    private CertificateNames() {}

    /// Those that a certificate with these names is not for. A wildcard stands for one label.
    static List<String> uncovered(List<String> wanted, List<String> have) {
        return wanted.stream()
                .filter(name -> have.stream().noneMatch(one -> covers(one, name)))
                .toList();
    }

    private static boolean covers(String one, String name) {
        if (one.equals(name)) {
            return true;
        }
        int dot = name.indexOf('.');
        return one.startsWith("*.")
                && !name.startsWith("*")
                && dot > 0
                && one.substring(1).equals(name.substring(dot));
    }

    /// Those that need not be ordered, because another one of them stands for them: a CA refuses an
    /// order with both.
    static List<String> needed(List<String> names) {
        return names.stream()
                .filter(name ->
                        names.stream()
                                .noneMatch(other -> !other.equals(name) && covers(other, name)))
                .toList();
    }
}
