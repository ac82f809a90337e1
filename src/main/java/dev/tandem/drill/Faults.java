package dev.tandem.drill;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// All faults that there are, by name.
///
/// @param all in the order in which they are shown
public record Faults(List<Fault> all) {
    public Faults {
        all = List.copyOf(all);
    }

    /// Those of Tandem.
    public static Faults known() {
        return new Faults(
                List.of(
                        ContainersDown.webKill(),
                        ContainersDown.webStop(),
                        ContainerPaused.webHang(),
                        new WebRefuses(),
                        WebStandIn.web500(),
                        WebStandIn.webSlow(),
                        ContainersDown.webAllDown(),
                        ProgramKilled.haproxyKill(),
                        ProgramHung.haproxyHang(),
                        ProgramKilled.keepalivedKill(),
                        ProgramHung.keepalivedHang(),
                        ContainersDown.balancerKill(),
                        ContainersDown.balancerStop(),
                        ContainerPaused.balancerPause(),
                        new CutOff(),
                        PacketsDropped.cutFromPeer(),
                        PacketsDropped.cutFromServers(),
                        PacketsDropped.packetLoss(),
                        new BalancersRestarted(),
                        new CpuStarvation(),
                        new Switchover()));
    }

    /// The fault of this name.
    public Optional<Fault> named(String name) {
        return all.stream().filter(fault -> fault.name().equals(name)).findFirst();
    }

    /// The name that was probably meant: the one with the fewest letters to change, if that is at
    /// most a third of them, or one that begins so or ends so. Empty when none is near.
    public Optional<String> closest(String wrong) {
        String word = wrong.toLowerCase(Locale.ROOT).replace('_', '-');
        int most = Math.max(1, word.length() / 3);
        return all.stream()
                .map(Fault::name)
                .filter(name -> distance(word, name) <= most || isPart(word, name))
                .min(Comparator.comparingInt(name -> distance(word, name)));
    }

    private static boolean isPart(String word, String name) {
        return word.length() > 2 && (name.startsWith(word) || name.endsWith(word));
    }

    /// How many letters must be inserted, removed or changed (Levenshtein), row by row.
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= left.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= right.length(); column++) {
                int change = left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1;
                int best = Math.min(diagonal + change, 1 + Math.min(row[column], row[column - 1]));
                diagonal = row[column];
                row[column] = best;
            }
        }
        return row[right.length()];
    }
}
