#!/bin/sh
# A million mixed monitors at their natural intervals in one daemon: does it miss a slot, how late are checks, and how much memory
# does it take, from reading the manifest to its end?
#
#   compare/million.sh [--minutes N] [--monitors N] [--script SCRIPT] [--out DIR]
#
# The checks, repairs and alerts are answered by a script within the daemon (`cpra run --rehearse`, see docs/operating.md): no target is
# asked, everything else is what runs in production. Exit 0 only if no slot was missed, the account balances, and the process took
# at most 1 GiB of resident memory at its highest.
set -eu

monitors=1000000
minutes=10
script=failure=0.001,p50=20ms,p99=200ms,seed=1
rss_most_kib=1048576
here=$(CDPATH='' cd -P "$(dirname "$0")" && pwd)
out=

say() { printf 'million: %s\n' "$*" >&2; }
usage() { sed -n '5s/^# *//p' "$0" >&2; exit 2; }

while [ $# -gt 0 ]; do
  case $1 in
    --monitors | --minutes | --script | --out)
      [ $# -ge 2 ] || usage
      case $1 in
        --monitors) monitors=$2 ;;
        --minutes) minutes=$2 ;;
        --script) script=$2 ;;
        --out) out=$2 ;;
      esac
      shift
      ;;
    *) usage ;;
  esac
  shift
done
for number in "$monitors" "$minutes"; do
  case $number in '' | *[!0-9]*) usage ;; esac
done

work=$(mktemp -d "${TMPDIR:-/tmp}/cpra-million.XXXXXX")
out=${out:-$work}
mkdir -p "$out"
daemon_pid=
finish() {
  [ -z "$daemon_pid" ] || kill -9 "$daemon_pid" 2>/dev/null || true
  if [ "$out" = "$work" ]; then rm -rf "$work/data" "$work/monitors.yaml"; else rm -rf "$work"; fi
}
trap finish EXIT
trap 'exit 130' INT TERM

for program in curl awk; do
  command -v "$program" >/dev/null 2>&1 || { say "$program is not on the PATH"; exit 69; }
done

# shellcheck source=compare/measure.sh
. "$here/measure.sh"
listen=$(free_port 19760)
metrics() { curl -fs --max-time 10 "http://127.0.0.1:$listen/metrics"; }
kib() { # KEY: of the daemon's memory, in KiB
  awk -v key="$1:" '$1 == key { print $2 }' "/proc/$daemon_pid/status"
}
now_ms() { date +%s%3N; }

awk -v n="$monitors" -f "$here/million-manifest.awk" >"$work/monitors.yaml"
"$here/../cpra" run --help >/dev/null # builds what is to be built
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true

say "$monitors monitors, $(($(wc -c <"$work/monitors.yaml") / 1000000)) MB of YAML, $minutes minutes"
started=$(now_ms)
"$here/../cpra" run "$work/monitors.yaml" --rehearse "$script" --data "$work/data" --listen "127.0.0.1:$listen" \
  2>"$out/daemon.log" &
daemon_pid=$!
until curl -fs -o /dev/null --max-time 2 "http://127.0.0.1:$listen/-/ready"; do
  kill -0 "$daemon_pid" 2>/dev/null || { say "the daemon ended: $(tail -n 3 "$out/daemon.log")"; exit 1; }
  [ $(($(now_ms) - started)) -lt 300000 ] || { say "the daemon does not come up"; exit 1; }
  sleep 0.2
done
ready_ms=$(($(now_ms) - started))
ready_kib=$(kib VmHWM)

end=$((started + ready_ms + minutes * 60000))
: >"$out/rss.txt" # ms after the start, KiB now
while [ "$(now_ms)" -lt "$end" ]; do
  kill -0 "$daemon_pid" 2>/dev/null || { say "the daemon ended: $(tail -n 3 "$out/daemon.log")"; exit 1; }
  printf '%s %s\n' "$(($(now_ms) - started))" "$(kib VmRSS)" >>"$out/rss.txt"
  sleep 5
done
metrics >"$out/metrics.txt"
most_kib=$(kib VmHWM)
used_ms=$(cpu_ms "$daemon_pid")
kill -TERM "$daemon_pid"
if wait "$daemon_pid"; then stopped=0; else stopped=$?; fi
daemon_pid=

# The lateness by which so many of the checks had left: the bound of its bucket.
late() {
  awk -v share="$1" '
    /^cpra_lateness_seconds_bucket/ { split($1, part, "\""); order[++n] = part[2]; count[n] = $2 }
    END { for (i = 1; i <= n; i++) if (count[i] >= share * count[n]) { print order[i]; exit } }' "$out/metrics.txt"
}
mib() { awk -v kib="$1" 'BEGIN { printf "%d", kib / 1024 }'; }
{
  echo "monitors               $monitors, $minutes minutes, script $script"
  echo "from start to ready    $ready_ms ms, at most $(mib "$ready_kib") MiB resident until then"
  echo "resident at most       $(mib "$most_kib") MiB; at the end $(mib "$(tail -n 1 "$out/rss.txt" | cut -d ' ' -f 2)") MiB"
  echo "checks                 $(field checks), $(($(field checks) / (minutes * 60 + 1))) per second; failed $(field failed), expired $(field expired)"
  echo "missed                 $(field missed); balanced: $(field balanced)"
  echo "lateness               p50 at most $(late 0.5) s, p99 $(late 0.99) s, p99.9 $(late 0.999) s"
  echo "CPU                    $((used_ms / 1000)) s, start included"
  echo "daemon's exit          $stopped"
} | tee "$out/result.txt"
[ "$(field missed)" = 0 ] && [ "$(field balanced)" = true ] && [ "$stopped" = 0 ] && [ "$most_kib" -le "$rss_most_kib" ]
