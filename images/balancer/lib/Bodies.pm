# Bodies: which uploads bring next to nothing, and hold a connection to a web server all the same. HAProxy ends
# a client that is silent for `timeout client`; one that sends a byte now and then is not. Pure: the texts of
# `show sess` and the time give the next state and the sessions to end (decision 0033).
#
# A body must bring LEAST bytes in each WINDOW, which is less than one packet of a phone on a bad line: who has
# lost its line for most of that time lives. What does not count against a client:
#   - a web server that does not read: then something waits in one of HAProxy's buffers;
#   - an answer that has begun and not ended: the two may be talking to each other. One that has ended, a 404
#     for example, before the body did, is no reason to send the rest for an hour.
package Bodies;
use v5.36;

use constant {
    EVERY  => 10,      # seconds between two looks
    OLDER  => 2,       # what is younger will mostly be gone at the next look
    WINDOW => 50,      # seconds: with a look more, it is timeout client
    LEAST  => 1000,    # bytes
};

# Uploads under way, by session: how much of each has come, and whether HAProxy waits for the client. A text is
# that of one worker; a session goes on in the same one after a reload, which then is an old one.
sub under_way ($worker, $text) {
    my %bodies;
    for my $session (split /^(?=0x[0-9a-f]+: )/m, $text) {
        my ($id, $number) = $session =~ /^(0x[0-9a-f]+): \[.*?\] id=(\d+) proto=tcp/ or next;
        next unless $session =~ /\breq\.st=MSG_(?:DATA|CHUNK_\w+) rsp\.st=MSG_(?:RPBEFORE|DONE|CLOSING|CLOSED)\b/;
        my ($total) = $session =~ /^  req=.* total=(\d+)\)/m or next;
        my ($to_server) = $session =~ /^  scb=(.*?)^  req=/ms;
        my $waits = $session =~ /^  req=.*\n.* o=0 p=0 i=0 /m && ($to_server // '') !~ /obuf=\d+\@\S+\+[1-9]/;
        $bodies{"$id $number"} = { worker => $worker, id => $id, total => $total, waits => $waits };
    }
    return \%bodies;
}

# Those to end are returned beside the next state, each as in `under_way`.
sub look ($state, $bodies, $now) {
    my (%next, @end);
    for my $key (sort keys %$bodies) {
        my $body    = $bodies->{$key};
        my @samples = $body->{waits} ? @{ $state->{$key} // [] } : ();
        push @samples, [ $now, $body->{total} ];
        shift @samples while @samples > 1 && $samples[1][0] <= $now - WINDOW;
        my ($since, $had) = @{ $samples[0] };
        if ($now - $since >= WINDOW && $body->{total} - $had < LEAST) { push @end, $body }
        else                                                         { $next{$key} = \@samples }
    }
    return (\%next, @end);
}

1;
