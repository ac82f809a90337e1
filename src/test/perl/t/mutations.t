# The simulation finds what is wrong: each of these changes, to what the init decides or to what a track
# file costs, breaks something that must hold, within so many histories. Unchanged, the same histories are
# well.
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Home;
use POSIX ();
use Test::More;

use constant HISTORIES => 800;

# Name, a history that is known to break, what it must break, weights, and what is replaced in Balancer.pm or Listening.pm by what.
my @mutations = (
    [ 'a leaving balancer costs half a band', 86, qr/best|settled/, { leaving => sub ($full) { $full / 2 } } ],
    [ 'no web server costs half its bands', 5, qr/seen|settled/, { servers_down => sub ($full) { $full / 4 } } ],
    [ 'how many pools are lost is not said', 396, qr/seen|best|settled/, {}, qr/\$number < \$s->\{most_down\} \? \$number : \$s->\{most_down\}/ => '$number ? 1 : 0' ],
    [ 'a pool that is back is not taken back', 5, qr/best|settled/, {}, qr/\$s->\{said\} = \{ map \{ \$_ => 1 \} \@pools \}/ => '$s->{said} = { %{ $s->{said} }, map { $_ => 1 } @pools }' ],
    [ 'pools do not wait each for itself', 13, qr/seen|best|settled|moved/, {}, qr/\$now - \$s->\{since\}\{\$_\} >= GONE/ => '$now - $s->{since}{$_} >= 100 * GONE' ],
    [ 'the VIP stays on the interface when Keepalived has died', 28, qr/dead/, {},
        qr/act\(\$s, remove_vip => \$s->\{lan\}\);\n        vrrp/ => 'vrrp' ],
    [ 'only the VIP is taken off when Keepalived has died, and not the others', 28, qr/dead .* of /, {},
        qr/act\(\$s, remove_vip => \$s->\{lan\}\);\n        vrrp/ => "act(\$s, remove_vip => \$s->{lan}, '');\n        vrrp" ],
    [ 'Keepalived that sleeps is not noticed', 4, qr/orphan|settled/, {}, qr/SILENT      => 0\.5/ => 'SILENT => 500' ],
    [ 'Keepalived that is stopped is not noticed', 5, qr/orphan|settled/, {}, qr/return if \$idle < \(/ => 'return if $stopped || $idle < (' ],
    [ 'HAProxy that hangs is noticed late', 244, qr/nobody|best|new/, {}, qr/PROBE_LIMIT => 0\.2/ => 'PROBE_LIMIT => 2' ],
    [ 'maintenance does not wait for the peer', 19, qr/lets go/, {}, qr/\$word eq 'maintenance' && !is_free\(\$s, \$s->\{asked\}\)/ => '0' ],
    [ 'a stop does not wait for the peer', 10, qr/lets go/, {}, qr/if is_free\(\$s, \$s->\{began\}\)/ => '' ],
    [ 'maintenance that is taken back is half in force', 49, qr/best|settled/, {}, qr/\(\$word, \$s->\{now\}, ''\)/ => '($word, $s->{now}, $s->{in_force})' ],
    [ 'an interface that came back under its name is the old one', 12, qr/nobody|settled/, {}, qr/ && \$number == \$s->\{lan_number\}/ => '' ],
    [ 'a listener that does not answer costs half its bands', 8, qr/reach|best|settled/, { listener_down => sub ($full) { $full / 4 } } ],
    [ 'a listener that does not answer is noticed late', 88, qr/reach/, {}, qr/TRIES => 7/ => 'TRIES => 30' ],
    [ 'a single packet that is lost is a listener that does not answer', 19, qr/blamed/, {}, qr/TRIES => 7/ => 'TRIES => 1' ],
    [ 'a peer is not told', 88, qr/reach/, {}, qr/act\(\$s, tell => \$peer, \@there\)/ => '0' ],
    [ 'a peer is believed that does not answer itself', 29, qr/blamed/, {}, qr/grep \{ works\(\$s, \$_\) \} \@silent/ => 'grep { 1 } @silent' ],
    [ 'a peer is trusted at its first answer', 29, qr/blamed/, {}, qr/\|\| \$now - \$_->\{bad\} < BACK/ => '' ],
    [ 'to have the VIP counts more than a band', 30, qr/best|seen|settled/, { holds => sub ($full) { $full * 4 } } ],
    [ 'who has lost the VIP still says that it has it', 1, qr/settled/, {}, qr/holds => \$said eq 'MASTER' \? 1 : 0/ => 'holds => 1' ],
    [ 'a listener that answers again is forgiven never', 2, qr/settled/, {}, qr/track\(\$s, listener_down => 0\) if .*;/ => '' ],
);

# The first history that breaks. When the known one does not, all are tried.
sub found ($known, $wanted, $weights, $pattern = undef, $text = undef) {
    my $pid = open(my $pipe, '-|') // die "fork: $!\n";
    if ($pid == 0) {
        my $changed = !defined $pattern;
        for my $name (qw(Listening Balancer)) {
            my $source = Home::text("$Home::IMAGE/lib/$name.pm");
            $changed = 1 if defined $pattern && $source =~ s/$pattern/$text/;
            $INC{"$name.pm"} = 'changed';
            eval $source or do { say "does not compile: $@"; STDOUT->flush; POSIX::_exit(1) };
        }
        if (!$changed) { say 'not there'; STDOUT->flush; POSIX::_exit(1) }
        require Schedule;
        for my $seed ($known // (), 1 .. HISTORIES) {
            my ($wrong) = Schedule::run($seed, change_weights => $weights);
            my ($what) = grep { /$wanted/ } @$wrong or next;
            say "seed $seed: $what";
            last;
        }
        STDOUT->flush;
        POSIX::_exit(0);
    }
    chomp(my $said = <$pipe> // '');
    close $pipe;
    return $said;
}

is(found(undef, qr/./, {}), '', HISTORIES . ' histories of the init as it is');
for my $mutation (@mutations) {
    my ($name, $known, $wanted, $weights, $pattern, $text) = @$mutation;
    my $said = found($known, $wanted, $weights, $pattern, $text);
    like($said, qr/^seed \d+: /, $name);
    note($said);
}

done_testing;
