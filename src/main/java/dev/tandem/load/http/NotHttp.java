package dev.tandem.load.http;

/// What the server sent is not an HTTP/1.1 response; the message says why. It carries no stack
/// trace: a broken server causes thousands.
public final class NotHttp extends Exception {
    private static final long serialVersionUID = 1L;

    NotHttp(String why) {
        super(why, null, false, false);
    }
}
