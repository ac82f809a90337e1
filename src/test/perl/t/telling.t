# Whoever is told by mail or by a program: `notifier --test`, as it is, against a real mail server over TLS that is slow,
# dead, wrong or not whom it says, and programs that fail, talk or never end. Over HTTP, and in a balancer: NotifyTest.
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use File::Temp;
use Home;
use IO::Socket::IP;
use IO::Socket::SSL;
use IO::Socket::SSL::Utils;
use JSON::PP ();
use MIME::Base64 qw(encode_base64);
use Receivers;
use Test::More;
use Time::HiRes qw(time);

my $DIR = File::Temp->newdir('tandem-telling-XXXXXX', TMPDIR => 1);
chmod 0755, $DIR;
my $PASSWORD = 's3cret pa:ss';

my ($ca, $ca_key) = CERT_create(CA => 1, key => KEY_create_ec(), subject => { commonName => 'ours' });
sub issued ($name, @for) {
    return CERT_create(issuer => [ $ca, $ca_key ], key => KEY_create_ec(), subject => { commonName => $name }, subjectAltNames => [ \@for ]);
}
my ($cert, $key) = issued('mail', IP => '127.0.0.1');
my ($other, $other_key) = issued('other', DNS => 'other.example.org');
PEM_cert2file($ca, "$DIR/ca.pem");

sub put ($name, $text) {
    open my $out, '>', "$DIR/$name" or die "$name: $!";
    print $out $text;
    close $out or die "$name: $!";
    chmod 0644, "$DIR/$name";
    return "$DIR/$name";
}

# A mail server for one connection after the other. What it hears is in the file `heard`, but for the TLS.
#   can      what it says that it can, in clear and over TLS
#   answers  to the first word of a line: something else than 250
#   waits    seconds before each answer
#   says     instead of its greeting
#   tls      at once
sub server (%how) {
    my $listen = IO::Socket::IP->new(LocalHost => '127.0.0.1', Listen => 5) or die "no port: $@";
    put('heard', '');
    my $pid = fork // die 'no process';
    return ($listen->sockport, $pid) if $pid;
    local $SIG{ALRM} = sub { POSIX::_exit(0) };
    alarm 60;
    while (my $client = $listen->accept) {
        eval { serve($client, %how) };
        close $client;
    }
    POSIX::_exit(0);
}

sub heard (@lines) {
    open my $out, '>>', "$DIR/heard" or die "heard: $!";
    print $out map { "$_\n" } @lines;
    close $out;
}

