package dev.tandem.drill;

import dev.tandem.load.ClassPlan;
import dev.tandem.load.LoadSource;
import dev.tandem.load.Question;
import dev.tandem.load.RequestClass;
import dev.tandem.text.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a drill keeps open beside its other requests, where what is open for long matters most:
/// WebSockets and streams of events. Whether there are any is asked first, once: a drill goes on
/// without those that there are not, and says so.
///
/// @param subject what is drilled
/// @param plan how
/// @param source from where
record Streams(Subject subject, DrillPlan plan, LoadSource source) {
    private static final int WEIGHT = 2;
    private static final String UPGRADE =
            """
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            """
                    .replace("\n", "\r\n");

    /// A kind of stream, and how one recognizes it.
    private enum Kind {
        WEBSOCKET("WebSocket", "--websocket", UPGRADE, "http/1\\.1 101 (?s:.*)"),
        EVENTS(
                "stream of events",
                "--events",
                "Accept: text/event-stream\r\nConnection: close\r\n",
                "http/1\\.[01] 200 (?s:.*)\r\ncontent-type: *text/event-stream(?s:.*)");

        private final String words;
        private final String option;
        private final String fields;
        private final Pattern head;

        Kind(String words, String option, String fields, String head) {
            this.words = words;
            this.option = option;
            this.fields = fields;
            this.head = Pattern.compile(head);
        }
    }

    /// The classes of requests for them.
    List<ClassPlan> classes(Progress progress) {
        List<ClassPlan> classes = new ArrayList<>();
        add(classes, Kind.EVENTS, plan.streams().events(), progress);
        add(classes, Kind.WEBSOCKET, plan.streams().webSocket(), progress);
        return classes;
    }

    /// One that was due while all was blocked is given the time to go on after that.
    private void add(
            List<ClassPlan> classes, Kind kind, Optional<String> named, Progress progress) {
        String path = named.orElse(subject.classes().getFirst().path());
        Optional<String> other = otherThan(kind, path);
        if (other.isPresent()) {
            progress.done(
                    "no %s at %s (%s), so none is opened; %s PATH names one"
                            .formatted(kind.words, path, other.get(), kind.option));
            return;
        }
        ClassPlan usual = ClassPlan.of(RequestClass.valueOf(kind.name()), WEIGHT).asking(path);
        Duration limit = usual.limit().plus(plan.hold());
        classes.add(usual.within(usual.connectLimit().plus(plan.hold()), limit));
    }

    /// What is there instead; empty if it is one.
    private Optional<String> otherThan(Kind kind, String path) {
        int port = subject.target().httpPort();
        String request =
                "GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n".formatted(path, subject.vip(), kind.fields);
        try {
            String head = source.ask(new Question(subject.vip(), port, request));
            return kind.head.matcher(head.toLowerCase(Locale.ROOT)).matches()
                    ? Optional.empty()
                    : Optional.of(head.lines().findFirst().orElse("no answer"));
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
