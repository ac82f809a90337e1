import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.maven.eventspy.AbstractEventSpy;
import org.eclipse.aether.RepositoryEvent;
import org.eclipse.aether.artifact.Artifact;

/// Part of Maven while it builds Tandem: compares every jar that Maven finds, its plugins' as well
/// as the program's, with setup/checksums.txt, before anything in it runs. Another jar than
/// that of the list, or one that is not in the list, ends the build.
///
/// It does what Maven's own "trusted checksums" do, which Debian 12's Maven 3.8 does not have.
/// A jar that is in the local repository already is compared, too: it may be another one by now.
@Named
@Singleton
public final class Checksums extends AbstractEventSpy {
    private static final String OWN = "dev.tandem";

    private final Path list = Path.of(System.getProperty("tandem.checksums", ""));

    /// New jars are added to the list instead of refused.
    private final boolean writes = Boolean.getBoolean("tandem.checksums.write");

    private final Map<String, String> known = new TreeMap<>();
    private final Map<String, String> found = new TreeMap<>();

    @Override
    public void init(Context context) {
        try {
            for (String line : Files.exists(list) ? Files.readAllLines(list) : List.<String>of()) {
                String[] words = line.split(" {2}", 2);
                if (words.length == 2) {
                    known.put(words[1], words[0]);
                }
            }
        } catch (IOException e) {
            refuse("the list of checksums cannot be read", list + ": " + e);
        }
    }

    @Override
    public void onEvent(Object event) {
        if (!(event instanceof RepositoryEvent)) {
            return;
        }
        RepositoryEvent one = (RepositoryEvent) event;
        if (one.getType() == RepositoryEvent.EventType.ARTIFACT_RESOLVED
                && one.getFile() != null
                && one.getFile().getName().endsWith(".jar")
                && !one.getArtifact().getGroupId().equals(OWN)) {
            look(name(one.getArtifact()), one.getFile());
        }
    }

    private synchronized void look(String name, File file) {
        String before = found.get(name);
        if (before != null) {
            return;
        }
        String sum = sha256(file.toPath());
        found.put(name, sum);
        String wanted = known.get(name);
        if (wanted == null && !writes) {
            refuse("a library is not in the list of checksums", name + " has " + sum);
        } else if (wanted != null && !wanted.equals(sum)) {
            refuse(
                    "a library is not the one that it should be",
                    file + "\n         has " + sum + "\n         not " + wanted);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (!writes) {
            return;
        }
        Map<String, String> all = new TreeMap<>(known);
        all.putAll(found);
        StringBuilder text = new StringBuilder();
        all.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
        Files.writeString(list, text);
    }

    /// Its path in a repository.
    private static String name(Artifact one) {
        String classifier = one.getClassifier().isEmpty() ? "" : "-" + one.getClassifier();
        return String.format(
                "%s/%s/%s/%s-%s%s.jar",
                one.getGroupId().replace('.', '/'),
                one.getArtifactId(),
                one.getBaseVersion(),
                one.getArtifactId(),
                one.getVersion(),
                classifier);
    }

    private static String sha256(Path file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] sum = digest.digest(Files.readAllBytes(file));
            return String.format("%064x", new BigInteger(1, sum));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Maven goes on after whatever is thrown here.
    private static void refuse(String what, String seen) {
        System.err.printf(
                "%nThe build is refused: %s%n  seen:  %s%n  state: nothing of it was run%n"
                        + "  next:  compare it with its publisher's; if yours was changed, remove it"
                        + " from the local repository; see docs/libraries.md%n",
                what, seen);
        System.err.flush();
        Runtime.getRuntime().halt(1);
    }
}
