#!/bin/sh
# 10,000 HTTP monitors, each every second over a new connection, against a local nginx: is every interval kept, does nginx
# count what the ledger counts, how late are checks, and what does a check cost beside blackbox_exporter?
#
#   compare/http-10k.sh [--install] [--monitors N] [--warm-up S] [--seconds S] [--out DIR]
#
# nginx, blackbox_exporter and wrk are taken from the PATH. --install fetches those that are missing from the distribution's
# packages (Debian, Ubuntu) and unpacks them under compare/packages: nothing is installed, no service is started.
# The same session measures both, one after the other, on the same nginx, which is counted with neither.
set -eu

monitors=10000
warm_up=60 # after 30 s the compiler still takes a fifth of the CPU time
seconds=60
install=no
here=$(CDPATH='' cd -P "$(dirname "$0")" && pwd)
out=

say() { printf 'http-10k: %s\n' "$*" >&2; }
usage() { sed -n '5s/^# *//p' "$0" >&2; exit 2; }

while [ $# -gt 0 ]; do
  case $1 in
    --install) install=yes ;;
    --monitors | --warm-up | --seconds | --out)
      [ $# -ge 2 ] || usage
      case $1 in
        --monitors) monitors=$2 ;;
        --warm-up) warm_up=$2 ;;
        --seconds) seconds=$2 ;;
        --out) out=$2 ;;
      esac
      shift
      ;;
    *) usage ;;
  esac
  shift
done
for number in "$monitors" "$warm_up" "$seconds"; do
  case $number in '' | *[!0-9]*) usage ;; esac
done

work=$(mktemp -d "${TMPDIR:-/tmp}/cpra-http-10k.XXXXXX")
out=${out:-$work}
mkdir -p "$out"
nginx_pid='' daemon_pid='' blackbox_pid=''
finish() {
  for pid in $daemon_pid $blackbox_pid $nginx_pid; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  [ "$out" = "$work" ] || rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# shellcheck source=compare/packages.sh
. "$here/packages.sh"
use_packages "$here/packages"
need "$install" nginx nginx
need "$install" prometheus-blackbox-exporter prometheus-blackbox-exporter
need "$install" wrk wrk libluajit-5.1-2 libluajit-5.1-common
need no curl
need no pgrep

# shellcheck source=compare/measure.sh
. "$here/measure.sh"
await() { # URL WHAT
  tries=0
  until curl -fs -o /dev/null --max-time 2 "$1"; do
    tries=$((tries + 1))
    [ "$tries" -lt 120 ] || { say "$2 does not come up"; exit 1; }
    sleep 0.5
  done
}

web=$(free_port 18480)
status=$(free_port $((web + 1)))
listen=$(free_port 19750)
exporter=$(free_port 19115)

cat >"$work/nginx.conf" <<EOF
worker_processes 1;
daemon off;
pid $work/nginx.pid;
error_log $work/nginx.log;
worker_rlimit_nofile 65536;
events { worker_connections 16384; }
http {
  access_log off;
  client_body_temp_path $work/body; proxy_temp_path $work/proxy; fastcgi_temp_path $work/fastcgi;
  uwsgi_temp_path $work/uwsgi; scgi_temp_path $work/scgi;
  keepalive_timeout 0;
  server { listen 127.0.0.1:$web backlog=16384; location / { return 200 "ok\n"; } }
  server { listen 127.0.0.1:$status; location / { stub_status; } }
}
EOF
mkdir -p "$work/logs"
nginx -p "$work" -c "$work/nginx.conf" -e "$work/nginx.log" &
nginx_pid=$!
await "http://127.0.0.1:$status/" nginx

# Requests nginx has answered, those for its own count left out: the one that found it up, and these. (A file keeps count: a
# function whose output is taken runs in a shell of its own.)
echo up >"$work/asked"
requests() {
  echo again >>"$work/asked"
  curl -fs "http://127.0.0.1:$status/" | awk -v own="$(wc -l <"$work/asked")" 'NR == 3 { print $3 - own }'
}

# --- CPRA
awk -v n="$monitors" -v port="$web" 'BEGIN {
  print "defaults: {interval: 1s, timeout: 1s}"
  print "monitors:"
  for (i = 0; i < n; i++)
    printf "  - {name: m%d, pulse_check: {type: http, config: {url: \"http://127.0.0.1:%d/\"}}}\n", i, port
}' >"$work/monitors.yaml"
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true

