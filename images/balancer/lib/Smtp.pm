# Smtp: gives one mail to a mail server, over TLS that is verified: `smtp://` asks for STARTTLS and goes on with
# nothing else, `smtps://` speaks TLS at once. A user and a password are shown once TLS stands, never before.
# It runs in a process of its own, which somebody ends when its time is over.
package Smtp;
use v5.36;
use IO::Socket::SSL;
use MIME::Base64 qw(encode_base64);

use constant { LINE => 1000, LINES => 100 };    # of an answer: more is no mail server
my %PORT = (smtp => 587, smtps => 465);

# @param mail url, ca (a file), name (ours), user and password (where it asks for them), from, to (list), text
# @param limit seconds for each step
# @return done, again or never, and why
sub deliver ($mail, $limit) {
    my $socket;
    my $verdict = eval { $socket = talk($mail, $limit); 'done' };
    return ('done', 'taken') if $verdict;
    my $why = $@;
    return ('never', $1) if $why =~ /^never (.*)/s;
    return ('again', $why =~ s/^again //r);
}

sub talk ($mail, $limit) {
    my ($scheme, $host, $port) = $mail->{url} =~ m{^(smtps?)://([^:/]+)(?::(\d+))?$} or die "never no mail server: $mail->{url}\n";
    my %tls = (SSL_verify_mode => SSL_VERIFY_PEER, SSL_ca_file => $mail->{ca}, SSL_verifycn_scheme => 'smtp', SSL_verifycn_name => $host,
        $host =~ /[a-z]/i ? (SSL_hostname => $host) : ());
    my $socket = IO::Socket::IP->new(PeerHost => $host, PeerPort => $port // $PORT{$scheme}, Timeout => $limit)
        or die "again $host does not answer: $@\n";
    encrypt($socket, $limit, %tls) if $scheme eq 'smtps';
    heard($socket, 'its greeting');
    my $can = ask($socket, "EHLO $mail->{name}", 'EHLO');
    if ($scheme eq 'smtp') {
        $can =~ /^250[ -]STARTTLS\b/mi or die "never $host does not offer STARTTLS\n";
        ask($socket, 'STARTTLS', 'STARTTLS');
        encrypt($socket, $limit, %tls);
        $can = ask($socket, "EHLO $mail->{name}", 'EHLO');
    }
    login($socket, $can, $mail) if defined $mail->{user};
    ask($socket, "MAIL FROM:<$mail->{from}>", 'the sender');
    ask($socket, "RCPT TO:<$_>", "the recipient $_") for @{ $mail->{to} };
    ask($socket, 'DATA', 'DATA');
    my $text = $mail->{text} =~ s/\r?\n/\r\n/gr =~ s/^\./../gmr;
    ask($socket, "$text\r\n.", 'the mail');
    print $socket "QUIT\r\n";
    return $socket;
}

sub encrypt ($socket, $limit, %tls) {
    IO::Socket::SSL->start_SSL($socket, %tls, Timeout => $limit) or die 'again ' . IO::Socket::SSL::errstr() . "\n";
}

# Nothing of it comes back in an error: only the code does.
sub login ($socket, $can, $mail) {
    my ($how) = $can =~ /^250[ -]AUTH[ =]+(.*)$/mi;
    $how //= '';
    if ($how =~ /\bPLAIN\b/i) {
        ask($socket, 'AUTH PLAIN ' . encode_base64("\0$mail->{user}\0$mail->{password}", ''), 'the login', 1);
    }
    elsif ($how =~ /\bLOGIN\b/i) {
        ask($socket, 'AUTH LOGIN', 'AUTH LOGIN', 1);
        ask($socket, encode_base64($_, ''), 'the login', 1) for $mail->{user}, $mail->{password};
    }
    else { die "never it does not offer AUTH PLAIN or LOGIN\n" }
}

sub ask ($socket, $line, $what, $secret = 0) {
    print $socket "$line\r\n";
    return heard($socket, $what, $secret);
}

sub heard ($socket, $what, $secret = 0) {
    my $all = '';
    for (1 .. LINES) {
        my $line = line($socket) // die "again it hung up at $what\n";
        $all .= $line;
        next if $line =~ /^\d{3}-/;
        my ($code, $rest) = $line =~ /^([2-5]\d\d)(?: (.*?))?\r?\n\z/ or die "again it does not speak SMTP\n";
        return $all if $code < 400;
        die +($code < 500 ? 'again' : 'never') . " it answers $code to $what" . ($secret || ($rest // '') eq '' ? '' : ": $rest") . "\n";
    }
    die "again it answers too much to $what\n";
}

# By the byte: nothing of TLS may be read too early, and nothing without an end.
sub line ($socket) {
    my $line = '';
    while (length $line < LINE) {
        sysread $socket, my $byte, 1 or return undef;
        $line .= $byte;
        return $line if $byte eq "\n";
    }
    die "again it does not speak SMTP\n";
}

1;
