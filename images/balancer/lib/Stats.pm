# Stats: the rows of HAProxy's `show stat`, a hash of columns each (management guide, 9.1). It is CSV; the
# first line names the columns.
package Stats;
use v5.36;

# The command for web servers only, of all backends.
use constant OF_SERVERS => 'show stat -1 4 -1';

# With names, only these columns: a thousand web servers are four thousand rows of a hundred columns.
sub rows ($text, @wanted) {
    my ($head, @lines) = split "\n", $text;
    my @columns = split /,/, ($head // '') =~ s/^# //r;
    my %place;
    @place{@columns} = 0 .. $#columns;
    @columns = grep { defined $place{$_} } @wanted, 'svname' if @wanted;
    my @places = @place{@columns};
    my @rows;
    for my $line (@lines) {
        my %row;
        @row{@columns} = map { $_ // '' } (fields($line))[@places];
        push @rows, \%row if length($row{svname} // '');
    }
    return @rows;
}

# How many requests of a web server have failed, by HAProxy's columns (management guide, 9.1; which one counts
# what was seen with HAProxy 3.0):
#   wretr     a GET that was tried again elsewhere: 500 to 504, closed without an answer, too late
#   eresp     the same where it was not tried again, and answers that were cut
#   hrsp_5xx  answers that clients got
# One request can count in the first two. Apart from them, `cli_abrt`: clients that gave up waiting.
sub failed ($row) {
    my ($again, $cut) = @$row{qw(wretr eresp)};
    return ($again > $cut ? $again : $cut) + $row->{hrsp_5xx};
}

# A value with a comma or a quote in it stands between quotes (RFC 4180).
sub fields ($line) {
    return split /,/, $line, -1 if index($line, '"') < 0;
    my @fields;
    while ($line =~ /\G(?:"((?:[^"]|"")*)"|([^,"]*))(,|\z)/g) {
        my ($quoted, $plain, $end) = ($1, $2, $3);
        push @fields, defined $quoted ? $quoted =~ s/""/"/gr : $plain;
        last if $end eq '';
    }
    return @fields;
}

1;