say "CPRA: $monitors monitors every second, $warm_up s of warm-up, $seconds s measured"
"$here/../cpra" run "$work/monitors.yaml" --data "$work/data" --listen "127.0.0.1:$listen" 2>"$out/daemon.log" &
daemon_pid=$!
await "http://127.0.0.1:$listen/-/ready" "the daemon"
metrics() { curl -fs "http://127.0.0.1:$listen/metrics"; }
checks() { # of a scrape: those that ended
  awk '/^cpra_jobs_total\{lane="pulse",outcome="(ok|failed)"\}/ { n += $2 } END { printf "%d", n }' "$1"
}
sleep "$warm_up"
metrics >"$work/before"
cpu_before=$(cpu_ms "$daemon_pid")
# shellcheck disable=SC2046 # one word per worker
web_cpu_before=$(cpu_ms $(pgrep -P "$nginx_pid"))
sleep "$seconds"
cpu_after=$(cpu_ms "$daemon_pid")
# shellcheck disable=SC2046
web_cpu_after=$(cpu_ms $(pgrep -P "$nginx_pid"))
metrics >"$work/after"
kill -TERM "$daemon_pid"
if wait "$daemon_pid"; then stopped=0; else stopped=$?; fi
daemon_pid=
seen=$(requests)
cp "$work/before" "$out/metrics-before.txt"
cp "$work/after" "$out/metrics-after.txt"
done_checks=$(($(checks "$work/after") - $(checks "$work/before")))
# The lateness by which 99 % of the measured checks had left: the bound of its bucket.
p99=$(awk '
  /^cpra_lateness_seconds_bucket/ {
    split($1, part, "\""); bound = part[2]
    if (FILENAME ~ /before$/) old[bound] = $2
    else { order[++n] = bound; new[bound] = $2 - old[bound] }
  }
  END {
    total = new["+Inf"]
    for (i = 1; i <= n; i++) if (new[order[i]] >= 0.99 * total) { print order[i]; exit }
  }' "$work/before" "$work/after")

# --- blackbox_exporter, as fast as one client drives it
cat >"$work/blackbox.yml" <<'EOF'
modules:
  http_2xx: {prober: http, timeout: 5s, http: {preferred_ip_protocol: ip4}}
EOF
prometheus-blackbox-exporter --config.file="$work/blackbox.yml" --web.listen-address="127.0.0.1:$exporter" \
  2>"$out/blackbox.log" &
blackbox_pid=$!
await "http://127.0.0.1:$exporter/-/healthy" blackbox_exporter
probe="http://127.0.0.1:$exporter/probe?module=http_2xx&target=http://127.0.0.1:$web/"
blackbox_seconds=$((seconds < 10 ? seconds : (seconds > 30 ? 30 : seconds)))
say "blackbox_exporter: $blackbox_seconds s"
wrk -t1 -c64 -d3s "$probe" >/dev/null
probes_before=$(requests)
cpu_blackbox_before=$(cpu_ms "$blackbox_pid")
wrk -t1 -c64 -d"${blackbox_seconds}s" "$probe" >"$out/wrk.txt"
cpu_blackbox_after=$(cpu_ms "$blackbox_pid")
probes=$(($(requests) - probes_before))

per() { awk -v ms="$1" -v n="$2" 'BEGIN { if (n > 0) printf "%.1f", ms * 1000 / n; else printf "-" }'; }
cpra_us=$(per $((cpu_after - cpu_before)) "$done_checks")
blackbox_us=$(per $((cpu_blackbox_after - cpu_blackbox_before)) "$probes")
{
  echo "checks measured        $done_checks in $seconds s, $((done_checks / seconds)) per second"
  echo "nginx answered         $seen requests in the whole run; the ledger's checks: $(field checks)"
  echo "missed, failed, expired $(field missed), $(field failed), $(field expired); balanced: $(field balanced)"
  echo "p99 lateness           at most $p99 s"
  echo "CPU per check          $cpra_us us (nginx beside it: $(per $((web_cpu_after - web_cpu_before)) "$done_checks") us)"
  echo "CPU per probe          $blackbox_us us, blackbox_exporter, $probes probes in $blackbox_seconds s"
  awk -v a="$blackbox_us" -v b="$cpra_us" 'BEGIN { if (b > 0) printf "ratio                  %.1f\n", a / b }'
  echo "daemon's exit          $stopped"
} | tee "$out/result.txt"
[ "$seen" = "$(field checks)" ] && [ "$(field missed)" = 0 ] && [ "$stopped" = 0 ]
