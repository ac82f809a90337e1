package dev.tandem.docker;

import java.util.List;
import java.util.function.Supplier;

/// What `setup/engine --look` says on a machine. Pure.
public sealed interface Look {
    /// How the script begins what it says.
    String SCRIPT = "setup/engine: ";

    /// It would do something.
    ///
    /// @param user who is logged in there
    /// @param root how that user is root
    /// @param steps what would be done, each in words
    /// @param shown what there is to see before one agrees: settings as they are to be
    record Steps(String user, Root root, List<String> steps, List<String> shown) implements Look {}

    /// On the machine itself an engine answers.
    ///
    /// @param version its version
    record Answers(String version) implements Look {}

    /// It can do nothing, or was not reached.
    ///
    /// @param seen why
    record Fails(String seen) implements Look {}

    /// How somebody is root.
    enum Root {
        /// By being root.
        SELF,
        /// By `sudo`, without a password.
        SUDO,
        /// Not at all.
        NONE
    }

    /// Reads what was printed.
    ///
    /// @param failed what was seen, if it is no answer
    static Look of(Output output, Supplier<String> failed) {
        List<String> lines = output.lines();
        List<String> answers = after("answers ", lines);
        if (output.ok() && !answers.isEmpty()) {
            return new Answers(answers.getFirst());
        }
        List<String> who = after("as ", lines);
        List<String> steps = after("step ", lines);
        if (!output.ok() || who.isEmpty() || steps.isEmpty()) {
            return new Fails(failed.get());
        }
        String[] words = who.getFirst().split(" ", 2);
        Root root =
                switch (words[0]) {
                    case "root" -> Root.SELF;
                    case "sudo" -> Root.SUDO;
                    default -> Root.NONE;
                };
        // What comes before is sshd's: a banner.
        List<String> shown =
                output.stderr().lines().dropWhile(line -> !line.startsWith(SCRIPT)).toList();
        return new Steps(words[1], root, steps, shown);
    }

    private static List<String> after(String word, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(word))
                .map(line -> line.substring(word.length()))
                .toList();
    }
}
