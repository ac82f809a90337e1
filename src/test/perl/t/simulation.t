# Two and three balancers under histories of faults and delays, each out of one seed: what must hold
# always (lib/Judge.pm) does.
#
#   perl simulation.t                 TANDEM_SCHEDULES of them, 500 without it
#   perl simulation.t --seed 4711     this one, told in full
use v5.36;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Getopt::Long;
use Home;
use POSIX ();
use Schedule;
use Test::More;

GetOptions('seed=i' => \my $only) or die "usage: simulation.t [--seed N]\n";

if (defined $only) {
    my ($wrong, $world) = Schedule::run($only, tracing => 1);
    note($_) for Schedule::history($world);
    is_deeply($wrong, [], "seed $only");
    done_testing;
    exit;
}

is_deeply({ map { $_ => Balancer->can($_)->() } keys %Judge::MEANT }, \%Judge::MEANT, 'the times of the init are as meant');

# The same seeds each time, so that who changes something is not blamed for chance. On all processors.
my $count = $ENV{TANDEM_SCHEDULES} // 500;
my $parts = POSIX::sysconf(84) || 1;    # _SC_NPROCESSORS_ONLN
my @pipes = map { part($_) } 1 .. $parts;
my ($run, @wrong) = (0);
for my $pipe (@pipes) {
    while (my $line = <$pipe>) {
        chomp $line;
        $line =~ /^ran (\d+)$/ ? $run += $1 : push @wrong, $line;
    }
}
is($run, $count, "$count histories were run");
is(scalar(@wrong), 0, 'what must hold always does');
if (@wrong) {
    diag($_) for splice @wrong, 0, 20;
    diag("each in full: perl $0 --seed N");
}
done_testing;

# Every so many-th seed, in a process of its own; returns a pipe with what was wrong.
sub part ($first) {
    my $pid = open(my $pipe, '-|') // die "fork: $!\n";
    return $pipe if $pid != 0;
    my $run = 0;
    for (my $seed = $first; $seed <= $count; $seed += $parts) {
        my ($wrong) = Schedule::run($seed);
        say "seed $seed: $_" for @$wrong;
        $run++;
    }
    say "ran $run";
    STDOUT->flush;
    POSIX::_exit(0);
}
