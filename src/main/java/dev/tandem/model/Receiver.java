package dev.tandem.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Who is told what happens to a site; `notify` in the site file.
///
/// @param name what the site file calls it
/// @param way how it is told
/// @param about what it is told of
public record Receiver(String name, Way way, List<About> about) {
    /// What stands for the token in a URL.
    public static final String TOKEN = "{token}";

    public Receiver {
        about = List.copyOf(about);
    }

    /// How somebody is told.
    public sealed interface Way {
        /// The word for it: the form of what is sent, `mail` or `command`.
        default String word() {
            return switch (this) {
                case Web web -> web.form().toString();
                case Mail _ -> "mail";
                case Program _ -> "command";
            };
        }

        /// The URL, or the path of the program.
        default String place() {
            return switch (this) {
                case Web web -> web.url();
                case Mail mail -> mail.url();
                case Program program -> program.command();
            };
        }

        /// A file with the CA that its certificate is of; empty: one that everybody trusts.
        default Optional<String> authority() {
            return switch (this) {
                case Web web -> web.ca();
                case Mail mail -> mail.ca();
                case Program _ -> Optional.empty();
            };
        }

        /// A file of one line with what proves that we may; no place else has its content.
        default Optional<String> secret() {
            return switch (this) {
                case Web web -> web.token();
                case Mail mail -> mail.login();
                case Program _ -> Optional.empty();
            };
        }
    }

    /// Over HTTP.
    ///
    /// @param url where it is told; `{token}` in it stands for the content of that file
    /// @param form what it understands
    /// @param chat of whom a message is, for Telegram
    /// @param token a file with what proves that we may
    /// @param ca a file with the CA that its certificate is of
    /// @param proxy through whom it is reached
    public record Web(
            String url,
            Form form,
            Optional<String> chat,
            Optional<String> token,
            Optional<String> ca,
            Optional<String> proxy)
            implements Way {}

    /// By mail.
    ///
    /// @param url the mail server: `smtp://` is asked for STARTTLS, `smtps://` speaks TLS at once
    /// @param from who it is from
    /// @param to who gets it
    /// @param login a file with `user:password`
    /// @param ca a file with the CA that its certificate is of
    public record Mail(
            String url, String from, List<String> to, Optional<String> login, Optional<String> ca)
            implements Way {
        public Mail {
            to = List.copyOf(to);
        }
    }

    /// By a program of the user's, which runs in the balancer.
    ///
    /// @param command the file with it
    public record Program(String command) implements Way {}

    /// What is sent over HTTP.
    public enum Form {
        /// An object of Tandem's own.
        JSON,
        /// What Slack takes, and Mattermost.
        SLACK,
        /// What Telegram's bots take.
        TELEGRAM,
        /// What ntfy takes.
        NTFY;

        /// As the site file has it.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What there is to tell.
    public enum About {
        VIP,
        POOLS,
        SERVERS,
        SPLIT_BRAIN,
        CERTIFICATE,
        MAINTENANCE;

        /// As the site file has it.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
