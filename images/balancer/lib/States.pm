# States: what HAProxy reads of the web servers whenever it starts (`server-state-file` in
# haproxy.cfg). What somebody asked of them stands in servers.state, as Tandem wrote it. What checks
# have found out stands nowhere: a new worker believes every web server to be up, and takes it for down
# after one failed check. One late answer on a busy machine, and a web server that has served for days
# is out; one that is down gets requests. So at a reload the new worker is told what the old one knows.
#
# Where a web server with a hostname is, is known to HAProxy only: a new worker that had to ask DNS first
# would have none of them meanwhile, and for as long as DNS does not answer. It begins with the addresses
# that the old one has.
#
# A line is that of `show servers state` (management guide, 9.3). The state 2 is more than up: `fall`
# checks have to fail until it is down. 0 is down, until `rise` checks passed.
package States;
use v5.36;
use Haproxy;
use Notes;
use Run;

use constant { ASKED => '/etc/tandem/servers.state', READ => 'servers.state' };
use constant { BACKEND => 1, SERVER => 3, ADDRESS => 4, STATE => 5, ADMIN => 6, WEIGHT => 7, FULL_WEIGHT => 8 };
use constant FQDN => 17;
use constant { DOWN => 0, UP => 2 };
use constant MAINTENANCE => 0x01 | 0x02 | 0x20;    # bits of srv_admin_state: by hand, tracked, no address

# For a start: only what was asked. Who is up is what the first checks are to say.
sub asked () {
    my @asked = grep { $_->[ADMIN] != 0 || $_->[WEIGHT] != $_->[FULL_WEIGHT] } lines(text());
    Notes::leave(put => READ, as_text(@asked));
}

# For a reload: also what the worker that serves knows. A web server that it does not have begins as
# down, if there is one that is up: it gets requests when it has passed its checks. Nobody checks a
# web server in maintenance, so nothing is known of it; nor those of the last resort, which are up.
sub known () {
    my $said = Haproxy::talk('show servers state', 2) // '';
    $said =~ /^# be_id /m
        or die "HAProxy did not say what it knows of its web servers; it goes on as it was\n";
    Run::put(READ, as_text(with(text(), $said)));
}

# The lines of what was asked, with what a worker has said that it knows.
sub with ($asked, $said) {
    my @all   = lines($said);
    my @known = grep { is_checked($_) } @all;
    my %state = map { name($_) => $_->[ADMIN] & MAINTENANCE ? UP : $_->[STATE] } @known;
    my $new   = (grep { $_ == UP } values %state) ? DOWN : UP;
    my %named = map  { name($_) => $_ } grep { $_->[FQDN] ne '-' } @all;
    my @lines = lines($asked);
    for my $line (@lines) {
        $line->[STATE] = is_checked($line) ? $state{ name($line) } // $new : UP;
        $line->@[ ADDRESS, FQDN ] = $_->@[ ADDRESS, FQDN ] for $named{ name($line) } // ();
    }
    return @lines;
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
sub as_text (@lines) { return join "\n", 1, map { "@$_" } @lines }

1;
