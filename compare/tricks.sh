#!/bin/sh
# What is each optimisation worth that complicates the engines? compare/tricks/NAME.patch takes one out; this builds the last
# commit without it, and measures that against the build as it is, by slices of two live JVMs (loads/gates/tricks.yaml).
#
#   compare/tricks.sh [--pairs N] [--load FILE] [--contract] [--out DIR] [NAME...]
#
# All of them without NAME. --pairs: 7 to 13 pairs of JVMs for each engine (12). --load: what is measured on
# (loads/saturate-1m.yaml, or what the patch names as the load that its trick is for). --contract: the engines' contract has
# to hold without it, too. The table goes to DIR/tricks.md.
# A patch that does not apply any more ends it before anything is measured: bring it up to date, or remove it with what it was
# about. What was measured before something else ended it stands in the table.
set -eu

pairs=12
load=
contract=no
out=
here=$(CDPATH='' cd -P "$(dirname "$0")" && pwd)
root=$(dirname "$here")

say() { printf 'tricks: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
usage() { sed -n '5s/^# *//p' "$0" >&2; exit 2; }

while [ $# -gt 0 ]; do
  case $1 in
    --contract) contract=yes ;;
    --pairs | --load | --out)
      [ $# -ge 2 ] || usage
      case $1 in
        --pairs) pairs=$2 ;;
        --load) load=$2 ;;
        --out) out=$2 ;;
      esac
      shift
      ;;
    -*) usage ;;
    *) break ;;
  esac
  shift
done
case $pairs in '' | *[!0-9]*) usage ;; esac
[ "$pairs" -ge 7 ] && [ "$pairs" -le 13 ] || { say "--pairs: expected 7 to 13, found $pairs"; exit 2; }
if [ -n "$load" ]; then
  [ -f "$load" ] || { say "--load: expected a file, found none at $load"; exit 2; }
  load=$(CDPATH='' cd -P "$(dirname "$load")" && pwd)/$(basename "$load")
