# NodeState: what this balancer knows, for `tandem status`: lines of key=value, then an empty line, then what
# HAProxy's `show stat` says of the servers, as it is (CSV). What could not be found out is left out. A key may
# come more than once: arp, address, listener, disk, share, program, web.
#
# `turn_age` is how long ago, in milliseconds, the loop of the init went round last, which is some 200 at
# most while it runs: what it wrote down before is as old.
#
# `loaded_handover` is `changed` when what the kernel has is no longer what was loaded.
#
# `disk` is how full, in percent, a file system is that the init and its programs write to.
#
# `share` is how a web server has served lately: BACKEND/SERVER, of how many seconds, requests, those that
# failed, those that clients gave up, how many of both came in the last five to ten seconds, and answers 4xx.
#
# `listener` is a listener for clients, and how it answers the init's questions: ok, silent, or unknown.
# `http:80 silent` is this balancer's own; `192.0.2.2/http:80 ok` is that of a peer, asked over the LAN.
#
# `program` is one that the init keeps running: NAME runs|stopped|gone PROCESS. A signal may stop one that is
# asked nothing while others serve, such as HAProxy's master: it would only be missed at the next reload.
#
# `web` is what one of the web servers says, as `node-state` there does.
package NodeState;
use v5.36;
use Handover;
use List::Util qw(min);
use Loaded;
use Nginx;
use Programs;
use Run;
use Who;

use constant WIRE => 0.06;    # seconds for the LAN to say who has the VIP

my @NOTED = qw(haproxy_down servers_down listener_down leaving duty);
my @PROGRAMS = qw(haproxy keepalived outliers bodies speaker notifier);

# The interface on the LAN; undef when it is not known.
sub interface () { return ((Run::get('lan.conf') // '') =~ /^\$LAN=(\S+)/)[0] }

# What only root finds out: who has the VIP on the LAN, and whether somebody has changed the rules of the hand-over.
# Empty when the LAN could not be asked.
sub of_root ($vip, @more) {
    my $lan = interface() // return ();
    my $question = eval { Who->ask($lan, $vip) };
    my $noted = Run::get('loaded_handover') // '';
    my @changed = length $noted == 64 && Handover::is_changed($vip, @more) ? 'loaded_handover=changed' : ();
    return (@changed, map { "arp=$_" } $question ? $question->answers(WIRE) : ());
}

# The lines that everybody may find out.
sub of_anybody ($vip) { return (noted(), disks(), shares(), programs(), addresses($vip)) }

sub noted () {
    my @lines;
    my $age = Run::turn_age();
    push @lines, "turn_age=$age" if defined $age;
    my ($vrrp, $since) = split ' ', Run::get('vrrp') // '';
    push @lines, "vrrp=$vrrp"   if defined $vrrp;
    push @lines, "since=$since" if defined $since;
    for my $name (@NOTED, Loaded::names()) {
        my $value = Run::get($name);
        push @lines, "$name=$value" if defined $value;
    }
    return (@lines, map { 'listener=' . s/=/ /r } split ' ', Run::get('listeners') // '');
}

sub disks () {
    my %full;
    for (`df --portability /run /tmp 2>/dev/null`) {
        $full{$2} = $1 if m{\s(\d+)% (/\S*)$};
    }
    return map { "disk=$_ $full{$_}" } sort keys %full;
}

sub shares () {
    my ($counted, @shares) = Run::lines('shares');
    return Run::uptime() - ($counted // 0) < 10 ? map { "share=$_" } @shares : ();
}

sub programs () {
    my $master = Run::get('haproxy.pid');
    my @lines = defined $master ? 'workers=' . Programs::children($master) : ();
    for my $name (@PROGRAMS) {
        my $pid = Run::get("$name.pid") // next;    # it is being started
        push @lines, "program=$name " . Programs::standing($pid) . " $pid";
    }
    return @lines;
}

sub addresses ($vip) {
    my $addresses = `ip -o -4 address`;
    my @lines;
    while ($addresses =~ /^\d+: (\S+?)(?:@\S+)? +inet (\S+)/mg) {
        my ($interface, $cidr) = ($1, $2);
        push @lines, "address=$interface $cidr" unless $cidr =~ /^127\./;
    }
    my $lan = interface() // return @lines;
    push @lines, "lan=$lan";
    my $mac = Run::first_line("/sys/class/net/$lan/address");
    push @lines, "mac=$mac" if defined $mac;
    my $here = $addresses =~ /^\d+: \Q$lan\E(?:@\S+)? +inet \Q$vip\E\//m;
    push @lines, 'vip=' . ($here ? 'here' : 'elsewhere') if $addresses ne '';
    return @lines;
}

# Those that are well answer in milliseconds; that one is gone holds up an answer for a moment only.
#
# @param asked the addresses of web servers, by name
sub of_web_servers (%asked) {
    my %web = Nginx::loaded(min(1.5, 0.3 + 0.01 * keys %asked), %asked);
    return map { join ' ', "web=$_", split ' ', $web{$_} } sort keys %web;
}

# The whole text. What root found out counts more than what was noted.
#
# @param statistics what HAProxy says; '' from one that hangs
sub text ($statistics, @lines) { return join "\n", @lines, '', $statistics }

1;
