#!/usr/bin/env bash
# Runs every target, or those that are named, for so many seconds each: `fuzz/run.sh 60`, `fuzz/run.sh 600 html draft`.
# Inputs that are found are kept in fuzz/corpus, those that break a promise in fuzz/artifacts.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
shift || true
[ $# -gt 0 ] || set -- pack query markdown html plain csv checker fixes suppressions draft docx lsp

[ -d fuzz/dictionaries ] || python3 fuzz/seeds.py
failed=()
for target in "$@"; do
  dictionary=copy
  case "$target" in pack | query | docx | lsp) dictionary=$target ;; esac
  # The library forbids unsafe code, so there is nothing for a sanitizer of addresses to find in it.
  cargo +nightly fuzz run -s none "$target" -- -dict="fuzz/dictionaries/$dictionary.dict" -max_total_time="$seconds" \
    -max_len=8192 -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=1 || failed+=("$target")
done
[ ${#failed[@]} -eq 0 ] || { echo "broken: ${failed[*]}" >&2; exit 1; }
