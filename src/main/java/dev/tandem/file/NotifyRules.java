package dev.tandem.file;

import dev.tandem.file.Rule.Verdict;
import dev.tandem.file.Rule.Verdict.Fits;
import dev.tandem.file.Rule.Verdict.Unfit;
import dev.tandem.file.yaml.Visible;
import dev.tandem.model.Receiver.About;
import dev.tandem.model.Receiver.Form;
import java.util.Arrays;
import java.util.regex.Pattern;

/// What the words of the section `notify` may be.
final class NotifyRules {
    /// What HAProxy's reader of lines, or a URL, would take for something else.
    private static final Pattern URL = Pattern.compile("https?://[!-~&&[^\"'\\\\#`]]{1,500}");

    private static final Pattern MAIL_URL =
            Pattern.compile("smtps?://[A-Za-z0-9.-]{1,253}(:[1-9][0-9]{0,4})?");
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}");
    private static final Pattern CHAT = Pattern.compile("-?[0-9]{1,20}|@[A-Za-z0-9_]{1,64}");
    private static final Pattern PROXY = Pattern.compile("http://[a-z0-9.-]+:[1-9][0-9]{0,4}");

    private NotifyRules() {}

    /// Whether a URL is that of a mail server.
    static boolean isMail(String url) {
        return MAIL_URL.matcher(url).matches();
    }

    static Verdict<String> url(String text) {
        return URL.matcher(text).matches() || isMail(text)
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is no URL to send a notice to",
                        "such as https://ntfy.sh/our-site or smtp://mail.example.com:587;"
                                + " no quotes, no '#', no backslash");
    }

    static Verdict<String> chat(String text) {
        return CHAT.matcher(text).matches()
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is no chat of Telegram's",
                        "its number, such as '-1001234567890', or '@ourchannel'");
    }

    static Verdict<String> proxy(String text) {
        return PROXY.matcher(text).matches()
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is no HTTP proxy",
                        "its address and port, such as http://10.0.0.1:3128");
    }

    static Verdict<Form> form(String text) {
        return Arrays.stream(Form.values())
                .filter(one -> one.toString().equals(text))
                .findFirst()
                .<Verdict<Form>>map(Fits::new)
                .orElseGet(() ->
                        new Unfit<>(
                                Visible.quoted(text) + " is no form of a notice",
                                String.join(", ", NotifyKeys.FORMS)));
    }

    static Verdict<About> about(String text) {
        return Arrays.stream(About.values())
                .filter(one -> one.toString().equals(text))
                .findFirst()
                .<Verdict<About>>map(Fits::new)
                .orElseGet(() ->
                        new Unfit<>(
                                Visible.quoted(text) + " is nothing that is told",
                                String.join(", ", NotifyKeys.ABOUT)));
    }

    static Verdict<String> address(String text) {
        return ADDRESS.matcher(text).matches()
                ? new Fits<>(text)
                : new Unfit<>(
                        Visible.quoted(text) + " is not an e-mail address",
                        "such as ops@example.com");
    }
}
