package dev.tandem.scenario;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sends bytes as they are, and tells what came back.
///
/// @param host whom to
record RawClient(String host, int port) {
    /// How long nothing may come until nothing more is expected.
    private static final int QUIET = 1000;

    private static final Pattern HEAD = Pattern.compile("(?s)HTTP/1\\.[01] (\\d{3}) .*?\r\n\r\n");

    /// All that comes back until the connection ends, or nothing more comes.
    byte[] exchange(byte[] bytes) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port));
            socket.setSoTimeout(QUIET);
            socket.getOutputStream().write(bytes);
            return untilItIsQuiet(socket.getInputStream());
        }
    }

    private static byte[] untilItIsQuiet(InputStream in) throws IOException {
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        byte[] part = new byte[65536];
        while (true) {
            try {
                int read = in.read(part);
                if (read < 0) {
                    return came.toByteArray();
                }
                came.write(part, 0, read);
            } catch (SocketTimeoutException | SocketException _) { // it was reset, or says nothing
                return came.toByteArray();
            }
        }
    }

    /// What comes of a text: `passes` for each answer of a web server, the status code for each of
    /// HAProxy's own, `none` for nothing.
    String outcome(String text) throws IOException {
        byte[] came = exchange(text.getBytes(StandardCharsets.ISO_8859_1));
        String said = new String(came, StandardCharsets.ISO_8859_1);
        List<String> words = new ArrayList<>();
        for (Matcher head = HEAD.matcher(said); head.find(); ) {
            boolean served = head.group().toLowerCase(Locale.ROOT).contains("\nx-served-by: ");
            words.add(served ? Payload.PASSES : head.group(1));
        }
        return words.isEmpty() ? "none" : String.join(" ", words);
    }
}
