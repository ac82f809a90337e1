package dev.tandem.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files of the page: those of the balancers' own, and what an operator has besides.
public final class DashboardPages {
    private static final Pattern FILE = Pattern.compile("/page/([a-z]+\\.(js|css))");
    private static final Map<String, String> TYPES =
            Map.of("js", "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8");
    private static final String OURS = "operate";
    private static final String HEAD =
            """
            <link rel="stylesheet" href="page/operate.css">
            <script type="module" src="page/operate.js"></script>
            </head>\
            """;

    private final Path balancers;

    /// @param balancers the directory of the balancers' page
    public DashboardPages(Path balancers) {
        this.balancers = balancers;
    }

    /// A file; empty when there is none.
    Optional<HttpReply> page(String path) {
        if (path.equals("/")) {
            String page = new String(theirs("index.html"), StandardCharsets.UTF_8);
            byte[] body = page.replace("</head>", HEAD).getBytes(StandardCharsets.UTF_8);
            return Optional.of(new HttpReply("text/html; charset=utf-8", body));
        }
        Matcher file = FILE.matcher(path);
        if (!file.matches()) {
            return Optional.empty();
        }
        String name = file.group(1);
        boolean ours = name.startsWith(OURS + ".");
        if (!ours && !Files.exists(balancers.resolve(name))) {
            return Optional.empty();
        }
        String type = Objects.requireNonNull(TYPES.get(file.group(2)));
        return Optional.of(new HttpReply(type, ours ? ours(name) : theirs(name)));
    }

    private byte[] theirs(String name) {
        try {
            return Files.readAllBytes(balancers.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] ours(String name) {
        try (InputStream file =
                Objects.requireNonNull(DashboardPages.class.getResourceAsStream(name), name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
