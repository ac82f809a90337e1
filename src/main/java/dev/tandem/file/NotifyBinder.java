package dev.tandem.file;

import dev.tandem.file.FileChecks.Certificate;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.model.Receiver;
import dev.tandem.model.Receiver.About;
import dev.tandem.model.Receiver.Form;
import dev.tandem.model.Receiver.Mail;
import dev.tandem.model.Receiver.Program;
import dev.tandem.model.Receiver.Way;
import dev.tandem.model.Receiver.Web;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the section `notify`. What a receiver has beside its URL depends on what that is: `http`,
/// `smtp`, or a program instead of one.
final class NotifyBinder {
    private static final String SECURE = "https://";
    private static final List<Key> OF_WEB =
            List.of(NotifyKeys.FORM, NotifyKeys.CHAT, NotifyKeys.TOKEN, NotifyKeys.PROXY);
    private static final List<Key> OF_MAIL =
            List.of(NotifyKeys.FROM, NotifyKeys.TO, NotifyKeys.LOGIN);

    private final Problems problems;
    private final FileChecks files;

    private NotifyBinder(Problems problems, FileChecks files) {
        this.problems = problems;
        this.files = files;
    }

    static List<Receiver> bind(Fields root, Problems problems, FileChecks files) {
        NotifyBinder binder = new NotifyBinder(problems, files);
        return root.has(NotifyKeys.NOTIFY)
                ? root
                        .section(NotifyKeys.NOTIFY)
                        .named(NotifyKeys.NOTIFY, NotifyKeys.RECEIVER)
                        .stream()
                        .flatMap(one -> binder.receiver(one).stream())
                        .sorted(Comparator.comparing(Receiver::name))
                        .toList()
                : List.of();
    }

    private Optional<Receiver> receiver(Fields.Named named) {
        Fields fields = named.fields();
        Optional<? extends Way> way =
                fields.has(NotifyKeys.COMMAND) ? program(fields) : overTheNetwork(fields);
        List<About> about =
                fields.has(NotifyKeys.ABOUT_KEY)
                        ? fields.requiredList(NotifyKeys.ABOUT_KEY, NotifyRules::about).stream()
                                .map(Found::value)
                                .distinct()
                                .sorted()
                                .toList()
                        : List.of(About.values());
        return way.map(how -> new Receiver(named.name().value(), how, about));
    }

    private Optional<Program> program(Fields fields) {
        none(fields, Stream.of(NotifyKeys.URL, NotifyKeys.CA), "a command has none");
        none(fields, OF_WEB.stream(), "a command has none");
        none(fields, OF_MAIL.stream(), "a command has none");
        return files.script(fields, NotifyKeys.COMMAND).map(Program::new);
    }

    private Optional<? extends Way> overTheNetwork(Fields fields) {
        Optional<String> url = value(fields.required(NotifyKeys.URL, NotifyRules::url));
        Optional<String> ca = files.certificate(fields, NotifyKeys.CA).map(Certificate::path);
        return url.filter(NotifyRules::isMail).isPresent()
                ? mail(fields, url.get(), ca)
                : web(fields, url, ca);
    }

    private Optional<Mail> mail(Fields fields, String url, Optional<String> ca) {
        none(fields, OF_WEB.stream(), "it is for http and https only");
        Optional<String> from = value(fields.required(NotifyKeys.FROM, NotifyRules::address));
        List<String> to =
                fields.requiredList(NotifyKeys.TO, NotifyRules::address).stream()
                        .map(Found::value)
                        .distinct()
                        .toList();
        Optional<String> login = files.login(fields, NotifyKeys.LOGIN);
        return from.filter(_ -> !to.isEmpty()).map(who -> new Mail(url, who, to, login, ca));
    }

    private Optional<Web> web(Fields fields, Optional<String> url, Optional<String> ca) {
        if (url.isPresent()) {
            none(fields, OF_MAIL.stream(), "it is for smtp and smtps only");
        }
        Optional<Form> form = value(fields.optional(NotifyKeys.FORM, NotifyRules::form));
        Optional<String> chat = value(fields.optional(NotifyKeys.CHAT, NotifyRules::chat));
        Optional<String> token = files.token(fields, NotifyKeys.TOKEN);
        Optional<String> proxy = value(fields.optional(NotifyKeys.PROXY, NotifyRules::proxy));
        form.ifPresent(found -> checkChat(fields, found));
        url.ifPresent(found -> checkToken(fields, found));
        return url.flatMap(to -> form.map(as -> new Web(to, as, chat, token, ca, proxy)));
    }

    private void none(Fields fields, Stream<Key> keys, String what) {
        keys.filter(fields::has).forEach(key -> problem(fields, key, what, "remove it"));
    }

    private void checkChat(Fields fields, Form form) {
        boolean isNeeded = form == Form.TELEGRAM;
        if (isNeeded && !fields.has(NotifyKeys.CHAT)) {
            problem(fields, NotifyKeys.FORM, "telegram needs a chat", NotifyKeys.CHAT.example());
        } else if (!isNeeded && fields.has(NotifyKeys.CHAT)) {
            problem(fields, NotifyKeys.CHAT, "only telegram has chats", "remove it");
        }
    }

    private void checkToken(Fields fields, String url) {
        boolean has = fields.has(NotifyKeys.TOKEN);
        if (!has && url.contains(Receiver.TOKEN)) {
            problem(
                    fields,
                    NotifyKeys.URL,
                    "it names a token, and there is none",
                    "such as '" + NotifyKeys.TOKEN.example() + "', a file with the token");
        } else if (has && !url.startsWith(SECURE)) {
            problem(
                    fields,
                    NotifyKeys.TOKEN,
                    "everybody on the way could read it: the URL has no https",
                    "an https URL, or no token");
        }
    }

    private void problem(Fields fields, Key key, String what, String hint) {
        String where = fields.path() + "." + key.name() + ": ";
        problems.add(fields.has(key) ? fields.spotOf(key) : fields.spot(), where + what, hint);
    }

    private static <T> Optional<T> value(Optional<Found<T>> found) {
        return found.map(Found::value);
    }
}
