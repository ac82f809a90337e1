package dev.tandem.render;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The rendered directory: file contents by path, relative to the directory, sorted.
public record Rendering(SortedMap<String, String> files) {
    public Rendering {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /// The text of one file.
    ///
    /// @throws IllegalArgumentException when there is none of this path
    public String file(String path) {
        String text = files.get(path);
        if (text == null) {
            throw new IllegalArgumentException(path + " was not rendered");
        }
        return text;
    }

    /// SHA-256 of a text in lower-case hexadecimal, as `sha256sum` prints it.
    public static String sha256(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// A short hash over some files, their names included: it changes when one of them does.
    static String stamp(Map<String, String> files) {
        StringBuilder all = new StringBuilder();
        new TreeMap<>(files)
                .forEach((path, text) -> all.append(path).append('\n').append(text).append('\n'));
        return sha256(all.toString()).substring(0, 12);
    }
}