fi
[ $# -gt 0 ] || set -- $(cd "$here/tricks" && ls ./*.patch | sed 's/^\.\///; s/\.patch$//')
for name in "$@"; do
  [ -f "$here/tricks/$name.patch" ] || { say "$name: expected one of the patches in $here/tricks"; exit 2; }
done
for program in git mvn; do
  command -v "$program" >/dev/null 2>&1 || fail "$program is needed, and not on the PATH"
done
git -C "$root" rev-parse -q --verify HEAD >/dev/null || fail "$root is no checkout of git"
[ -z "$(git -C "$root" status --porcelain --untracked-files=no)" ] ||
  fail "there are changes that are not committed: both builds are to be of the last commit"

work=$(mktemp -d "${TMPDIR:-/tmp}/cpra-tricks.XXXXXX")
trap 'rm -rf "$work"' EXIT # until there is something to tell
trap 'exit 130' INT TERM
out=${out:-$root/target/tricks}
mkdir -p "$out"
clone=$work/clone
git clone -q "$root" "$clone"
"$root/cpra" --version >/dev/null || fail "this build could not be had"

header() { sed -n "s/^$1: //p" "$here/tricks/$2.patch" | head -n 1; }

# The load: what was asked for, else the patch's own, else the one that all are measured on.
load_of() {
  own=$(header Load "$1")
  printf '%s' "${load:-$root/loads/${own:-saturate-1m.yaml}}"
}

# The lines that go with it: those taken out, less those that take their place.
lines() { git -C "$clone" apply --numstat "$here/tricks/$1.patch" | awk '{ n += $2 - $1 } END { print n }'; }

# A row of the table out of gate.json. Ratios above 1 speak for the trick.
row() {
  awk -v trick="$1" -v engine="$2" -v lines="$3" -v what="$4" -v on="$(basename "$(load_of "$1")" .yaml)" \
    -v breaks="$(header Breaks "$1")" '
    { value = $3; sub(/,$/, "", value); gsub(/"/, "", value) }
    $1 == "\"metric\"" { metric = value }
    $1 == "\"effect\"" { effect[metric] = value }
    $1 == "\"low\"" { low[metric] = value }
    $1 == "\"high\"" { high[metric] = value }
    $1 == "\"pairs\"" { pairs = value }
    END {
      c = "CPU_PER_JOB"; t = "THROUGHPUT"
      if (effect[c] + 0 <= 0 || low[c] + 0 <= 0 || effect[t] + 0 <= 0) exit 1
      verdict = 1 / high[c] >= 1.05 ? "earns its place" : breaks != "" ? "needed" : 1 / low[c] < 1.05 ? "goes" : "unclear"
      printf "| %s | %s | %s | %d | %.3f [%.3f-%.3f] | %.3f [%.3f-%.3f] | %d | %s | %s |\n", trick, engine, on, lines, \
        1 / effect[c], 1 / high[c], 1 / low[c], effect[t], low[t], high[t], pairs, verdict, what
    }' "$5"
}

measure() { # NAME ENGINE
  sed "s|^engines:.*|engines: [$2]|; s|^pairs:.*|pairs: $pairs|; s|load: .*|load: \"$(load_of "$1")\"|" \
    "$root/loads/gates/tricks.yaml" >"$work/gate.yaml"
  code=0
  "$root/cpra" gate "$work/gate.yaml" --against "$work/lib" --out "$out/$1-$2" --reports "$work/reports" \
    >"$work/gate.log" 2>&1 || code=$?
  case $code in 0 | 1 | 3) ;; *) cat "$work/gate.log" >&2; fail "$1, $2: the gate ended with exit code $code" ;; esac
  row "$1" "$2" "$(lines "$1")" "$(header Trick "$1")" "$out/$1-$2/gate.json" >>"$rows" ||
    { cat "$work/gate.log" >&2; fail "$1, $2: there is no figure in $out/$1-$2/gate.json"; }
  tail -n 1 "$rows" >&2
}

# What was measured, whether or not all of it was.
table() {
  {
    printf '# What the tricks are worth\n\n'
    printf 'Commit %s, %s, %s processors (%s), %s.\n' "$(git -C "$root" rev-parse --short HEAD)" "$(date -u +%Y-%m-%d)" \
      "$(getconf _NPROCESSORS_ONLN)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)" "$(uname -sr)"
    printf 'Each row: pairs of live JVMs, one as it is and one without the trick, slices in random order;\n'
    printf 'medians over pairs with a bootstrap interval at 95 %%. Above 1 speaks for the trick. It earns its place if the whole\n'
    printf 'interval of CPU per job is at least 1.05, and goes if all of it is below; it is needed if something breaks without it.\n\n'
    [ "$complete" = yes ] || printf 'It ended early: not all that was asked for is in the table.\n\n'
    printf '| trick | engine | load | lines | CPU per job, without / with | throughput, with / without | pairs | verdict | what |\n'
    printf '| --- | --- | --- | ---: | --- | --- | ---: | --- | --- |\n'
    cat "$rows"
  } >"$out/tricks.md"
}

ended() { # the exit code goes on as it is
  [ ! -s "$rows" ] || { table; cat "$out/tricks.md"; }
  rm -rf "$work"
}

build() { # NAME: the engines of the clone into $work/lib
  mvn -q --batch-mode -Pfast -Dmaven.test.skip=true -f "$clone/pom.xml" -pl baseline-engine,ecs-engine -am package \
    </dev/null >"$work/build.log" 2>&1 || { tail -n 30 "$work/build.log" >&2; fail "$1: the build without it failed"; }
  rm -rf "$work/lib"
  mkdir "$work/lib"
  for module in engine-api engine-kit baseline-engine ecs-engine; do
    cp "$clone/$module/target/"*.jar "$work/lib/"
  done
}

for name in "$@"; do
  git -C "$clone" apply --check "$here/tricks/$name.patch" ||
    fail "$name: compare/tricks/$name.patch does not apply any more; bring it up to date, or remove it"
done
rows=$out/rows
complete=no
: >"$rows"
trap ended EXIT
for name in "$@"; do
  git -C "$clone" apply "$here/tricks/$name.patch"
  breaks=$(header Breaks "$name")
  if [ "$contract" = yes ] && [ -n "$breaks" ]; then
    say "$name: no contract without it, since that breaks $breaks"
  elif [ "$contract" = yes ]; then
    say "$name: the contract without it"
    mvn -q --batch-mode -Pfast -DskipTests=false -f "$clone/pom.xml" -pl baseline-engine,ecs-engine -am test \
      -Dtest='*ContractTest' -Dsurefire.failIfNoSpecifiedTests=false </dev/null >"$work/contract.log" 2>&1 ||
      { tail -n 60 "$work/contract.log" >&2; fail "$name: the contract does not hold without it"; }
  fi
  say "$name: building without it"
  build "$name"
  for engine in $(header Engines "$name"); do
    say "$name: measuring $engine"
    measure "$name" "$engine"
  done
  git -C "$clone" checkout -q .
done

complete=yes
