# Capacity: how many connections clients may have, so that nobody takes what others need (decision 0033).
#
# HAProxy derives what it can hold from the limit of open files: half of what the checks of web servers
# leave, because a connection of a client may need one to a web server. Of that, clients get nine tenths. The
# rest is for the health port, for the questions of the inits, and for a reload that adds web servers.
package Capacity;
use v5.36;

use constant {
    MOST  => 100_000,    # as fd-hard-limit in haproxy.cfg: more costs memory, and a machine has one such pair
    SHARE => 0.45,       # of the files: nine tenths of a half
};

# All clients together, and a single one. Never less than 2 and 1: HAProxy starts with any.
sub of_clients ($files, $servers) {
    my $all = int SHARE * (($files < MOST ? $files : MOST) - $servers);
    $all = 2 if $all < 2;
    return ($all, int $all / 2);
}

# The most that HAProxy, a child of ours, can raise its limit to.
sub open_files ($path = '/proc/self/limits') {
    open my $file, '<', $path or return MOST;
    my ($hard) = map { /^Max open files +\S+ +(\S+)/ } <$file>;
    return ($hard // '') =~ /^\d+$/ ? $hard : MOST;    # unlimited
}

# A check, and an agent, of each one in haproxy.cfg needs a file of its own. Those of the last resort, which
# have neither, make up for the second.
sub servers ($configuration) { return scalar(() = $configuration =~ /^ +server /mg) }

1;
