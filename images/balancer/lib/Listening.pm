# Listening: whether each listener for clients answers, here and at the peers. A part of what Balancer.pm
# decides: it writes into the targets in that one's state, and knows nothing else.
#
# A target is one listener at one place: `http:80` is our own, asked over lo; `192.0.2.2/http:80` is that of a
# peer, asked over the LAN, because a packet filter there is not seen from inside. What counts against a
# listener is unambiguous: no connection comes about. Single packets get lost, so it takes TRIES
# questions in a row. A connection that comes about and is not served is late, which is no evidence on a
# busy machine (decision 0018), for LATE seconds.
package Listening;
use v5.36;

use constant {
    EVERY => 0.1,     # seconds between two questions
    AGAIN => 0.05,    # the same, after one that was left without an answer
    TRIES => 7,       # questions without a connection until a listener is silent
    LATE  => 2,       # how long a connection may wait for an answer
    FRESH => 0.3,     # an answer that is older leaves a listener in doubt
    BACK  => 1,       # how long a listener must answer until it is trusted again
    WORD  => 0.5,     # how long the word of a peer counts
};

use constant NEVER => -1e9;

sub target () { return { at => 0, tries => 0, connected => undef, heard => NEVER, bad => NEVER } }    # bad: when it was last in doubt

# Whether one that is due is to be asked now. Each question that is not answered when the next one is due
# counts.
sub asks ($t, $now) {
    if (defined $t->{connected} && $now - $t->{connected} < LATE) {    # it waits in line
        $t->{at} = $now + EVERY;
        return 0;
    }
    $t->{at} = $now + (++$t->{tries} > 1 ? AGAIN : EVERY);
    return 1;
}

# In a word what it is.
sub look ($t, $now) {
    $t->{bad} = $now if in_doubt($t, $now);
    return word($t, $now);
}

# Until when another look finds the same, if it says nothing meanwhile. A hair early: then a look decides.
sub news_at ($t) {
    my $at = $t->{heard} + FRESH;
    $at = $t->{connected} + LATE if defined $t->{connected} && $t->{connected} + LATE < $at;
    $at = $t->{at} if $t->{at} < $at;
    return $at - 1e-6;
}

sub heard ($t, $now) { @$t{qw(tries connected heard)} = (0, undef, $now) }

sub connected ($t, $now) { $t->{connected} //= $now }

sub refused ($t) { $t->{connected} = undef }

# Whether it does not answer.
sub silent ($t, $now) {
    return 1 if defined $t->{connected} && $now - $t->{connected} >= LATE;
    return $t->{tries} > TRIES;    # the last one is only being asked
}

# Whether nothing is known of it at this moment: it may be us who hears nothing. Nobody is to rely on
# one in doubt, nor for a while after that.
sub in_doubt ($t, $now) { return $now - $t->{heard} > FRESH }

# Whether all of these answer, and have for a while. None at all do not.
sub work ($now, @targets) {
    return @targets && !grep { in_doubt($_, $now) || $now - $_->{bad} < BACK } @targets;
}

# In a word: ok, silent, or unknown.
sub word ($t, $now) { return silent($t, $now) ? 'silent' : $t->{heard} == NEVER ? 'unknown' : 'ok' }

# Time in which we did not run says nothing of them; what they were before, and what was said meanwhile,
# is old.
sub slept ($t, $late, $now) {
    $t->{connected} += $late if defined $t->{connected};
    $t->{bad} = $now if $late > FRESH;
}

1;
