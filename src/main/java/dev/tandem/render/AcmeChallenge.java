package dev.tandem.render;

import dev.tandem.model.Server.Scheme;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a balancer answers to a CA that asks whether a name is ours (RFC 8555, section 8.3), in
/// haproxy.cfg.
///
/// The answer is the token that the CA asks for, and the thumbprint of the account's key. So every
/// balancer knows it without being told of an order: whichever the CA finds, before a move of the
/// VIP or after it, answers the same. It says nothing that is secret, and what a client makes of it
/// proves that client nothing: the CA takes it for orders of this account alone.
public final class AcmeChallenge {
    private static final Pattern ANSWER =
            Pattern.compile("(lf-string \"%\\[path,field\\(-1,/\\)\\]\\.)[-_A-Za-z0-9]{43}\"");

    private AcmeChallenge() {}

    /// The rule, first of all of the frontend for plain HTTP, which is where a CA asks. A limit for
    /// clients would be one for the CA, and a redirect, or a route, would lead it elsewhere.
    static void rule(ConfigText text, Setting setting, Scheme came) {
        if (came != Scheme.HTTP) {
            return;
        }
        setting.challenge()
                .ifPresent(thumbprint ->
                        text.add(
                                """
                                    # A CA asks whether the names are ours (tls.acme): its token, and our account's thumbprint.
                                    # Every balancer can say that, whoever ordered; a path with more in it is not the CA's.
                                    http-request return status 200 content-type text/plain lf-string "%%[path,field(-1,/)].%s" if { path_reg ^/\\.well-known/acme-challenge/[-_A-Za-z0-9]+$ }
                                """,
                                thumbprint));
    }

    /// The same haproxy.cfg for another account: 43 letters stand in place of 43 others. One that
    /// answers to no CA stays as it is.
    public static String of(String haproxy, String thumbprint) {
        return ANSWER.matcher(haproxy)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + thumbprint + "\""));
    }
}