sub secure ($client, %how) {
    return IO::Socket::SSL->start_SSL($client, SSL_server => 1, SSL_cert => $how{cert} // $cert, SSL_key => $how{key} // $key) || die 'no TLS';
}

sub serve ($client, %how) {
    my $tls = $how{tls};
    $client = secure($client, %how) if $tls;
    my $say = sub ($line) { select undef, undef, undef, $how{waits} // 0; print $client "$line\r\n" };
    if (defined $how{says}) {
        return <$client> if $how{says} eq '';    # never a word
        $say->($how{says});
    }
    else { $say->('220 mail ready') }
    my $data;
    while (defined(my $line = <$client>)) {
        $line =~ s/\r?\n\z//;
        heard(($tls ? 'TLS ' : 'clear ') . $line);
        if ($data) {
            next unless $line eq '.';
            $data = 0;
            $say->($how{answers}{MAILED} // '250 taken');
            next;
        }
        my ($word) = map { uc } $line =~ /^(\w+)/;
        if ($word eq 'EHLO') { $say->(join "\r\n", '250-mail', @{ $how{can}[ $tls ? 1 : 0 ] // [] }, '250 SIZE 1000000'); next }
        $say->(my $answer = $how{answers}{$word} // { STARTTLS => '220 go', DATA => '354 go on', AUTH => '235 welcome', QUIT => '221 bye' }->{$word} // '250 well');
        $data = 1 if $word eq 'DATA' && $answer =~ /^3/;
        if ($word eq 'STARTTLS') { $client = secure($client, %how); $tls = 1 }
    }
}

put('run.pl', <<"END");
(\$main::CONFIG, \$main::TLS, \$main::LIMIT) = ('$DIR/haproxy.cfg', '$DIR', shift);
\@ARGV = '--test';
do '$Home::IMAGE/notifier';
die \$@;
END

# What `notifier --test` says of one receiver, and how long it took.
sub told ($line, $limit = 3) {
    put('haproxy.cfg', qq(    http-request set-header X-Tandem-Node "shop haproxy-a shop-haproxy-a"\n    # notify $line\n));
    my $begin = time;
    my $said  = qx($^X -I$Home::IMAGE/lib $DIR/run.pl $limit 2>&1);
    chomp $said;
    return wantarray ? ($said, time - $begin) : $said;
}

sub mail (%how) {
    my ($port, $pid) = server(%how);
    my $scheme = $how{tls} ? 'smtps' : 'smtp';
    my @told = told("ops mail $scheme://127.0.0.1:$port about=vip from=us\@example.org to=a\@example.org,b\@example.org token" . ($how{stranger} ? '' : ' ca'), $how{limit} // 5);
    kill 'KILL', $pid;
    waitpid $pid, 0;
    return @told;
}

put('notify.ops.token', "ops\@example.org:$PASSWORD\n");
put('ca-notify.ops.pem', Home::text("$DIR/ca.pem"));
my @CAN = (can => [ ['250-STARTTLS'], ['250-AUTH LOGIN PLAIN'] ]);

subtest 'a mail is given to who takes it, and nothing but STARTTLS is said in clear' => sub {
    my ($said) = mail(@CAN);
    is($said, 'ops told');
    my $heard = Home::text("$DIR/heard");
    is(join(' ', $heard =~ /^clear (\w+)/mg), 'EHLO STARTTLS');
    my $login = encode_base64("\0ops\@example.org\0$PASSWORD", '');
    like($heard, qr/^TLS EHLO haproxy-a\.shop\.tandem\nTLS AUTH PLAIN \Q$login\E\nTLS MAIL FROM:<us\@example\.org>\nTLS RCPT TO:<a\@example\.org>\nTLS RCPT TO:<b\@example\.org>\nTLS DATA\n/m);
    like($heard, qr/^TLS From: us\@example\.org\nTLS To: a\@example\.org, b\@example\.org\nTLS Subject: \[shop\] This is a test\.\nTLS Date: \w{3}, \d\d \w{3} \d{4} [\d:]+ \+0000\nTLS Message-ID: <test\.\d+\@shop\.tandem>\n/m);
    like($heard, qr/\nTLS shop: This is a test\.\n.*\nTLS by   haproxy-a\n.*\nTLS \.\nTLS QUIT\n\z/s);
};

subtest 'TLS from the first byte, an answer that takes its time, and AUTH LOGIN' => sub {
    my ($said) = mail(tls => 1, waits => 0.05, can => [ [], ['250-AUTH LOGIN'] ], answers => { AUTH => '334 VXNlcm5hbWU6' });
    is($said, 'ops told');
    like(Home::text("$DIR/heard"), qr/^TLS AUTH LOGIN\nTLS \Q${\ encode_base64('ops@example.org', '')}\E\nTLS \Q${\ encode_base64($PASSWORD, '')}\E\n/m);
};

subtest 'whoever is not whom it says hears no password' => sub {
    for my $case ([ 'of another CA' => stranger => 1 ], [ 'with another name' => cert => $other, key => $other_key ], [ 'without STARTTLS' => can => [ ['250-AUTH PLAIN'], [] ] ]) {
        my ($what, @how) = @$case;
        my ($said) = mail(@CAN, @how);
        like($said, qr/^ops (?:SSL connect attempt failed.*certificate verify failed|.*hostname verification failed|127\.0\.0\.1 does not offer STARTTLS)/, $what);
        unlike(Home::text("$DIR/heard"), qr/AUTH|MAIL/, 'and no mail');
    }
};

subtest 'what a mail server says is told, and what it was shown is not' => sub {
    my %case = (
        'it answers 535 to the login' => { AUTH => "535 I do not know $PASSWORD" },
        'it answers 550 to the recipient a@example.org: no such' => { RCPT => '550 no such' },
        'it answers 451 to the mail: later' => { MAILED => '451 later' },
        'it answers 421 to the sender: ... not' => { MAIL => "421 $PASSWORD not" },
    );
    for my $expected (sort keys %case) {
        my ($said) = mail(@CAN, answers => $case{$expected});
        is($said, "ops $expected");
    }
    is((mail(says => 'HTTP/1.1 400 Bad Request'))[0], 'ops it does not speak SMTP');
    is((mail(says => '554 go away'))[0], 'ops it answers 554 to its greeting: go away');
    is((mail(@CAN, can => [ ['250-STARTTLS'], [] ]))[0], 'ops it does not offer AUTH PLAIN or LOGIN');
};

subtest 'a mail server that never answers, and one that is not there, keep nobody' => sub {
    my ($said, $took) = mail(says => '', limit => 2);
    is($said, 'ops no answer within 2 s');
    cmp_ok($took, '<', 4);
    my $port = do { IO::Socket::IP->new(LocalHost => '127.0.0.1', Listen => 1)->sockport };
    like(scalar told("ops mail smtp://127.0.0.1:$port about=vip from=us\@example.org to=a\@example.org"), qr/^ops 127\.0\.0\.1 does not answer: .*refused/i);
};

subtest 'nothing that others said begins a line of a mail' => sub {
    my $text = Receivers::mail({ from => 'us@example.org', to => 'a@example.org' }, { id => "x\r\ny", kind => 'servers', is => 'trouble', site => 'shop',
        node => 'a', time => 't', text => "web-a is down: \r\nBcc: others\n.\n" . 'long ' x 300 }, 'now');
    like($text, qr/^Subject: \[shop\] web-a is down:  Bcc: others \. long .{0,120}\.\.\.$/m);
    like($text, qr/^Message-ID: <x\.\.y\@shop\.tandem>$/m);
    ok(!grep({ length > 998 || /^(?:Bcc|\.)/ } split /\n/, $text), 'no line is too long');
};

sub program ($text, $limit = 3) {
    put('notify.ops.command', $text);
    return told('ops command - about=vip', $limit);
}

subtest 'a program gets the notice, and what it needs to be run' => sub {
    my $out = put('got', '');
    chmod 0666, $out;
    is(scalar program("#!/bin/sh\ncat >'$out'; env >>'$out'; pwd >>'$out'; id -un >>'$out'\n"), 'ops told');
    my ($object, @more) = split /\n/, Home::text($out);
    is(JSON::PP::decode_json($object)->{text}, 'This is a test.');
    is_deeply([ sort grep { !/^(?:_|SHLVL|OLDPWD|PWD)=/ } @more ], [ sort '/', 'LANG=C.UTF-8', 'PATH=/usr/bin:/bin', $> == 0 ? 'nobody' : scalar getpwuid $> ]);
    is(scalar program("#!/usr/bin/perl -w\nmy \$all = join '', <STDIN>; exit(\$all =~ /This is a test/ ? 0 : 1);\n"), 'ops told');
};

subtest 'a program that fails, or talks, is told of' => sub {
    is(scalar program("#!/bin/sh\necho one; echo 'no line' >&2; exit 3\n"), 'ops it ended with exit code 3: no line');
    is(scalar program("#!/bin/sh\nkill -9 \$\$\n"), 'ops it ended with signal 9');
    is(scalar program("#!/bin/sh\nhead -c 1000000 /dev/zero\nexec true <&-\n"), 'ops told', 'as much as it likes');
    like(scalar program("#!/no/such/interpreter\n"), qr/^ops it ended with exit code 127: .*not found/);
};

subtest 'a program that does not end, or leaves something behind, ends with its time' => sub {
    my $file = put('pid', '');
    chmod 0666, $file;
    my ($said, $took) = program("#!/bin/sh\nsleep 50 & echo \$! >'$file'; wait\n");
    is($said, 'ops it did not end within 1 s');
    cmp_ok($took, '<', 4);
    ok(Home::await(sub { !is_there($file) }), 'nor what it started');
    is(scalar program("#!/bin/sh\nsleep 50 & echo \$! >'$file'\n"), 'ops told');
    ok(Home::await(sub { !is_there($file) }), 'what it left behind');
};

# Whether it runs; one that nobody has buried does not.
sub is_there ($file) {
    my ($pid) = Home::text($file) =~ /(\d+)/ or die 'it was not started';
    open my $stat, '<', "/proc/$pid/stat" or return 0;
    return <$stat> !~ /^\d+ \(.*\) [ZX]/;
}

done_testing();
