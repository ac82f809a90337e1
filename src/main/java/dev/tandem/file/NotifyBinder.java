package dev.tandem.file;

import dev.tandem.file.FileChecks.Certificate;
import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Receiver;
import dev.tandem.model.Receiver.About;
import dev.tandem.model.Receiver.Form;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the section `notify`.
final class NotifyBinder {
    /// What HAProxy's reader of lines, or a URL, would take for something else.
    private static final Pattern URL = Pattern.compile("https?://[!-~&&[^\"'\\\\#`]]{1,500}");

    private static final Pattern CHAT = Pattern.compile("-?[0-9]{1,20}|@[A-Za-z0-9_]{1,64}");
    private static final Pattern PROXY = Pattern.compile("http://[a-z0-9.-]+:[1-9][0-9]{0,4}");
    private static final String SECURE = "https://";

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
        Optional<String> url = value(fields.required(NotifyKeys.URL, NotifyBinder::url));
        Optional<Form> form = value(fields.optional(NotifyKeys.FORM, NotifyBinder::form));
        Optional<String> chat = value(fields.optional(NotifyKeys.CHAT, NotifyBinder::chat));
        Optional<String> token = files.token(fields, NotifyKeys.TOKEN);
        Optional<String> ca = files.certificate(fields, NotifyKeys.CA).map(Certificate::path);
        Optional<String> proxy = value(fields.optional(NotifyKeys.PROXY, NotifyBinder::proxy));
        List<About> about =
                fields.has(NotifyKeys.ABOUT_KEY)
                        ? fields.requiredList(NotifyKeys.ABOUT_KEY, NotifyBinder::about).stream()
                                .map(Found::value)
                                .distinct()
                                .sorted()
                                .toList()
                        : List.of(About.values());
        form.ifPresent(found -> checkChat(fields, found));
        url.ifPresent(found -> checkToken(fields, found));
        return url.flatMap(to ->
                form.map(as ->
                        new Receiver(named.name().value(), to, as, chat, token, ca, proxy, about)));
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

    private static Verdict<String> url(String text) {
        return URL.matcher(text).matches()
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is no URL to send a notice to",
                        "such as https://ntfy.sh/our-site; no quotes, no '#', no backslash");
    }

    private static Verdict<String> chat(String text) {
        return CHAT.matcher(text).matches()
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is no chat of Telegram's",
                        "its number, such as '-1001234567890', or '@ourchannel'");
    }

    private static Verdict<String> proxy(String text) {
        return PROXY.matcher(text).matches()
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is no HTTP proxy",
                        "its address and port, such as http://10.0.0.1:3128");
    }

    private static Verdict<Form> form(String text) {
        return Arrays.stream(Form.values())
                .filter(one -> one.toString().equals(text))
                .findFirst()
                .<Verdict<Form>>map(Fits::new)
                .orElseGet(() ->
                        new Unfit<>(
                                Visible.quoted(text) + " is no form of a notice",
                                String.join(", ", NotifyKeys.FORMS)));
    }

    private static Verdict<About> about(String text) {
        return Arrays.stream(About.values())
                .filter(one -> one.toString().equals(text))
                .findFirst()
                .<Verdict<About>>map(Fits::new)
                .orElseGet(() ->
                        new Unfit<>(
                                Visible.quoted(text) + " is nothing that is told",
                                String.join(", ", NotifyKeys.ABOUT)));
    }
}
