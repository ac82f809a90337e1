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
