package dev.tandem.file;

import static dev.tandem.file.KeyTable.NONE;
import static dev.tandem.file.KeyTable.derived;
import static dev.tandem.file.KeyTable.fixed;

import dev.tandem.file.yaml.Key;
import dev.tandem.file.yaml.KeyLimits;
import dev.tandem.file.yaml.Shape;
import dev.tandem.model.Receiver.About;
import dev.tandem.model.Receiver.Form;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The keys of who is told what happens.
final class NotifyKeys {
    private static final int MOST = 10;

    static final List<String> FORMS = Arrays.stream(Form.values()).map(Form::toString).toList();
    static final List<String> ABOUT = Arrays.stream(About.values()).map(About::toString).toList();

    private static final Shape.Text MAIL_ADDRESS =
            Shapes.text("e-mail address", "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+");

    static final KeyTable TABLE = new KeyTable();

    static final Key NOTIFY =
            TABLE.add(
                    "notify",
                    new Shape.Named(Shapes.NAME, MOST),
                    NONE,
                    "notify: {ops: {url: 'https://ntfy.sh/our-site', form: ntfy}}",
                    "Who is told what happens: by the balancers themselves, over HTTP, by mail or"
                            + " by a program of yours.");
    static final Key RECEIVER =
            TABLE.add("notify.<name>", Shapes.ENTRY, NONE, "ops:", "One who is told.");
    static final Key URL =
            TABLE.add(
                    "notify.<name>.url",
                    Shapes.text("URL", "(https?|smtps?)://[!-~]{1,500}"),
                    NONE,
                    KeyLimits.of(
                            "needed where there is no `command`",
                            "`{token}` stands for what is in the file of `token`",
                            "no quotes, no `#`, no backslash"),
                    "url: https://hooks.example.com/services/{token}",
                    "Where a notice is sent: with POST, or to a mail server: `smtp://` with"
                            + " STARTTLS (port 587), `smtps://` with TLS at once (465)."
                            + " Certificates are verified; a redirect is not followed.");
    static final Key FORM =
            TABLE.add(
                    "notify.<name>.form",
                    new Shape.Word(FORMS),
                    fixed("json"),
                    "form: slack",
                    "What is sent: an object of Tandem's, or what Slack (and Mattermost), Telegram"
                            + " or ntfy take.");
    static final Key CHAT =
            TABLE.add(
                    "notify.<name>.chat",
                    Shapes.text("id of a chat", "(-?[0-9]{1,20}|@[A-Za-z0-9_]{1,64})"),
                    NONE,
                    KeyLimits.of("needed by `telegram`, and by no other form"),
                    "chat: '-1001234567890'",
                    "The chat that gets Telegram's messages.");
    static final Key TOKEN =
            TABLE.add(
                    "notify.<name>.token",
                    Shapes.FILE,
                    NONE,
                    KeyLimits.of("one line of at most 200 visible characters", "only with https"),
                    "token: ./ops.token",
                    "A file with what proves that the balancers may. Without `{token}` in the URL"
                            + " it is sent as `Authorization: Bearer`. It is kept as a private key"
                            + " is.");
    static final Key FROM =
            TABLE.add(
                    "notify.<name>.from",
                    MAIL_ADDRESS,
                    NONE,
                    KeyLimits.of("needed by mail, and by nothing else"),
                    "from: tandem@example.com",
                    "Who a mail is from.");
    static final Key TO =
            TABLE.add(
                    "notify.<name>.to",
                    new Shape.Items("e-mail addresses", MAIL_ADDRESS, 1, MOST),
                    NONE,
                    KeyLimits.of("needed by mail, and by nothing else"),
                    "to: [ops@example.com]",
                    "Who gets a mail.");
    static final Key LOGIN =
            TABLE.add(
                    "notify.<name>.login",
                    Shapes.FILE,
                    derived("the mail server asks for none"),
                    KeyLimits.of("one line: a user, a colon and a password"),
                    "login: ./mail.login",
                    "A file with what the mail server is shown, once TLS is verified. It is kept as"
                            + " a private key is.");
    static final Key COMMAND =
            TABLE.add(
                    "notify.<name>.command",
                    Shapes.FILE,
                    NONE,
                    KeyLimits.of(
                            "instead of `url`",
                            "begins with `#!/bin/sh` or `#!/usr/bin/perl`",
                            "at most 60 kB"),
                    "command: ./told.sh",
                    "A program that runs in the balancer, as nobody, for at most 8 s, with the"
                            + " notice as JSON on its standard input. It is kept as a private key"
                            + " is.");
    static final Key CA =
            TABLE.add(
                    "notify.<name>.ca",
                    Shapes.PEM,
                    derived("the CAs of Debian's `ca-certificates`"),
                    "ca: ./our-ca.pem",
                    "The CA that must have issued its certificate.");
    static final Key PROXY =
            TABLE.add(
                    "notify.<name>.proxy",
                    Shapes.text("URL", "http://[a-z0-9.-]+:[1-9][0-9]{0,4}"),
                    NONE,
                    "proxy: http://10.0.0.1:3128",
                    "The HTTP proxy through which it is reached.");
    static final Key ABOUT_KEY =
            TABLE.add(
                    "notify.<name>.about",
                    new Shape.Items(
                            "kinds",
                            Shapes.text(
                                    ABOUT.stream()
                                            .map(one -> "`" + one + "`")
                                            .collect(Collectors.joining(", ")),
                                    "(" + String.join("|", ABOUT) + ")"),
                            1,
                            ABOUT.size()),
                    derived("all of them"),
                    "about: [vip, pools]",
                    "What it is told of.");

    private NotifyKeys() {}
}
