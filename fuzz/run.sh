#!/usr/bin/env bash
# Runs every target, or those that are named, for so many seconds of processor time each: `fuzz/run.sh 60`,
# `fuzz/run.sh 1800 html draft`. A busy machine takes longer and tries as much.
# Inputs that are found are kept in fuzz/corpus, those that break a promise in fuzz/artifacts.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
shift || true
[ $# -gt 0 ] || set -- pack query markdown html plain csv checker fixes suppressions draft docx lsp

[ -d fuzz/dictionaries ] || python3 fuzz/seeds.py
# The library forbids unsafe code, so there is nothing for a sanitizer of addresses to find in it.
cargo +nightly fuzz build -s none
built=fuzz/target/$(rustc +nightly --print host-tuple)/release
failed=()
for target in "$@"; do
  dictionary=copy
  case "$target" in pack | query | docx | lsp) dictionary=$target ;; esac
  mkdir -p "fuzz/corpus/$target" "fuzz/artifacts/$target"
  "$built/$target" "fuzz/corpus/$target" -artifact_prefix="fuzz/artifacts/$target/" -dict="fuzz/dictionaries/$dictionary.dict" \
    -max_len=8192 -timeout=60 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=1 &
  # At this signal it ends with its figures.
  while sleep 1 && used=$(ps -o cputimes= -p $!); do
    [ "$used" -lt "$seconds" ] || kill -USR1 $!
  done
  wait $! || failed+=("$target")
done
[ ${#failed[@]} -eq 0 ] || { echo "broken: ${failed[*]}" >&2; exit 1; }
