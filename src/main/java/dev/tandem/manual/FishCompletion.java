package dev.tandem.manual;

import dev.tandem.manual.ProgramPage.Argument;
import dev.tandem.manual.ProgramPage.Choice;
import dev.tandem.manual.ProgramPage.Verb;

/// Completion for fish: one `complete` for each verb, option and argument.
public final class FishCompletion {
    private static final String HEAD =
            """
            # Completion of tandem for fish, made by: tandem completion fish
            # In this shell alone:  tandem completion fish | source

            # Whether this verb was typed.
            function __tandem_is
                set -l typed (commandline -opc)
                test (count $typed) -ge 2; and test $typed[2] = $argv[1]
            end

            # Whether no verb was typed yet.
            function __tandem_begins
                test (count (commandline -opc)) -eq 1
            end

            # Names that the program itself knows, such as those of a site's nodes.
            function __tandem_names
                set -l typed (commandline -opc)
                set -l file
                for i in (seq 2 (count $typed))
                    if string match -qr '^(-f|--file)$' -- $typed[$i]; and test $i -lt (count $typed)
                        set file --file $typed[(math $i + 1)]
                    else if string match -q -- '--file=*' $typed[$i]
                        set file --file (string replace -- --file= '' $typed[$i])
                    end
                end
                $typed[1] candidates $argv[1] $file 2>/dev/null </dev/null
            end

            complete -c tandem -f
            """;

    private FishCompletion() {}

    /// The script.
    public static String of(ProgramPage program) {
        StringBuilder script = new StringBuilder(HEAD);
        for (Verb verb : program.verbs()) {
            script.append(
                    "complete -c tandem -n __tandem_begins -a %s -d %s\n"
                            .formatted(verb.name(), quoted(verb.summary())));
        }
        for (Verb verb : program.verbs()) {
            script.append('\n');
            verb.options().forEach(option -> script.append(line(verb, option)));
            verb.arguments().forEach(argument -> script.append(line(verb, argument)));
        }
        return script.toString();
    }

    private static String line(Verb verb, Choice option) {
        StringBuilder line = new StringBuilder(begin(verb));
        for (String name : option.names()) {
            boolean isLong = name.startsWith("--");
            line.append(isLong ? " -l " : " -s ").append(name.substring(isLong ? 2 : 1));
        }
        if (option.hasValue()) {
            line.append(
                    switch (option.words()) {
                        case FILES -> " -rF";
                        case DIRECTORIES -> " -xa '(__fish_complete_directories)'";
                        case NAMES, NONE -> " -x";
                    });
        }
        return line.append(" -d ").append(quoted(option.description())).append('\n').toString();
    }

    private static String line(Verb verb, Argument argument) {
        return switch (argument.words()) {
            case NAMES -> begin(verb) + " -a '(__tandem_names " + verb.name() + ")'\n";
            case DIRECTORIES -> begin(verb) + " -a '(__fish_complete_directories)'\n";
            case FILES -> begin(verb) + " -F\n";
            case NONE -> "";
        };
    }

    private static String begin(Verb verb) {
        return "complete -c tandem -n '__tandem_is " + verb.name() + "'";
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
