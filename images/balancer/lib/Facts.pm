# Facts: what `speaker` finds out of this balancer, for Told to put into words: the notes of the init, what the
# kernel shows to everybody, and HAProxy's answers. Nothing here starts a program, and each question has a limit.
package Facts;
use v5.36;
use Haproxy;
use Json;
use Lan;
use POSIX qw(strftime);
use Programs;
use Run;
use Told;

use constant {
    LIMIT        => 0.3,    # seconds for an answer of HAProxy
    CERTIFICATES => 10,     # seconds until it is asked for them again: it takes one question for each
    MOST         => 50,     # certificates
};

my @NOTED = qw(vrrp duty haproxy_down servers_down servers_unseen listener_down leaving maintenance listeners
    loaded_handover);
my @PROGRAMS = qw(haproxy keepalived outliers bodies speaker notifier);
my ($certificates, $asked_at) = (undef, -1e9);

# @param who site, node, container and peers, as haproxy.cfg has them
# @param kept whether events outlive a restart
sub all ($who, $kept) {
    my ($interface) = (Run::get('lan.conf') // '') =~ /^\$LAN=(\S+)/;
    my $vip  = $ENV{TANDEM_VIP};
    my $info = ask('show info');
    return {
        %$who, container_id => scalar container(), time => Run::time_of_day(), boot => scalar Run::get('boot'),
        address => $ENV{TANDEM_LAN_ADDRESS}, port => $ENV{TANDEM_HEALTH_PORT}, vip => $vip,
        interface => $interface,
        more => [ more_vips($interface, $vip) ],
        holds => defined $interface ? Lan::holds($interface, $vip) : undef,
        noted => { map { $_ => scalar Run::get($_) } @NOTED }, turn_age => scalar Run::turn_age(),
        programs => [ map { program($_) } @PROGRAMS ], packages => scalar packages(), kept => $kept,
        info => $info, stat => defined $info ? scalar ask(Told::STAT) : undef,
        certificates => defined $info ? scalar certificates() : undef,
    };
}

# All but the VIP, each with the balancer at which it is first; undef where it goes with the VIP.
sub more_vips ($interface, $vip) {
    my %of = Lan::vips_of();
    return map {
        my $first = $_ eq '' ? undef : $_;
        map { { address => $_, first => $first, holds => defined $interface ? Lan::holds($interface, $_) : undef } }
            grep { $_ ne $vip } @{ $of{$_} }
    } sort keys %of;
}

sub program ($name) {
    my $process = Run::get("$name.pid") // return;    # it is being started
    return { name => $name, process => Json::number($process), is => Programs::standing($process) };
}

# That of the operator may change nothing of what clients get.
sub ask ($command) { return Haproxy::ask_socket('speaker', $command, LIMIT) }

sub certificates () {
    return $certificates if Run::now() < $asked_at + CERTIFICATES;
    my @files = grep { m{^/} } split /\n/, ask('show ssl cert') // return $certificates;
    @files = @files[ 0 .. MOST - 1 ] if @files > MOST;
    $asked_at     = Run::now();
    $certificates = [ map { Told::certificate($_, ask("show ssl cert $_")) } @files ];
    return $certificates;
}

# By the files that Docker mounts from the container's own directory; undef where another engine does it otherwise.
sub container () {
    open my $mounts, '<', '/proc/self/mountinfo' or return undef;
    while (my $mount = <$mounts>) { return $1 if $mount =~ m{/containers/([0-9a-f]{64})/} }
    return undef;
}

# The day of the packages in this image.
sub packages () {
    my $changed = (stat '/var/lib/dpkg/status')[9] // return undef;
    return strftime '%Y-%m-%d', gmtime $changed;
}

1;
