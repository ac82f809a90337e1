# Completion of tandem for fish, made by: tandem completion fish
# In this shell alone:  tandem completion fish | source

# Whether this verb was typed.
function __tandem_is
    set -l typed (commandline -opc)
    test (count $typed) -ge 2; and test $typed[2] = $argv[1]
end

# Whether no verb was typed yet.
function __tandem_begins
    test (count (commandline -opc)) -eq 1
end

# Names that the program itself knows, such as those of a site's nodes.
function __tandem_names
    set -l typed (commandline -opc)
    set -l file
    for i in (seq 2 (count $typed))
        if string match -qr '^(-f|--file)$' -- $typed[$i]; and test $i -lt (count $typed)
            set file --file $typed[(math $i + 1)]
        else if string match -q -- '--file=*' $typed[$i]
            set file --file (string replace -- --file= '' $typed[$i])
        end
    end
    $typed[1] candidates $argv[1] $file 2>/dev/null </dev/null
end

complete -c tandem -f
complete -c tandem -n __tandem_begins -a drain -d 'Nobody\'s requests.'
complete -c tandem -n __tandem_begins -a drill -d 'Breaks it.'

complete -c tandem -n '__tandem_is drain' -s f -l file -rF -d 'The site file.'
complete -c tandem -n '__tandem_is drain' -l quick -d '100 % of a \\ at once.'
complete -c tandem -n '__tandem_is drain' -a '(__tandem_names drain)'

complete -c tandem -n '__tandem_is drill' -l to -xa '(__fish_complete_directories)' -d '.tandem [the usual one], or what\'s named.'
complete -c tandem -n '__tandem_is drill' -a '(__tandem_names drill)'
