# Read by ../backprop: everything that must hold before a change is good. Each group prints its counts as it ends; the
# last line adds them up. Further arguments go to `dotnet test`.

passed=0 failed=0
work=$(mktemp -d "$home/test.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# tally GROUP PASSED FAILED: prints one group's counts and adds them.
tally() {
  printf '%s: %s passed, %s failed (%s s)\n' "$1" "$2" "$3" $(($(date +%s) - began))
  passed=$((passed + $2)) failed=$((failed + $3))
}

# check WHAT COMMAND...: counts one in its group's good or bad; the output is shown when it is bad.
check() {
  what=$1
  shift
  if "$@" > "$work/output" 2>&1 < /dev/null; then
    good=$((good + 1))
  else
    bad=$((bad + 1))
    printf '%s: failed\n' "$what"
    head -n 40 "$work/output"
  fi
}

start() { began=$(date +%s) good=0 bad=0; }

# The sum of one counter over all result files.
counted() { sed -n 's/.*<Counters .*[ ]'"$1"'="\([0-9]*\)".*/\1/p' "$work"/*.trx 2> /dev/null | awk '{ n += $1 } END { print n + 0 }'; }

succeeds_with_output() { "$@" && [ -s "$work/output" ]; }
exits_with_1() { code=0; "$@" || code=$?; [ "$code" = 1 ]; }

start
code=0
(cd "$root" && dotnet test Backprop.sln -c Release --no-build --nologo --logger trx --results-directory "$work" "$@") || code=$?
good=$(counted passed)
bad=$(($(counted failed) + $(counted error) + $(counted timeout) + $(counted aborted)))
if [ "$code" != 0 ] && [ "$bad" = 0 ]; then echo "dotnet test ended with $code, though no test failed"; bad=1; fi
if [ $((good + bad)) = 0 ]; then echo 'no test ran'; bad=1; fi
tally tests "$good" "$bad"

start
# Without TieredPGO: it would cost a quarter more; see dotnet_build in setup.sh.
check 'dotnet format --verify-no-changes' sh -c 'cd "$1" && DOTNET_TieredPGO=0 dotnet format Backprop.sln --verify-no-changes --no-restore' - "$root"
tally format "$good" "$bad"

start
for language in CSharp FSharp; do
  check "samples/$language" succeeds_with_output dotnet exec "$root/samples/$language/$bin/Sample.$language.dll"
done
tally samples "$good" "$bad"

# The command line's verdict is its exit code: a right rule gives 0, a rule made wrong on purpose gives 1.
start
check 'backprop verify sigmoid' dotnet exec "$root/Backprop.Cli/$bin/backprop.dll" verify sigmoid
check 'backprop verify sigmoid --fault sign (must exit with 1)' exits_with_1 \
  dotnet exec "$root/Backprop.Cli/$bin/backprop.dll" verify sigmoid --fault sign
for sample in CSharp.Gradients FSharp.Gradients; do
  check "backprop check $sample" dotnet exec "$root/Backprop.Cli/$bin/backprop.dll" check "$root/samples/$sample/$bin/$sample.dll"
done
check 'backprop check WrongGradients (must exit with 1)' exits_with_1 \
  dotnet exec "$root/Backprop.Cli/$bin/backprop.dll" check "$root/samples/WrongGradients/$bin/WrongGradients.dll"
tally self-test "$good" "$bad"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
