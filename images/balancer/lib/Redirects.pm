# Redirects: nobody on the LAN tells this balancer over ICMP to send its packets to another machine.
#
# A kernel that does not forward follows such words. compose.yaml says accept_redirects 0, but the engine
# writes sysctls in no certain order, `ip_forward` sets that one back to 1, and an interface that is there
# already keeps its own. None of them can be written from inside; a packet filter can.
package Redirects;
use v5.36;
use Command;
use Run;

use constant LIMIT => 2;    # seconds for one command

our $IPV6 = '/proc/sys/net/ipv6/conf/all/disable_ipv6';    # 0 where compose.yaml wants IPv6

# A table of its own: handover.nft is not there on every site, and is loaded again and again.
our @REFUSE = (nft => <<'END');
table ip redirects
delete table ip redirects
table ip redirects {
    chain arriving {
        type filter hook input priority 0; policy accept;
        icmp type redirect drop
    }
}
END

# The same for IPv6, where routers say what addresses there are: that goes on.
our @REFUSE6 = (nft => <<'END');
table ip6 redirects
delete table ip6 redirects
table ip6 redirects {
    chain arriving {
        type filter hook input priority 0; policy accept;
        icmpv6 type nd-redirect drop
    }
}
END

# Says what is in the way, '' when nothing is.
sub refuse () {
    my $said = load(@REFUSE);
    return $said eq '' && (Run::first_line($IPV6) // '') eq '0' ? load(@REFUSE6) : $said;
}

sub load (@command) {
    my ($status, $said) = Command::run(LIMIT, @command);
    return defined $status && $status == 0 ? '' : (split "\n", $said || 'no answer')[0];
}

1;
