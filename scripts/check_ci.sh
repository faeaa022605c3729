#!/usr/bin/env bash
# Runs what others put into their pipelines as their programs run it: the hooks under pre-commit, the steps of the GitHub Action, the job
# for GitLab. Only the build is left out: in place of cargo, the program that is named is used. Needs the network for the tools.
#
#     pip install pre-commit && npm install --prefix ../ci-tools @action-validator/core @action-validator/cli gitlab-ci-local
#     PATH="$PWD/../ci-tools/node_modules/.bin:$PATH" scripts/check_ci.sh target/debug/claims
#
# gitlab-ci-local needs Node 22 and rsync.
set -euo pipefail
claims=$(realpath "$1")
repository=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# What would build: `cargo run … -- ARGUMENTS` runs the program, `cargo install … --root PLACE` puts it there.
mkdir "$scratch/bin"
cat > "$scratch/bin/cargo" <<SHIM
#!/usr/bin/env bash
if [ "\$1" = run ]; then
  while [ "\$1" != -- ]; do shift; done
  shift
  exec "$claims" "\$@"
fi
while [ \$# -gt 0 ] && [ "\$1" != --root ]; do shift; done
place=\${2:-$scratch}
mkdir -p "\$place/bin"
cp "$claims" "\$place/bin/claims"
SHIM
chmod +x "$scratch/bin/cargo"
export PATH="$scratch/bin:$PATH"

# The status that something ends with.
status() {
  local status=0
  "$@" > "$scratch/out" 2>&1 || status=$?
  echo "$status"
}
expect() {
  local wanted=$1 what=$2
  shift 2
  local got
  got=$(status "$@")
  [ "$got" = "$wanted" ] || { echo "$what: status $got instead of $wanted" >&2; cat "$scratch/out" >&2; exit 1; }
  echo "ok: $what"
}
says() {
  grep -q -- "$1" "$scratch/out" || { echo "nothing says $1:" >&2; cat "$scratch/out" >&2; exit 1; }
}

# A site of somebody else, with one page that changed since main.
site="$scratch/site"
mkdir -p "$site/pages" "$site/my-evidence"
cd "$site"
git init -q -b main
git config user.name Ada
git config user.email ada@example.org
echo "It flushes toxins." > pages/old.md
echo "An hour costs 60 euros." > pages/calm.md
echo 'files = ["pages"]' > evidence.toml
cp "$repository/cli/tests/pages/acme/"*.toml my-evidence/
git add .
git commit -qm first
git checkout -qb change
echo "It cures arthritis." > pages/new.html
git add .
git commit -qm second

echo "== pre-commit"
expect 0 "the manifest of the hooks" pre-commit validate-manifest "$repository/.pre-commit-hooks.yaml"
expect 0 "a page without findings" pre-commit try-repo "$repository" claims --files pages/calm.md
expect 1 "pages with findings" pre-commit try-repo "$repository" claims --all-files
says 'pages/old.md:1:4'
says 'pages/new.html:1:4'
cat > .pre-commit-config.yaml <<CONFIG
repos:
  - repo: $repository
    rev: $(git -C "$repository" rev-parse HEAD)
    hooks:
      - id: claims-validate
        args: [my-evidence]
CONFIG
export PRE_COMMIT_HOME="$scratch/pre-commit"
expect 0 "a pack" pre-commit run claims-validate --all-files
echo 'nonsense = 1' >> my-evidence/pack.toml
expect 1 "a broken pack" pre-commit run claims-validate --all-files
says 'nonsense'
git checkout -q my-evidence
rm .pre-commit-config.yaml

echo "== GitHub Action"
for file in action.yml .github/workflows/ci.yml docs/src/ci/github-workflow.yml; do
  expect 0 "the schema of $file" action-validator "$repository/$file"
done
# Its steps, with the shell of the runner.
steps() {
  python3 - "$repository/action.yml" <<'PYTHON' > "$scratch/steps"
import sys, yaml
for step in yaml.safe_load(open(sys.argv[1]))["runs"]["steps"]:
    print(step["run"])
PYTHON
  GITHUB_ACTION_PATH="$repository" RUNNER_TEMP="$scratch/runner" bash --noprofile --norc -eo pipefail "$scratch/steps"
}
git remote add origin .
git fetch -q origin
FILES="" ARGS="" CHANGED_ONLY=false SARIF="" BASE="" expect 1 "all pages of the project" steps
says '^::error file=pages/old.md,line=1'
FILES="pages/calm.md" ARGS="--profile uk-cap" CHANGED_ONLY=false SARIF="" BASE="" expect 0 "one page" steps
FILES="" ARGS="" CHANGED_ONLY=true SARIF="claims.sarif" BASE="main" expect 1 "what a pull request changed" steps
says '^::error file=pages/new.html,line=1'
! grep -q old.md "$scratch/out" || { echo "an old finding is shown" >&2; exit 1; }
python3 -c 'import json; assert json.load(open("claims.sarif"))["version"] == "2.1.0"'
FILES='pages/$(touch${IFS}owned).md' ARGS="" CHANGED_ONLY=false SARIF="" BASE="" expect 2 "a name that is no command" steps
[ ! -e owned ]

echo "== GitLab"
cp "$repository/docs/src/ci/gitlab-ci.yml" .gitlab-ci.yml
sed -i 's/^  image:.*//' .gitlab-ci.yml
git remote set-head origin main
expect 1 "the job" gitlab-ci-local --force-shell-executor --ignore-predefined-vars CI_DEFAULT_BRANCH --variable CLAIMS_REPOSITORY=x --variable CI_DEFAULT_BRANCH=main claims
says 'FAIL.*claims'
expect 0 "its report" python3 -c 'import xml.etree.ElementTree as xml; assert xml.parse("claims.xml").findall(".//failure")'
echo "all passed"
