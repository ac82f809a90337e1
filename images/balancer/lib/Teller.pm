# Teller: one attempt to tell a receiver one thing, in the process of its own that `notifier` makes for it, as nobody:
# over HTTP, by mail, or by a program of the user's. Who made it ends it when its time is over.
package Teller;
use v5.36;
use Fcntl qw(F_SETFD);
use POSIX qw(WNOHANG strftime);
use Receivers;
use Time::HiRes qw(time sleep);

use constant {
    MEMORY => 262_144,    # KiB of a command
    SAID   => 4096,       # of what it says is read
};

# @param receiver as Receivers::parsed has it
# @param notice whole
# @param secret its token, or user and password; a program's text
# @param ca the file with the CAs that it is verified with
# @param limit seconds
# @return done, again or never; and what came of it in words, in which the secret is not
sub tell ($receiver, $notice, $secret, $ca, $limit) {
    my ($verdict, $why) = $receiver->{form} eq 'mail' ? by_mail($receiver, $notice, $secret, $ca, $limit)
        : $receiver->{form} eq 'command' ? by_program($notice, $secret, $limit)
        :                                  over_http($receiver, $notice, $secret, $ca, $limit);
    $why =~ s/ at \S+ line .*//s;
    $why =~ s/[^\x20-\x7e]+/ /g;
    return ($verdict, substr $why =~ s/\s+\z//r, 0, 200);
}

sub over_http ($receiver, $notice, $token, $ca, $limit) {
    require HTTP::Tiny;
    my $what = Receivers::request($receiver, $notice, $token =~ s/\s//gr);
    my $http = HTTP::Tiny->new(
        timeout => $limit, max_redirect => 0, verify_SSL => 1, max_size => 65536,
        proxy => undef, http_proxy => $receiver->{proxy}, https_proxy => $receiver->{proxy}, SSL_options => { SSL_ca_file => $ca },
    );
    my $answer = eval { $http->request(POST => $what->{url}, { headers => $what->{headers}, content => $what->{body} }) }
        // { status => 599, content => $@ };
    my $why = $answer->{status} == 599 ? $answer->{content} : "it answers $answer->{status} $answer->{reason}";
    return (Receivers::verdict($answer->{status}), hidden($why, $token =~ s/\s//gr));
}

sub by_mail ($receiver, $notice, $login, $ca, $limit) {
    require Smtp;
    my ($user, $password) = $login =~ /^([^:\n]+):([^\n]*)/;
    local $SIG{PIPE} = 'IGNORE';
    my ($verdict, $why) = Smtp::deliver({
        url => $receiver->{url}, ca => $ca, name => "$notice->{node}.$notice->{site}.tandem", user => $user, password => $password,
        from => $receiver->{from}, to => [ Receivers::recipients($receiver) ],
        text => Receivers::mail($receiver, $notice, strftime('%a, %d %b %Y %H:%M:%S +0000', gmtime)),
    }, $limit);
    return ($verdict, hidden($why, $password // ''));
}

sub hidden ($text, $secret) { return $secret eq '' ? $text : $text =~ s/\Q$secret\E/.../gr }

# Its text goes through a pipe: the file is root's alone. It ends with all that it started: they are in the group of
# this process.
sub by_program ($notice, $program, $limit) {
    my @interpreter = split ' ', ($program =~ /^#!\s*([^\n]+)/)[0] // '/bin/sh';
    pipe(my $script, my $write) && pipe(my $read, my $said) or return ('again', "no pipe: $!");
    return ('never', 'it is too long') if length $program > 60_000;
    syswrite $write, $program;
    close $write;
    my $pid = fork // return ('again', "no process: $!");
    if ($pid == 0) {
        close $read;
        run_program($script, $said, Receivers::object($notice), @interpreter);
    }
    close $_ for $script, $said;
    my ($text, $end, $exit) = ('', time + $limit);
    while (!defined $exit && time < $end) {
        $text .= read_now($read) // '';
        $exit = $? if waitpid($pid, WNOHANG) != 0;
        sleep 0.02 unless defined $exit;
    }
    return ('again', "it did not end within $limit s") unless defined $exit;
    $text .= read_now($read) // '';
    my ($last) = reverse grep { /\S/ } split /\n/, $text;
    return ('done', 'it ran') if $exit == 0;
    return ('again', ($exit & 127 ? 'it ended with signal ' . ($exit & 127) : 'it ended with exit code ' . ($exit >> 8)) . (defined $last ? ": $last" : ''));
}

# What is there, and no waiting; what is more than SAID is not kept.
sub read_now ($from) {
    my $all = '';
    while (select(vec_of($from), undef, undef, 0)) {
        sysread $from, my $part, SAID or last;
        $all .= $part if length $all < SAID;
    }
    return $all;
}

sub vec_of ($file) {
    vec(my $bits = '', fileno $file, 1) = 1;
    return $bits;
}

sub run_program ($script, $said, $object, @interpreter) {
    pipe(my $in, my $write) or POSIX::_exit(126);
    syswrite $write, $object;    # less than a pipe holds
    close $write;
    open STDIN,  '<&', $in   or POSIX::_exit(126);
    open STDOUT, '>&', $said or POSIX::_exit(126);
    open STDERR, '>&', $said or POSIX::_exit(126);
    %ENV = (PATH => '/usr/bin:/bin', LANG => 'C.UTF-8');
    chdir '/';
    fcntl $script, F_SETFD, 0;
    exec '/bin/sh', '-c', 'ulimit -v ' . MEMORY . '; exec "$@"', 'sh', @interpreter, '/dev/fd/' . fileno $script or POSIX::_exit(127);
}

1;
