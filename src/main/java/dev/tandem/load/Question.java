package dev.tandem.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// One request outside of any run, to see what is there.
///
/// @param address where to: an address, not a name
/// @param port the port for plain HTTP
/// @param request all of it, in ASCII
public record Question(String address, int port, String request) {
    private static final int LIMIT = 2000;
    private static final int LONGEST_HEAD = 8 << 10;

    /// The head of the answer, or as much as came before the connection was closed. What cannot be
    /// printed is a question mark.
    ///
    /// @throws IOException if there is no connection, or no head within two seconds
    String answer() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), LIMIT);
            socket.setSoTimeout(LIMIT);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return head(socket.getInputStream());
        } catch (SocketTimeoutException e) {
            throw new IOException("no answer within " + LIMIT / 1000 + " s", e);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0 && head.length() < LONGEST_HEAD) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            boolean isText = (next >= ' ' && next <= '~') || next == '\r' || next == '\n';
            head.append(isText ? (char) next : '?');
        }
        return head.toString();
    }
}
