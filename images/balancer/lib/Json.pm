# Json: data as JSON. A number, true or false is given as a reference to it, \5 or \'true': a name may look
# like a number, and must not become one. Names of a hash come in order; undef is null. What comes from Perl's
# own modules for this takes as much memory as all the rest of `speaker`.
package Json;
use v5.36;

my %SHORT = ("\n" => '\n', "\t" => '\t', "\r" => '\r', '"' => '\"', '\\' => '\\\\');

sub text ($data) {
    my $is = ref $data;
    return defined $data ? string($data) : 'null' if $is eq '';
    return defined $$data ? "$$data" : 'null' if $is eq 'SCALAR';
    return '[' . join(',', map { text($_) } @$data) . ']' if $is eq 'ARRAY';
    return '{' . join(',', map { string($_) . ':' . text($data->{$_}) } sort keys %$data) . '}';
}

# Whatever is no printable ASCII is escaped, as bytes of Latin 1.
sub string ($text) {
    my $safe = $text =~ s{([^\x20-\x7e]|["\\<])}{$SHORT{$1} // sprintf '\\u%04x', ord $1}ger;
    return qq("$safe");
}

# A number out of a text, null when it is none.
sub number ($text) { return ($text // '') =~ /^-?(?:0|[1-9]\d*)(?:\.\d+)?\z/ ? \$text : undef }

sub truth ($yes) { return defined $yes ? $yes ? \'true' : \'false' : undef }

1;
