#!/usr/bin/env bash
# The tests of dieharder 3.31.1 over the luck of each order of addresses in which
# the model asks for it, one after the other, from the root of the source:
#
#   sim/testdata/battery.sh > sim/testdata/battery.txt
#
# takes an hour or two; with names of orders behind it, only those. Each test
# begins at the start of the stream, so the same program gives the same p-values.
# A weak one (beyond 0.005 or 0.995) is given 100 more samples until it is no
# longer weak or has failed (-Y 1); the table shows the first p-value and the last.
# The last column, aes, is AES in output feedback mode, dieharder's own, by which
# the tests themselves are to be judged: some are often weak with any generator.
# Left out: Diehard Sums, of which dieharder itself says "Do Not Use".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go test -c -o "$dir/luck.test" ./sim
[ $# -gt 0 ] || set -- mixed weeks agents pairs decisions customers replications seeds aes

run() {
  generator=200
  [ "$order" != aes ] || generator=205
  { "$dir/luck.test" -luck-stream "$order" 2>/dev/null || true; } |
    nice -n 19 dieharder -g $generator -S 1 -k 2 -D test_name -D ntuple -D tsamples -D psamples -D pvalues -D assessment "$@" |
    awk -F'|' -v o="$order" '/\|/ && !/^#/ { gsub(/ /, ""); print o "|" $0 }' >>"$dir/out"
}

for order; do
  for d in 0 1 3 4 8 9 10 11 12 13 15 16 100 205 206 207 208; do run -d $d -Y 1; done
  for n in 1 2 3 4 5 6 7 8; do run -d 200 -n $n -Y 1; done
  for n in 2 3 4 5; do run -d 201 -n $n -Y 1 && run -d 202 -n $n -Y 1; done
  # What takes long gets 20 p-values instead of 100.
  for n in 0 1 2 3 5 7 15 31; do run -d 203 -n $n -p 20 -Y 1; done
  for d in 2 5 6 7 17 101 102 204; do run -d $d -p 20 -Y 1; done
  run -d 209 -p 20
done

# A line per test, a column per order.
awk -F'|' -v orders="$*" '
  { test = $2 "|" $3; samples = $5
    if (!((test, $1) in first)) first[test, $1] = samples
    id = test "|" ++seen[test, $1, samples] # a test may give several p-values
    if (samples == first[test, $1]) {
      if (!(id in known)) { known[id] = 1; ids[++n] = id }
      p[id, $1] = sprintf("%.5f", $6)
      weak[id, $1] = $7 != "PASSED"
    }
    if (weak[id, $1] && samples > first[test, $1]) more[id, $1] = sprintf("→%.3f", $6)
    if ($7 == "FAILED") failed[id, $1] = " FAILED" }
  END {
    m = split(orders, o, " ")
    printf "%-23s", "test, n"
    for (i = 1; i <= m; i++) printf " %-14s", o[i]
    for (j = 1; j <= n; j++) {
      split(ids[j], t, "|")
      printf "\n%-20s %2d", t[1], t[2]
      for (i = 1; i <= m; i++) printf " %-14s", p[ids[j], o[i]] more[ids[j], o[i]] failed[ids[j], o[i]]
    }
    printf "\n"
  }' "$dir/out" | sed 's/ *$//'
