# Handover: makes this balancer ready for handover.nft, which lets open connections outlive a move of
# the VIP. Its parts only work together, so either all are there or none.
package Handover;
use v5.36;
use Command;
use Digest::SHA qw(sha256_hex);
use Lan;
use Loaded;
use Notes;
use Run;

my $rules = '/etc/tandem/handover.nft';

use constant LIMIT => 2;    # seconds for one command

# Whether the site wants it. Not by whether the file is there: that must not change while we run.
sub wanted () { return ($ENV{TANDEM_HANDOVER} // '') eq 'on' }

# Puts all VIPs on lo for good and loads the rules for the interface of the LAN. Says what is in the
# way, '' when nothing is; then nothing of it stays. Called again when the LAN comes back under another
# name.
sub prepare ($lan, @vips) {
    my $obstacle = obstacle($lan, @vips);
    withdraw(@vips) if $obstacle ne '';
    return $obstacle;
}

sub obstacle ($lan, @vips) {
    # Without them both balancers would answer ARP for a VIP that both have on lo. They cannot be
    # written from inside; compose.yaml sets them. The kernel takes the larger of both places.
    my %least = (arp_ignore => 1, arp_announce => 2);
    for my $name (sort keys %least) {
        my $value = (sort { $b <=> $a } map { setting("$_/$name") } 'all', $lan)[0];
        return "net.ipv4.conf.all.$name is $value, not $least{$name}" if $value < $least{$name};
    }
    eval { Run::put('lan.nft', "define LAN = $lan"); 1 } or return $@ =~ s/\n//r;
    my $said = load();
    return 'nft: ' . (split "\n", $said)[0] if $said ne '';
    $said = vips_on_lo(@vips);
    return $said eq '' ? '' : "VIP on lo: $said";
}

# `replace` is content when it is there already. What is said of the first that cannot be put there.
sub vips_on_lo (@vips) {
    for my $vip (@vips) {
        my ($status, $said) = Command::run(LIMIT, qw(ip address replace), "$vip/32", qw(dev lo scope host));
        return $said || 'no answer' unless succeeded($status);
    }
    return '';
}

# Loads the rules: all of them or, when nft says anything against them, none. What the sets know stays.
sub load () {
    my %hash = Loaded::hashes('loaded_handover');
    my ($status, $said) = Command::run(LIMIT, qw(nft -f), $rules);
    return $said || 'no answer' unless succeeded($status);
    Loaded::note(%hash);
    Notes::leave(put => 'handover_rules', rules() // '');
    return '';
}

# What the kernel has of the rules, without what they count and learn; undef when nft did not say it in time.
sub rules () {
    my ($status, $said) = Command::run(LIMIT, qw(nft --stateless --terse list table ip handover));
    return defined $status ? sha256_hex($said) : undef;
}

# Whether somebody has changed them since they were loaded, or has taken a VIP off lo.
sub is_changed (@vips) {
    my $noted = Run::get('handover_rules') // return 0;
    my $rules = rules() // $noted;
    return $noted ne $rules || grep { !Lan::holds('lo', $_) } @vips;
}

# As if it had never been. Nobody is to ask for it again and again: that it is impossible here is noted
# in the place of what was loaded.
sub withdraw (@vips) {
    Command::run(LIMIT, qw(nft delete table ip handover));
    Lan::remove(lo => $_) for @vips;
    Notes::leave(put => 'loaded_handover', 'impossible');
}

sub succeeded ($status) { return defined $status && $status == 0 }

sub setting ($name) {
    open my $file, '<', "/proc/sys/net/ipv4/conf/$name" or return 0;
    return int <$file>;
}

1;
