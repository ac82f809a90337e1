# Handover: makes this balancer ready for handover.nft, which lets open connections outlive a move of
# the VIP. Its parts only work together, so either all are there or none.
package Handover;
use v5.36;
use Loaded;
use Run;

my $rules = '/etc/tandem/handover.nft';

# Whether the site wants it. Not by whether the file is there: that must not change while we run.
sub wanted () { return ($ENV{TANDEM_HANDOVER} // '') eq 'on' }

# Puts the VIP on lo for good and loads the rules for the interface of the LAN. Says what is in the
# way, '' when nothing is; then nothing of it stays. Called again when the LAN comes back under another
# name.
sub prepare ($vip, $lan) {
    my $obstacle = obstacle($vip, $lan);
    withdraw($vip) if $obstacle ne '';
    return $obstacle;
}

sub obstacle ($vip, $lan) {
    # Without them both balancers would answer ARP for a VIP that both have on lo. They cannot be
    # written from inside; compose.yaml sets them. The kernel takes the larger of both places.
    my %least = (arp_ignore => 1, arp_announce => 2);
    for my $name (sort keys %least) {
        my $value = (sort { $b <=> $a } map { setting("$_/$name") } 'all', $lan)[0];
        return "net.ipv4.conf.all.$name is $value, not $least{$name}" if $value < $least{$name};
    }
    Run::put('lan.nft', "define LAN = $lan");
    my $said = load();
    return 'nft: ' . (split "\n", $said)[0] if $said ne '';
    # `replace` is content when it is there already.
    $said = `ip address replace $vip/32 dev lo scope host 2>&1`;
    return $? == 0 ? '' : "VIP on lo: $said";
}

# Loads the rules: all of them or, when nft says anything against them, none. What the sets know stays.
sub load () {
    my %hash = Loaded::hashes('loaded_handover');
    my $said = `nft -f $rules 2>&1`;
    return $said || 'no answer' if $? != 0;
    Loaded::note(%hash);
    return '';
}

# As if it had never been. Nobody is to ask for it again and again: that it is impossible here is noted
# in the place of what was loaded.
sub withdraw ($vip) {
    system("nft delete table ip handover 2>/dev/null");
    system("ip address del $vip/32 dev lo 2>/dev/null");
    Run::put('loaded_handover', 'impossible');
}

sub setting ($name) {
    open my $file, '<', "/proc/sys/net/ipv4/conf/$name" or return 0;
    return int <$file>;
}

1;
