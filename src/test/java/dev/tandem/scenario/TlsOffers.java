package dev.tandem.scenario;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a listener accepts of TLS: it is greeted by hand, with one version and every cipher suite
/// that ever had a number, until it takes none of those that are left. No library decides what can
/// be offered.
///
/// @param host its address
/// @param port its port
record TlsOffers(String host, int port) {
    /// The versions, oldest first, by their number.
    enum Version {
        SSL_3_0(0x0300),
        TLS_1_0(0x0301),
        TLS_1_1(0x0302),
        TLS_1_2(0x0303),
        TLS_1_3(0x0304);

        private final int number;

        Version(int number) {
            this.number = number;
        }
    }

    /// What it answered.
    ///
    /// @param suite the cipher suite that it chose
    /// @param ticket whether it would give a session ticket
    private record Hello(int suite, boolean ticket) {}

    private static final int TIMEOUT_MS = 10_000;
    private static final int HANDSHAKE = 22;
    private static final int RANDOM = 32;
    private static final List<Integer> GROUPS =
            List.of(0x0013, 0x0015, 0x0017, 0x0018, 0x0019, 0x001d, 0x001e, 0x0100, 0x0101, 0x11eb,
                    0x11ec, 0x11ed);
    private static final List<Integer> SIGNATURES =
            List.of(0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0203, 0x0201);

    /// The numbers of cipher suites: those of SSL 3.0 to TLS 1.2, of TLS 1.3, with elliptic curves,
    /// with ChaCha20.
    private static List<Integer> suites() {
        return Stream.of(
                        IntStream.rangeClosed(0x0001, 0x00c7),
                        IntStream.rangeClosed(0x1301, 0x1305),
                        IntStream.rangeClosed(0xc001, 0xc0b4),
                        IntStream.rangeClosed(0xcca8, 0xccae))
                .flatMap(IntStream::boxed)
                .toList();
    }

    /// The suites that it accepts with a version, best liked first; none: it refuses the version.
    List<String> suites(Version version) throws IOException {
        List<Integer> left = new ArrayList<>(suites());
        List<String> accepted = new ArrayList<>();
        Optional<Hello> hello = greet(version, left, GROUPS);
        while (hello.isPresent()) {
            accepted.add("0x%04x".formatted(hello.get().suite));
            left.remove((Object) hello.get().suite);
            hello = greet(version, left, GROUPS);
        }
        return accepted;
    }

    /// The groups that it accepts for the exchange of keys with TLS 1.3.
    List<String> groups() throws IOException {
        List<String> accepted = new ArrayList<>();
        for (int group : GROUPS) {
            if (greet(Version.TLS_1_3, suites(), List.of(group)).isPresent()) {
                accepted.add("0x%04x".formatted(group));
            }
        }
        return accepted;
    }

    /// Whether it gives session tickets with TLS 1.2.
    boolean givesTickets() throws IOException {
        return greet(Version.TLS_1_2, suites(), GROUPS).orElseThrow().ticket;
    }

    private Optional<Hello> greet(Version version, List<Integer> suites, List<Integer> groups)
            throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(hello(version, suites, groups));
            return answer(new DataInputStream(socket.getInputStream()), version);
        }
    }

    /// Empty when it sent an alert, or closed the connection.
    private static Optional<Hello> answer(DataInputStream in, Version version) throws IOException {
        try {
            if (in.readUnsignedByte() != HANDSHAKE) {
                return Optional.empty();
            }
            in.skipNBytes(8); // version and length of the record, type and length of the message
            int spoken = in.readUnsignedShort();
            in.skipNBytes(RANDOM);
            in.skipNBytes(in.readUnsignedByte());
            int suite = in.readUnsignedShort();
            in.readUnsignedByte();
            boolean ticket = false;
            for (int left = in.readUnsignedShort(); left > 0; ) {
                ticket |= in.readUnsignedShort() == 0x0023;
                int length = in.readUnsignedShort();
                in.skipNBytes(length);
                left -= 4 + length;
            }
            boolean asked = spoken == Math.min(version.number, Version.TLS_1_2.number);
            return asked ? Optional.of(new Hello(suite, ticket)) : Optional.empty();
        } catch (EOFException | SocketException e) {
            return Optional.empty();
        }
    }

    private static byte[] hello(Version version, List<Integer> suites, List<Integer> groups)
            throws IOException {
        Bytes body = new Bytes();
        body.number(2, Math.min(version.number, Version.TLS_1_2.number));
        body.put(new byte[RANDOM]);
        body.number(1, 0);
        body.list(suites);
        body.number(2, 0x0100); // no compression
        Bytes extensions = new Bytes();
        extensions.extension(0x000a, new Bytes().list(groups));
        extensions.extension(0x000b, new Bytes().number(2, 0x0100));
        extensions.extension(0x000d, new Bytes().list(SIGNATURES));
        extensions.extension(0x0023, new Bytes());
        if (version == Version.TLS_1_3) {
            extensions.extension(0x002b, new Bytes().number(1, 2).number(2, version.number));
            extensions.extension(0x0033, new Bytes().number(2, 0)); // "say which group"
        }
        body.number(2, extensions.size()).put(extensions.array());
        Bytes message = new Bytes().number(1, 1).number(3, body.size()).put(body.array());
        return new Bytes()
                .number(1, HANDSHAKE)
                .number(2, Math.min(version.number, Version.TLS_1_0.number))
                .number(2, message.size())
                .put(message.array())
                .array();
    }

    /// Bytes of a message, numbers big end first.
    private static final class Bytes {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        Bytes number(int width, int value) throws IOException {
            for (int at = width - 1; at >= 0; at--) {
                out.write(value >> (8 * at));
            }
            return this;
        }

        Bytes put(byte[] more) throws IOException {
            out.write(more);
            return this;
        }

        Bytes list(List<Integer> numbers) throws IOException {
            number(2, 2 * numbers.size());
            for (int one : numbers) {
                number(2, one);
            }
            return this;
        }

        void extension(int type, Bytes content) throws IOException {
            number(2, type).number(2, content.size()).put(content.array());
        }

        int size() {
            return bytes.size();
        }

        byte[] array() {
            return bytes.toByteArray();
        }
    }
}
