package dev.tandem.render;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/// The rendered directory.
///
/// @param files file contents by path, relative to the directory
/// @param services the stamp of every Compose service: a hash over what only a new container can
///   change, which the container carries as the label `dev.tandem.config`
public record Rendering(SortedMap<String, String> files, SortedMap<String, String> services) {
    public Rendering {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
    }

    /// The text of one file.
    ///
    /// @throws IllegalArgumentException when there is no such file
    public String file(String path) {
        String text = files.get(path);
        if (text == null) {
            throw new IllegalArgumentException(path + " was not rendered");
        }
        return text;
    }

    /// SHA-256 of a text in lower-case hexadecimal, as `sha256sum` prints it.
    public static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The SHA-256 of bytes.
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
