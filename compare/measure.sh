# Sourced by scripts that run a daemon and measure it; its log is in the folder $out.

cpu_ms() { # PID...: CPU time of these processes so far, in ms
  total=0
  ticks=$(getconf CLK_TCK)
  for pid in "$@"; do
    # The name in brackets may hold blanks; behind it utime and stime are the 12th and 13th.
    used=$(sed 's/.*) //' "/proc/$pid/stat" | awk -v t="$ticks" '{ printf "%d", ($12 + $13) * 1000 / t }')
    total=$((total + used))
  done
  printf '%s\n' "$total"
}

free_port() { # PORT: one that nobody speaks HTTP on, counted up from this
  port=$1
  while curl -s -o /dev/null --max-time 1 "http://127.0.0.1:$port/"; do port=$((port + 1)); done
  printf '%s\n' "$port"
}

field() { # NAME: what the last line of $out/daemon.log says of the daemon's whole run, drained
  grep ' msg=stopped ' "$out/daemon.log" | tail -n 1 | tr ' ' '\n' | sed -n "s/^$1=//p"
}
