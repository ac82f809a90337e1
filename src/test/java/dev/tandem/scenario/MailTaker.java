package dev.tandem.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/// A mail server that takes what it is given, over TLS from the first byte, on a port of this host.
/// One that takes it badly: `telling.t`.
final class MailTaker implements AutoCloseable {
    private final ServerSocket socket;
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();

    MailTaker(SSLContext tls) {
        try {
            socket = tls.getServerSocketFactory().createServerSocket(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    int port() {
        return socket.getLocalPort();
    }

    /// What was shown to it, in base64.
    List<String> logins() {
        return List.copyOf(logins);
    }

    /// Those with this in their text.
    List<String> with(String text) {
        return mails.stream().filter(one -> one.contains(text)).toList();
    }

    private void listen() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException _) {
                return; // it was closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(
                                        client.getInputStream(), StandardCharsets.UTF_8));
                Writer out =
                        new OutputStreamWriter(client.getOutputStream(), StandardCharsets.UTF_8)) {
            say(out, "220 mail");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String word = line.replaceFirst(" .*", "");
                switch (word) {
                    case "EHLO" -> say(out, "250-mail\r\n250 AUTH PLAIN");
                    case "AUTH" -> {
                        logins.add(line.replaceFirst("AUTH PLAIN ", ""));
                        say(out, "235 welcome");
                    }
                    case "DATA" -> {
                        say(out, "354 go on");
                        mails.add(text(in));
                        say(out, "250 taken");
                    }
                    default -> say(out, "250 well");
                }
            }
        } catch (IOException _) {
            // who hung up has said what it wanted
        }
    }

    private static String text(BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static void say(Writer out, String line) throws IOException {
        out.write(line + "\r\n");
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
