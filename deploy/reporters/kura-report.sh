#!/bin/sh
# Hands the result of a backup in to Kura; what cannot be handed in is kept and goes with the next report.
#
#   kura-report.sh --job KEY --result success|warning|failed [--run ID] [--tool NAME] [--copy NAME]
#                  [--started TIME] [--ended TIME] [--bytes N] [--files N] [--code TEXT] [--message TEXT]
#   kura-report.sh --flush
#   kura-report.sh --heartbeat MINUTES
#
# KURA_URL        address of the server: https://kura.example.org
# KURA_API_KEY    key with the scope ingest, or KURA_API_KEY_FILE with its path
# KURA_SPOOL      folder for reports that wait (default: ~/.local/state/kura-reports)
#
# Times are ISO 8601 with zone. Needs a POSIX shell and curl 7.55 or newer. Exit codes: 0 handed in, 3 kept for later, 1 refused,
# 2 wrong usage.
set -u

fail() {
  printf '%s\n' "kura-report: $1" >&2
  exit "${2:-2}"
}

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }

# A JSON string: backslash, quote and tab escaped, line ends as \n, other control characters left out.
tab=$(printf '\t')
quoted() {
  printf '"'
  printf '%s' "$1" | LC_ALL=C tr -d '\000-\010\013-\037' |
    LC_ALL=C sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e "s/$tab/\\\\t/g" |
    LC_ALL=C awk 'NR > 1 { printf "\\n" } { printf "%s", $0 }'
  printf '"'
}

number() {
  case $2 in '' | *[!0-9]*) fail "--$1 takes a number" ;; esac
}

job='' run='' result='' tool=other copy='' started='' ended='' bytes='' files='' code='' message='' flush='' heartbeat='' own=''
while [ $# -gt 0 ]; do
  case $1 in
    --flush) flush=1; shift; continue ;;
    --job | --run | --result | --tool | --copy | --started | --ended | --bytes | --files | --code | --message | --heartbeat)
      [ $# -ge 2 ] || fail "$1 takes a value" ;;
    *) fail "unknown option $1" ;;
  esac
  case $1 in
    --job) job=$2 ;; --run) run=$2 ;; --result) result=$2 ;; --tool) tool=$2 ;; --copy) copy=$2 ;;
    --started) started=$2 ;; --ended) ended=$2 ;; --code) code=$2 ;; --message) message=$2 ;;
    --bytes) number bytes "$2"; bytes=$2 ;; --files) number files "$2"; files=$2 ;;
    --heartbeat) number heartbeat "$2"; heartbeat=$2 ;;
  esac
  shift 2
done

[ -n "${KURA_URL:-}" ] || fail 'KURA_URL is not set'
key=${KURA_API_KEY:-}
if [ -z "$key" ]; then
  [ -n "${KURA_API_KEY_FILE:-}" ] || fail 'neither KURA_API_KEY nor KURA_API_KEY_FILE is set'
  key=$(cat "$KURA_API_KEY_FILE") || fail "$KURA_API_KEY_FILE cannot be read"
fi
spool=${KURA_SPOOL:-${XDG_STATE_HOME:-$HOME/.local/state}/kura-reports}
umask 077
sending=$spool/.sending.$$
trap 'rm -f "$sending"' EXIT
trap 'exit 130' INT TERM
mkdir -p "$spool" || fail "$spool cannot be made"
host=$(uname -n)

# The key goes through standard input: arguments can be seen by everybody on the machine.
post() { # path, file with the body; prints the answer; 0 taken, 1 refused, 3 worth another try
  answer=$(printf 'header = "Authorization: Bearer %s"\n' "$key" |
    curl --silent --show-error --config - --max-time 60 --write-out '\n%{http_code}' \
      --header 'Content-Type: application/json' --data-binary "@$2" "${KURA_URL%/}$1") || return 3
  status=$(printf '%s' "$answer" | tail -n 1)
  printf '%s' "$answer" | sed '$d'
  case $status in
    2??) return 0 ;;
    401 | 403 | 408 | 429 | 5??) return 3 ;;
    *) return 1 ;;
  esac
}

# Each is sent for itself: the answer says whether it was taken, and a bad one keeps no other back. Two that run at once may
# both send one: the server takes it once. Each sends from a copy of its own, so that neither is left with half a file or none.
flush_spool() {
  outcome=0
  for file in "$spool"/*.json; do
    [ -e "$file" ] || continue
    cp "$file" "$sending" 2>/dev/null || continue
    if reply=$(post /api/v1/backups/reports "$sending"); then
      rm -f "$file"
    else
      case $? in
        1)
          mkdir -p "$spool/refused"
          mv "$file" "$spool/refused/" 2>/dev/null || continue
          printf '%s\n' "kura-report: refused: $reply" >&2
          outcome=1
          ;;
        *)
          [ -z "$reply" ] || printf '%s\n' "kura-report: $reply" >&2
          return 3
          ;;
      esac
    fi
  done
  return $outcome
}

if [ -n "$heartbeat" ]; then
  waiting=$(find "$spool" -maxdepth 1 -name '*.json' | wc -l | tr -d ' ')
  body=$spool/.heartbeat.$$
  printf '{"reporter":%s,"tool":%s,"host":%s,"everyMinutes":%s,"waiting":%s}' \
    "$(quoted "$host/$tool")" "$(quoted "$tool")" "$(quoted "$host")" "$heartbeat" "$waiting" >"$body"
  post /api/v1/backups/reporters/heartbeat "$body" >/dev/null
  outcome=$?
  rm -f "$body"
  exit "$outcome"
fi

if [ -z "$flush" ]; then
  [ -n "$job" ] || fail '--job is needed'
  case $result in success | warning | failed) ;; *) fail '--result is success, warning or failed' ;; esac
  ended=${ended:-$(now)}
  started=${started:-$ended}
  run=${run:-$host $started}
  {
    printf '{"job":%s,"run":%s,"tool":%s,"result":%s,"startedAt":%s,"endedAt":%s,"host":%s' \
      "$(quoted "$job")" "$(quoted "$run")" "$(quoted "$tool")" "$(quoted "$result")" \
      "$(quoted "$started")" "$(quoted "$ended")" "$(quoted "$host")"
    [ -z "$copy" ] || printf ',"copy":%s' "$(quoted "$copy")"
    [ -z "$bytes" ] || printf ',"bytes":%s' "$bytes"
    [ -z "$files" ] || printf ',"files":%s' "$files"
    [ -z "$code" ] || printf ',"code":%s' "$(quoted "$code")"
    [ -z "$message" ] || printf ',"message":%s' "$(quoted "$message")"
    printf '}'
  } >"$spool/.draft.$$"
  # Kept before it is sent: what happens to the network or to this script does not cost the report.
  own=$(date -u +%Y%m%d%H%M%S)-$$.json
  mv "$spool/.draft.$$" "$spool/$own"
fi

flush_spool
outcome=$?
# Another one that ran at once may have been told so.
[ -z "$own" ] || [ ! -e "$spool/refused/$own" ] || outcome=1
[ "$outcome" -ne 3 ] || printf '%s\n' 'kura-report: the server could not be reached; the report is kept and goes with the next one' >&2
exit "$outcome"
