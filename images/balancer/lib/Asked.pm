# Asked: what a browser or a program asks `speaker` for, and the head of the answer. Pure. HAProxy stands before
# it: it has taken the request apart, knows who may ask, and closes what takes too long.
package Asked;
use v5.36;

use constant {
    LONGEST => 8192,       # bytes of a request's head
    NEWS    => 500_000,    # and of what a peer tells
};

my %REASON = (200 => 'OK', 404 => 'Not Found', 405 => 'Method Not Allowed', 503 => 'Service Unavailable');

my $NONE = { method => '', path => '', who => {}, balancers => [] };    # what is none

# The question, when it is whole: method, path, the number of events that is asked for, the form of the answer and the
# web servers that are asked for (`as`, `web`), and the page that asks from another place. HAProxy adds who we are and who the balancers of the site are, as it has them
# loaded (haproxy.cfg): who asks, `site node container`, and `haproxy-a=192.0.2.1,198.51.100.1 haproxy-b=...`.
sub question ($text) {
    my ($head) = $text =~ /^(.*?\r?\n)\r?\n/s or return length $text < LONGEST ? () : $NONE;
    my $body = substr $text, $+[0];
    my ($method, $path, $query) = $head =~ m{^(\S+) ([^\s?]*)(?:\?(\S*))? HTTP/1} or return $NONE;
    my %said = map { /^([\w-]+): *(.*?)\r?$/ ? (lc $1 => $2) : () } split /\n/, $head;
    my $length = $said{'content-length'} // 0;
    return $NONE if $length !~ /^\d+$/ || $length > NEWS;
    return if length $body < $length;
    my ($events) = ($query // '') =~ /(?:^|&)events=(\d{1,6})(?:&|\z)/;
    my ($as)  = ($query // '') =~ /(?:^|&)as=([a-z-]{1,20})(?:&|\z)/;
    my ($web) = ($query // '') =~ /(?:^|&)web=([\w.,-]+)(?:&|\z)/;
    my $hour = ($query // '') =~ /(?:^|&)hour=1(?:&|\z)/ ? 1 : 0;
    my %who;
    @who{qw(site node container)} = split ' ', $said{'x-tandem-node'} // '';
    my @balancers = map { balancer($_) } split ' ', $said{'x-tandem-balancers'} // '';
    return {
        method => $method, path => $path, events => $events, hour => $hour, origin => $said{origin}, who => \%who, balancers => \@balancers,
        from => $said{'x-tandem-from'}, body => $body, as => $as, web => [ split /,/, $web // '' ],
    };
}

# Its first address is that on the LAN.
sub balancer ($text) {
    my ($name, $addresses) = split /=/, $text, 2;
    my @addresses = split /,/, $addresses // '';
    return @addresses ? { name => $name, address => $addresses[0], addresses => \@addresses } : ();
}

# The whole answer. A page of the site may be open at another balancer than the one that it asks, because that
# one is gone: these addresses and no others may read what is told here.
sub answer ($question, $code, $type, $body, @others) {
    my ($origin) = grep { $_ eq ($question->{origin} // '') } @others;
    my @head = ("HTTP/1.1 $code $REASON{$code}", 'Connection: close', 'X-Content-Type-Options: nosniff');
    push @head, "Content-Type: $type", 'Content-Length: ' . length $body;
    push @head, 'Cache-Control: ' . ($type =~ /json/ ? 'no-store' : 'no-cache'), 'Referrer-Policy: no-referrer';
    push @head, 'Cross-Origin-Resource-Policy: same-site' if !defined $origin;
    push @head, "Access-Control-Allow-Origin: $origin", 'Access-Control-Allow-Credentials: true', 'Vary: Origin' if defined $origin;
    push @head, 'Content-Security-Policy: ' . policy(@others) if $type =~ m{^text/html};
    return join("\r\n", @head, '', '') . ($question->{method} eq 'HEAD' ? '' : $body);
}

# Nothing but what comes from here, and what the balancers of this site tell.
sub policy (@others) {
    return join '; ', "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
        join(' ', "connect-src 'self'", @others), "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'";
}

# The places at which pages of this site are, as a browser names them.
sub origins ($port, @addresses) {
    my $at = $port == 80 ? '' : ":$port";
    my %seen;
    return grep { !$seen{$_}++ } map { "http://$_$at" } @addresses;
}

1;
