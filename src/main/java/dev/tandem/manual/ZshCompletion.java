package dev.tandem.manual;

import dev.tandem.manual.ProgramPage.Argument;
import dev.tandem.manual.ProgramPage.Choice;
import dev.tandem.manual.ProgramPage.Verb;
import dev.tandem.manual.ProgramPage.Words;
import java.util.stream.Collectors;

/// Completion for zsh, by its own `_arguments`, so that it shows what each option is for.
public final class ZshCompletion {
    private static final String HEAD =
            """
            #compdef tandem
            # Completion of tandem for zsh, made by: tandem completion zsh
            # In this shell alone, after compinit:  source <(tandem completion zsh)

            # Names that the program itself knows, such as those of a site's nodes. The verb is the last
            # argument; those before it are for compadd.
            _tandem_names() {
              local file=${opt_args[-f]:-${opt_args[--file]}}
              local -a known
              local -a from=(${file:+--file} ${file:+${(Q)file}})
              known=(${(f)"$("$program" candidates $argv[-1] $from 2>/dev/null </dev/null)"})
              compadd "${@[1,-2]}" -a known
            }

            _tandem_verbs() {
              local -a verbs
              verbs=(
            """;

    private static final String MIDDLE =
            """
                'help:Shows the help of a verb.'
              )
              _describe verb verbs
            }

            _tandem() {
              local curcontext=$curcontext state line program=${${(Q)words[1]}/#\\~/$HOME}
              typeset -A opt_args
              _arguments -C '(-h --help)'{-h,--help}'[Shows this help.]' \\
                '1:verb:_tandem_verbs' '*::argument:->rest'
              [[ $state == rest ]] || return
              case $words[1] in
                help) _arguments '1:verb:_tandem_verbs' ;;
            """;

    private static final String TAIL =
            """
              esac
            }

            if [[ $funcstack[1] == _tandem ]]; then _tandem "$@"; else compdef _tandem tandem; fi
            """;

    private ZshCompletion() {}

    /// The script.
    public static String of(ProgramPage program) {
        StringBuilder script = new StringBuilder(HEAD);
        for (Verb verb : program.verbs()) {
            script.append("    ").append(quoted(verb.name() + ":" + verb.summary())).append('\n');
        }
        script.append(MIDDLE);
        program.verbs().forEach(verb -> script.append(rules(verb)));
        return script.append(TAIL).toString();
    }

    private static String rules(Verb verb) {
        StringBuilder rules = new StringBuilder();
        for (Choice option : verb.options()) {
            for (String name : option.names()) {
                rules.append(" \\\n        ").append(quoted(rule(option, name)));
            }
        }
        for (Argument argument : verb.arguments()) {
            rules.append(" \\\n        ").append(quoted(rule(verb, argument)));
        }
        return "    %s)\n      _arguments -s%s\n      ;;\n".formatted(verb.name(), rules);
    }

    /// An option is offered until one of its names was given.
    private static String rule(Choice option, String name) {
        String others = option.names().stream().collect(Collectors.joining(" ", "(", ")"));
        String about = "[" + option.description().replaceAll("[\\[\\]]", "\\\\$0") + "]";
        if (!option.hasValue()) {
            return others + name + about;
        }
        String joined = name + (name.startsWith("--") ? "=" : "+");
        return others + joined + about + ":" + option.value() + ":" + action(option.words(), "");
    }

    private static String rule(Verb verb, Argument argument) {
        String how =
                switch (argument.arity()) {
                    case ONE -> ":";
                    case OPTIONAL -> "::";
                    case MANY -> "*:";
                };
        return how + argument.label() + ":" + action(argument.words(), verb.name());
    }

    private static String action(Words words, String verb) {
        return switch (words) {
            case FILES -> "_files";
            case DIRECTORIES -> "_files -/";
            case NAMES -> "_tandem_names " + verb;
            case NONE -> " ";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
