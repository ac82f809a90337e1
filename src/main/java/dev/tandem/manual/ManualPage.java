package dev.tandem.manual;

import dev.tandem.manual.ProgramPage.Argument;
import dev.tandem.manual.ProgramPage.Choice;
import dev.tandem.manual.ProgramPage.Verb;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Manual pages in the language of man(7). They carry a version and no date: the same program gives
/// the same bytes.
public final class ManualPage {
    private ManualPage() {}

    /// All pages, by the names of their files: `tandem.1`, and one for each verb.
    public static Map<String, String> all(ProgramPage program) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put(program.name() + ".1", of(program));
        for (Verb verb : program.verbs()) {
            pages.put(program.name() + "-" + verb.name() + ".1", of(program, verb));
        }
        return pages;
    }

    /// The page of the program.
    public static String of(ProgramPage program) {
        StringBuilder page = new StringBuilder(head(program, program.name(), program.summary()));
        page.append(".SH SYNOPSIS\n.B %s\n.I VERB\n.RI [ ARGUMENTS ]\n".formatted(program.name()));
        page.append(".SH DESCRIPTION\n").append(text(program.summary())).append('\n');
        page.append(
                "The page of a verb is called\n.BR %s-VERB (1).\n".formatted(text(program.name())));
        page.append(".SH VERBS\n");
        for (Verb verb : program.verbs()) {
            page.append(".TP\n.B %s\n%s\n".formatted(text(verb.name()), text(verb.summary())));
        }
        return page + status(program) + files();
    }

    /// The page of a verb.
    public static String of(ProgramPage program, Verb verb) {
        String name = program.name() + "-" + verb.name();
        StringBuilder page = new StringBuilder(head(program, name, verb.summary()));
        page.append(".SH SYNOPSIS\n.B %s %s\n".formatted(program.name(), text(verb.name())));
        page.append(".RI [ OPTIONS ]\n");
        verb.arguments().forEach(argument -> page.append(synopsis(argument)));
        page.append(".SH DESCRIPTION\n").append(text(verb.summary())).append('\n');
        if (!verb.arguments().isEmpty()) {
            page.append(".SH ARGUMENTS\n");
            for (Argument argument : verb.arguments()) {
                page.append(
                        ".TP\n.I %s\n%s\n"
                                .formatted(text(argument.label()), text(argument.description())));
            }
        }
        page.append(".SH OPTIONS\n");
        verb.options().forEach(option -> page.append(described(option)));
        return page
                + status(program)
                + ".SH SEE ALSO\n.BR %s (1)\n".formatted(text(program.name()));
    }

    private static String head(ProgramPage program, String name, String summary) {
        return ".TH %s 1 \"\" \"%s %s\" \"%s\"\n.SH NAME\n%s \\- %s\n"
                .formatted(
                        text(name.toUpperCase(Locale.ROOT)),
                        program.name(),
                        program.version(),
                        "User Commands",
                        text(name),
                        text(summary));
    }

    private static String synopsis(Argument argument) {
        String label = text(argument.label());
        return switch (argument.arity()) {
            case ONE -> ".I " + label + "\n";
            case OPTIONAL -> ".RI [ " + label + " ]\n";
            case MANY -> ".RI [ " + label + " ...]\n";
        };
    }

    private static String described(Choice option) {
        StringBuilder line = new StringBuilder(".TP\n.B ");
        line.append(text(String.join(", ", option.names())));
        if (option.hasValue()) {
            line.append("\\fR=\\fI").append(text(option.value())).append("\\fR");
        }
        return line.append('\n').append(text(option.description())).append('\n').toString();
    }

    private static String status(ProgramPage program) {
        return ".SH EXIT STATUS\n" + text(program.exitCodes()) + "\n";
    }

    private static String files() {
        return """
        .SH FILES
        .TP
        .I tandem.yaml
        The site file, looked for in the working directory.
        .TP
        .I .tandem/SITE
        What Tandem made of it, beside the site file.
        """;
    }

    /// A dash is one that can be copied into a shell, and no line is taken for a request.
    private static String text(String words) {
        String plain = words.replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
