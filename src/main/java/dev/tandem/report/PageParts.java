package dev.tandem.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/// The parts of a page besides its text: its style and script, and the chart library with its
/// licence. Read from the class path, and only when a page is written.
final class PageParts {
    private static final String OURS = "/dev/tandem/report/";
    private static final String POM = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

    private final String uplot;
    private final String version;

    PageParts() {
        Properties pom = new Properties();
        try {
            pom.load(new StringReader(text(POM)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        version = pom.getProperty("version", "");
        uplot = "/META-INF/resources/webjars/uplot/" + version + "/";
    }

    /// The version of the chart library.
    String version() {
        return version;
    }

    /// All styles.
    String css() {
        return text(uplot + "dist/uPlot.min.css") + "\n" + text(OURS + "report.css");
    }

    /// The chart library, set to draw at twice the resolution of a plain screen: the same picture
    /// is printed.
    String library() {
        return "const uPlot = (devicePixelRatio => {\n"
                + text(uplot + "dist/uPlot.iife.min.js")
                + "\nreturn uPlot;\n})(Math.max(2, window.devicePixelRatio));";
    }

    /// The page's own script.
    String script() {
        return text(OURS + "report.js");
    }

    /// The licence of the chart library: a copy of the library must include it.
    String licence() {
        return text(uplot + "LICENSE");
    }

    private static String text(String path) {
        try (InputStream in = PageParts.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("not in the program: " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
