package dev.tandem.cli;

import dev.tandem.disk.Disk;
import dev.tandem.file.FirstFile;
import dev.tandem.file.Reading;
import dev.tandem.model.Stop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// `tandem init`: writes a site file by the answers to four questions. What was answered is read as
/// a site file is, question by question, so that the file is valid when it is written.
public final class InitVerb implements Verb<InitVerb.Asked> {
    private static final String VIP = "192.168.0.150";
    private static final String SERVERS = "2";

    private final Console console;
    private final Path home;

    /// The options: answers that were given on the command line.
    ///
    /// @param agreed whether every other answer is the usual one
    public record Asked(
            Optional<String> name,
            Optional<String> vip,
            Optional<String> servers,
            Optional<String> hostnames,
            boolean agreed) {}

    /// The answers, as typed.
    private record Answers(String name, String vip, String servers, String hostnames) {}

    /// A question.
    ///
    /// @param given the answer on the command line
    /// @param usual the answer of who only presses Enter
    private record Question(String text, Optional<String> given, String usual) {}

    public InitVerb(Console console, Path home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public String name() {
        return "init";
    }

    @Override
    public String summary() {
        return "Asks four questions and writes a site file. Overwrites none.";
    }

    @Override
    public Function<Given, Asked> options(Options options) {
        Option<Optional<String>> name =
                options.text("NAME", "The site's name (that of the directory).", "--name");
        Option<Optional<String>> vip =
                options.text("ADDRESS", "The virtual IP (" + VIP + ").", "--vip");
        Option<Optional<String>> servers =
                options.text(
                        "SERVERS",
                        "How many web servers to run (" + SERVERS + "), or the URLs of yours.",
                        "--servers");
        Option<Optional<String>> hostnames =
                options.text("NAMES", "Hostnames in the certificate (none).", "--hostnames");
        Option<Boolean> yes =
                options.flag("Asks nothing: what is not given is the usual.", "-y", "--yes");
        return given ->
                new Asked(
                        name.in(given),
                        vip.in(given),
                        servers.in(given),
                        hostnames.in(given),
                        yes.in(given));
    }

    @Override
    public ExitCode run(Asked asked, SiteFile file) {
        refuseExisting(file);
        Owner.me().requireOwn(file.base());
        if (!asked.agreed() && !console.canAsk()) {
            console.remark("tandem: init asks four questions, and there is no terminal");
            console.remark("  next:  " + file.command("init") + " --yes --vip ADDRESS; --help");
            return ExitCode.USAGE;
        }
        FirstFile first = first(answers(asked, file));
        if (file.read(first.text()) instanceof Reading.Bad bad) {
            throw new WrongSite(bad);
        }
        write(file, first.text());
        console.answer(
                "%s written. To see what it means: %s; to bring it up: %s"
                        .formatted(file.name(), file.command("validate"), file.command("up")));
        return ExitCode.OK;
    }

    private static void refuseExisting(SiteFile file) {
        if (Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "there is a site file already, and init overwrites none",
                    file.path().toString(),
                    "nothing was written",
                    file.command("validate") + "; or another one: tandem init --file NAME");
        }
    }

    /// Each answer is tried together with those before it and the usual ones.
    private Answers answers(Asked asked, SiteFile file) {
        String name =
                answer(
                        new Question("1 of 4: name of the site", asked.name(), usualName(file)),
                        asked,
                        one -> file(file, new Answers(one, VIP, SERVERS, "")));
        String vip =
                answer(
                        new Question(
                                "2 of 4: virtual IP, free on your LAN, outside its DHCP range",
                                asked.vip(),
                                VIP),
                        asked,
                        one -> file(file, new Answers(name, one, SERVERS, "")));
        String servers =
                answer(
                        new Question(
                                "3 of 4: web servers: how many to run, or the URLs of yours",
                                asked.servers(),
                                SERVERS),
                        asked,
                        one -> file(file, new Answers(name, vip, one, "")));
        String hostnames =
                answer(
                        new Question(
                                "4 of 4: hostnames in the certificate, besides the addresses",
                                asked.hostnames(),
                                ""),
                        asked,
                        one -> file(file, new Answers(name, vip, servers, one)));
        return new Answers(name, vip, servers, hostnames);
    }

    private Reading file(SiteFile file, Answers answers) {
        return file.read(first(answers).text());
    }

    /// Asks until the answer is one with which the file can be read.
    private String answer(Question question, Asked asked, Function<String, Reading> read) {
        if (question.given().isPresent() || asked.agreed()) {
            return question.given().orElse(question.usual()).strip();
        }
        while (true) {
            String usual = question.usual().isEmpty() ? "none" : question.usual();
            String typed =
                    console.ask(question.text() + " (" + usual + "):")
                            .orElseThrow(() ->
                                    new Stop(
                                            Stop.Kind.REFUSED,
                                            "no more answers",
                                            "the end of what is typed",
                                            "nothing was written",
                                            "tandem init"))
                            .strip();
            String answer = typed.isEmpty() ? question.usual() : typed;
            if (!(read.apply(answer) instanceof Reading.Bad bad)) {
                return answer;
            }
            bad.problems()
                    .forEach(problem -> {
                        console.remark("  " + problem.message());
                        console.remark("  hint: " + problem.hint());
                    });
        }
    }

    /// The name of the directory, if it can be that of a site.
    private static String usualName(SiteFile file) {
        Path directory = file.base().getFileName();
        String name = directory == null ? "" : directory.toString();
        return name.matches("[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?") ? name : "tandem";
    }

    private FirstFile first(Answers answers) {
        return new FirstFile(
                home.resolve("docs/reference/tandem.schema.json").toUri().toString(),
                answers.name(),
                answers.vip(),
                servers(answers.servers()),
                words(answers.hostnames()));
    }

    /// A number of web servers that Tandem runs, or the URLs of others.
    private static List<String> servers(String typed) {
        return typed.matches("\\d{1,3}")
                ? Collections.nCopies(Integer.parseInt(typed), "")
                : words(typed);
    }

    private static List<String> words(String typed) {
        return Stream.of(typed.split("[,\\s]+", -1)).filter(word -> !word.isEmpty()).toList();
    }

    /// Created, never replaced: not even one that somebody writes in the same moment.
    private static void write(SiteFile file, String text) {
        try {
            Disk.add(file.path(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
