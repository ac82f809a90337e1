package dev.tandem.manual;

import dev.tandem.manual.ProgramPage.Arity;
import dev.tandem.manual.ProgramPage.Choice;
import dev.tandem.manual.ProgramPage.Verb;
import dev.tandem.manual.ProgramPage.Words;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Completion for bash, version 3.2 and later, without the package bash-completion.
///
/// Verbs and options stand in the script. The names of a site's nodes are asked for with a hidden
/// verb, so that they come from the site file as Tandem itself reads it.
public final class BashCompletion {
    private static final String HEAD =
            """
            # Completion of tandem for bash, made by: tandem completion bash
            # In this shell alone:  source <(tandem completion bash)

            # Sets what one verb understands: all options, those with a value, how many names.
            _tandem_verb() {
              options='' values='' names=0
              case $1 in
            """;

    private static final String TAIL =
            """
              esac
            }

            _tandem() {
              local program=${1/#\\~/$HOME} cur=${COMP_WORDS[COMP_CWORD]} IFS=$' \\t\\n'
              local verb='' wants='' file='' seen=0 options='' values='' names=0 word words='' i
              COMPREPLY=()
              for ((i = 1; i < COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]}
                if [[ $word == '=' ]]; then
                  continue # bash makes three words of --file=x
                elif [[ -n $wants ]]; then
                  [[ $wants != -f && $wants != --file ]] || file=${word/#\\~/$HOME}
                  wants=''
                elif [[ $word == -* ]]; then
                  [[ " $values " != *" $word "* ]] || wants=$word
                elif [[ -z $verb || $verb == help ]]; then
                  verb=$word
                  _tandem_verb "$verb"
                else
                  seen=$((seen + 1))
                fi
              done
              [[ $cur != '=' ]] || cur=''
              if [[ -n $wants ]]; then
                case $wants in
            FILES      *) return ;;
                esac
              elif [[ -z $verb || $verb == help ]]; then
                words='VERBS'
              elif [[ $cur == -* ]]; then
                words=$options
              elif ((seen < names)); then
                words=$("$program" candidates "$verb" ${file:+--file "$file"} 2>/dev/null </dev/null)
              elif ((names < 0)); then
                compopt -o filenames 2>/dev/null
                IFS=$'\\n'
                [[ $names == -1 ]] && words=-d || words=-f
                COMPREPLY=($(compgen $words -- "$cur"))
                return
              fi
              COMPREPLY=($(compgen -W "$words" -- "$cur"))
            }

            complete -F _tandem tandem
            """;

    private BashCompletion() {}

    /// The script.
    public static String of(ProgramPage program) {
        StringBuilder script = new StringBuilder(HEAD);
        program.verbs().forEach(verb -> script.append(line(verb)));
        String verbs =
                program.verbs().stream().map(Verb::name).collect(Collectors.joining(" ", "", " "));
        return script.append(
                        TAIL.replace("VERBS", verbs + "help").replace("FILES", values(program)))
                .toString();
    }

    private static String line(Verb verb) {
        return "    %s)\n      options='%s'\n      values='%s'\n      names=%d\n      ;;\n"
                .formatted(
                        verb.name(),
                        names(verb.options().stream()),
                        names(verb.options().stream().filter(Choice::hasValue)),
                        count(verb));
    }

    private static String names(Stream<Choice> options) {
        return options.flatMap(option -> option.names().stream()).collect(Collectors.joining(" "));
    }

    /// How many of its arguments are names that the program knows; -1: they are directories, and
    /// less: files.
    private static int count(Verb verb) {
        int count = 0;
        for (ProgramPage.Argument argument : verb.arguments()) {
            count +=
                    switch (argument.words()) {
                        case NAMES -> argument.arity() == Arity.MANY ? 99 : 1;
                        case DIRECTORIES -> -1;
                        case FILES -> -2;
                        case NONE -> 0;
                    };
        }
        return count;
    }

    /// The cases for options whose value is a file or a directory.
    private static String values(ProgramPage program) {
        return Stream.of(value(program, Words.FILES, "-f"), value(program, Words.DIRECTORIES, "-d"))
                .collect(Collectors.joining());
    }

    private static String value(ProgramPage program, Words words, String flag) {
        Predicate<Choice> meant = option -> option.hasValue() && option.words() == words;
        List<String> names =
                program.verbs().stream()
                        .flatMap(verb -> verb.options().stream())
                        .filter(meant)
                        .flatMap(option -> option.names().stream())
                        .distinct()
                        .sorted()
                        .toList();
        String body =
                """
                        compopt -o filenames 2>/dev/null
                        IFS=$'\\n'
                        COMPREPLY=($(compgen %s -- "$cur"))
                        return
                        ;;
                """
                        .formatted(flag);
        return names.isEmpty() ? "" : "      " + String.join(" | ", names) + ")\n" + body;
    }
}
