# States: what HAProxy reads of the web servers whenever it starts (`server-state-file` in
# haproxy.cfg). What somebody asked of them stands in servers.state, as Tandem wrote it. What checks
# have found out stands nowhere: a new worker believes every web server to be up, and takes it for down
# after one failed check. One late answer on a busy machine, and a web server that has served for days
# is out; one that is down gets requests. So at a reload the new worker is told what the old one knows.
#
# A line is that of `show servers state` (management guide, 9.3). The state 2 is more than up: `fall`
# checks have to fail until it is down. 0 is down, until `rise` checks passed.
package States;
use v5.36;
use Haproxy;
use Run;

use constant { ASKED => '/etc/tandem/servers.state', READ => 'servers.state' };
use constant { BACKEND => 1, SERVER => 3, STATE => 5, ADMIN => 6, WEIGHT => 7, FULL_WEIGHT => 8 };
use constant { DOWN => 0, UP => 2 };
use constant MAINTENANCE => 0x01 | 0x02 | 0x20;    # bits of srv_admin_state: by hand, tracked, no address

# For a start: only what was asked. Who is up is what the first checks are to say.
sub asked () {
    put(grep { $_->[ADMIN] != 0 || $_->[WEIGHT] != $_->[FULL_WEIGHT] } lines(text()));
}

# For a reload: also what the worker that serves knows. A web server that it does not have begins as
# down, if there is one that is up: it gets requests when it has passed its checks. Nobody checks a
# web server in maintenance, so nothing is known of it; nor those of the last resort, which are up.
sub known () {
    my $said = Haproxy::talk('show servers state', 2) // '';
    $said =~ /^# be_id /m
        or die "HAProxy did not say what it knows of its web servers; it goes on as it was\n";
    my @known = grep { is_checked($_) } lines($said);
    my %state = map { name($_) => $_->[ADMIN] & MAINTENANCE ? UP : $_->[STATE] } @known;
    my $new = (grep { $_ == UP } values %state) ? DOWN : UP;
    my @lines = lines(text());
    for my $line (@lines) {
        $line->[STATE] = is_checked($line) ? $state{ name($line) } // $new : UP;
    }
    put(@lines);
}

sub is_checked ($line) { return $line->[BACKEND] !~ /^last-resort/ }

sub name ($line) { return "$line->[BACKEND]/$line->[SERVER]" }

# The servers of a text in this format, as lists of their fields.
sub lines ($text) { return map { [split ' '] } grep { /^\d+ \S+ / } split "\n", $text }

# Without the file: HAProxy starts as haproxy.cfg has it.
sub text () {
    open my $file, '<', ASKED or return '';
    return join '', <$file>;
}

# Line by line, after the version of the format.
sub put (@lines) { Run::put(READ, join "\n", 1, map { "@$_" } @lines) }

1;
