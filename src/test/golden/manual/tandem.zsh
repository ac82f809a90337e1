#compdef tandem
# Completion of tandem for zsh, made by: tandem completion zsh
# In this shell alone, after compinit:  source <(tandem completion zsh)

# Names that the program itself knows, such as those of a site's nodes. The verb is the last
# argument; those before it are for compadd.
_tandem_names() {
  local file=${opt_args[-f]:-${opt_args[--file]}}
  local -a known
  local -a from=(${file:+--file} ${file:+${(Q)file}})
  known=(${(f)"$("$program" candidates $argv[-1] $from 2>/dev/null </dev/null)"})
  compadd "${@[1,-2]}" -a known
}

_tandem_verbs() {
  local -a verbs
  verbs=(
    'drain:Nobody'\''s requests.'
    'drill:Breaks it.'
    'help:Shows the help of a verb.'
  )
  _describe verb verbs
}

_tandem() {
  local curcontext=$curcontext state line program=${${(Q)words[1]}/#\~/$HOME}
  typeset -A opt_args
  _arguments -C '(-h --help)'{-h,--help}'[Shows this help.]' \
    '1:verb:_tandem_verbs' '*::argument:->rest'
  [[ $state == rest ]] || return
  case $words[1] in
    help) _arguments '1:verb:_tandem_verbs' ;;
    drain)
      _arguments -s \
        '(-f --file)-f+[The site file.]:FILE:_files' \
        '(-f --file)--file=[The site file.]:FILE:_files' \
        '(--quick)--quick[100 % of a \ at once.]' \
        ':NODE:_tandem_names drain' \
        ':PERCENT: '
      ;;
    drill)
      _arguments -s \
        '(--to)--to=[.tandem \[the usual one\], or what'\''s named.]:DIR:_files -/' \
        '*:FAULT:_tandem_names drill'
      ;;
  esac
}

if [[ $funcstack[1] == _tandem ]]; then _tandem "$@"; else compdef _tandem tandem; fi
