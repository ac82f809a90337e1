package dev.tandem.render;

/// What a client may not say to a web server, because it would speak for the balancer or for
/// another client. For a frontend, before its other rules: those may set what is deleted here.
final class ForeignWords {
    private ForeignWords() {}

    /// CGI and WSGI read `X_Forwarded_For` as `X-Forwarded-For`, and `Proxy` as the variable
    /// `HTTP_PROXY` (CVE-2016-5385). What `Connection` names, the next proxy deletes (RFC 9110,
    /// 7.6.1). An upgrade to `h2c` would be a tunnel in which nobody sees the requests; HTTP/2 has
    /// given it up (RFC 9113, 3.1), and a server may always answer without it.
    static void rules(ConfigText text) {
        text.add(
                """
                    # Where a body ends, there must be one answer to: HTTP/1.0 knows no chunks (RFC 9112, 6.1),
                    # and a length of 2^64 is 0 to HAProxy 3.0, and none to a web server.
                    http-request deny deny_status 400 if { req.ver 1.0 } { req.hdr(transfer-encoding) -m found }
                    http-request deny deny_status 400 if { req.fhdr(content-length),length gt 18 }
                    # Web servers believe these: a client's own do not pass. Some read _ as -. And what
                    # Connection names, the next proxy would delete: a WebSocket needs one word there.
                    http-request deny deny_status 405 if { method TRACE CONNECT }
                    http-request del-header ^(forwarded|x[-_]forwarded[-_].*|x[-_]real[-_]ip|front[-_]end[-_]https|proxy|content_length|transfer_encoding)$ -m reg
                    http-request del-header Upgrade if { req.hdr(upgrade) -m sub -i h2c }
                    http-request set-header Connection upgrade if { req.hdr(upgrade) -m found }
                    http-request del-header Connection unless { req.hdr(upgrade) -m found }
                """);
    }
}
