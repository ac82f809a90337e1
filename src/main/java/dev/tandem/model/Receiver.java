package dev.tandem.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Who is told what happens to a site; `notify` in the site file.
///
/// @param name what the site file calls it
/// @param url where it is told; `{token}` in it stands for the content of that file
/// @param form what it understands
/// @param chat of whom a message is, for Telegram
/// @param token a file with what proves that we may; no place else has its content
/// @param ca a file with the CA that its certificate is of; empty: one that everybody trusts
/// @param proxy through whom it is reached
/// @param about what it is told of
public record Receiver(
        String name,
        String url,
        Form form,
        Optional<String> chat,
        Optional<String> token,
        Optional<String> ca,
        Optional<String> proxy,
        List<About> about) {
    /// What stands for the token in a URL.
    public static final String TOKEN = "{token}";

    public Receiver {
        about = List.copyOf(about);
    }

    /// What is sent.
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
