# Completion of tandem for bash, made by: tandem completion bash
# In this shell alone:  source <(tandem completion bash)

# Sets what one verb understands: all options, those with a value, how many names.
_tandem_verb() {
  options='' values='' names=0
  case $1 in
    drain)
      options='-f --file --quick'
      values='-f --file'
      names=1
      ;;
    drill)
      options='--to'
      values='--to'
      names=99
      ;;
  esac
}

_tandem() {
  local program=${1/#\~/$HOME} cur=${COMP_WORDS[COMP_CWORD]} IFS=$' \t\n'
  local verb='' wants='' file='' seen=0 options='' values='' names=0 word words='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $word == '=' ]]; then
      continue # bash makes three words of --file=x
    elif [[ -n $wants ]]; then
      [[ $wants != -f && $wants != --file ]] || file=${word/#\~/$HOME}
      wants=''
    elif [[ $word == -* ]]; then
      [[ " $values " != *" $word "* ]] || wants=$word
    elif [[ -z $verb || $verb == help ]]; then
      verb=$word
      _tandem_verb "$verb"
    else
      seen=$((seen + 1))
    fi
  done
  [[ $cur != '=' ]] || cur=''
  if [[ -n $wants ]]; then
    case $wants in
      --file | -f)
        compopt -o filenames 2>/dev/null
        IFS=$'\n'
        COMPREPLY=($(compgen -f -- "$cur"))
        return
        ;;
      --to)
        compopt -o filenames 2>/dev/null
        IFS=$'\n'
        COMPREPLY=($(compgen -d -- "$cur"))
        return
        ;;
      *) return ;;
    esac
  elif [[ -z $verb || $verb == help ]]; then
    words='drain drill help'
  elif [[ $cur == -* ]]; then
    words=$options
  elif ((seen < names)); then
    words=$("$program" candidates "$verb" ${file:+--file "$file"} 2>/dev/null </dev/null)
  elif ((names < 0)); then
    compopt -o filenames 2>/dev/null
    IFS=$'\n'
    [[ $names == -1 ]] && words=-d || words=-f
    COMPREPLY=($(compgen $words -- "$cur"))
    return
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}

complete -F _tandem tandem
