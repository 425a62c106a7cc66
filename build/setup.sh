# Read by ../backprop when something is still to be done. It can be killed at any point and run again: what says that
# a step is done is written after the step, beside its place, and renamed.

say() { printf 'backprop: %s\n' "$*" >&2; }
die() { code=$1; shift; say "$*"; exit "$code"; }

# step WHAT COMMAND...: one line with the seconds that it took; the command's output goes to $log. False when it fails.
step() {
  printf 'backprop: %s ... ' "$1" >&2
  shift
  began=$(date +%s)
  # File 9 is the lock; a compiler server that outlives this command must not keep it.
  if "$@" > "$log" 2>&1 < /dev/null 9>&-; then
    printf '%s s\n' $(($(date +%s) - began)) >&2
  else
    printf 'failed after %s s\n' $(($(date +%s) - began)) >&2
    return 1
  fi
}

# Makes $1 hold the standard input; an unchanged file keeps its time, because everything is rebuilt after a newer setup.props.
remember() {
  cat > "$1.new"
  if cmp -s "$1.new" "$1"; then rm "$1.new"; else mv "$1.new" "$1"; fi
}

described() {
  if [ "$substitutes" = false ]; then echo 'the real TorchSharp and CsCheck packages'; else echo "Substitutes/ over $library"; fi
}

# Everything, in order; what is in place already takes no time and says nothing. `set_up again` trusts nothing that it
# remembers: it asks the feed again, and goes back to the system's libtorch when LIBTORCH is unset.
set_up() {
  prepare
  again=${1:-}
  if [ -n "$again" ] || ! is_set_up; then
    choose_packages
    if [ "$substitutes" = true ]; then find_libtorch; else asked='' library=''; fi
  fi
  if [ "$substitutes" = true ]; then build_shim; fi
  printf '%s\n' "<Project><PropertyGroup><Substitutes Condition=\"'\$(Substitutes)' == ''\">$substitutes</Substitutes></PropertyGroup></Project>" |
    remember "$home/setup.props"
  printf '%s\n' "$substitutes" "$asked" "$library" | remember "$home/state"
  recall
  build Backprop.sln
  exec 9>&-
}

prepare() {
  mkdir -p "$home/home" 2> /dev/null && [ -w "$home" ] || die 3 "$root cannot be written to; Backprop needs to keep what it builds there."
  log=$home/log
  # Two at once would build into the same files: the second waits for the first.
  if command -v flock > /dev/null; then
    exec 9> "$home/lock"
    flock -n 9 || { say 'waiting for another ./backprop that is setting up or building'; flock 9; }
    recall
  fi
  command -v dotnet > /dev/null || die 3 'dotnet is not on the PATH: install the .NET 10 SDK (https://dot.net) and run this again.'
  version=$(cd "$root" && dotnet --version 2> /dev/null) ||
    die 3 "the .NET SDK here is too old: version 10.0.100 or later is needed (https://dot.net), there is: $(dotnet --list-sdks | tr '\n' ' ')"
  # An SDK that was only unpacked has none of the libraries that its packages would have brought; the feed needs this one.
  missing='openssl ca-certificates'
  if command -v apt-get > /dev/null && ! has_openssl; then install $missing; fi
}

has_openssl() {
  for file in /usr/lib/*-linux-gnu/libssl.so.* /usr/local/lib/libssl.so.* /usr/lib/libssl.so.*; do if [ -e "$file" ]; then return 0; fi; done
  return 1
}

# substitutes=true or false: does the feed have TorchSharp-cpu and CsCheck? A restore tells.
choose_packages() {
  case ${BACKPROP_SUBSTITUTES:-} in
    true | false) substitutes=$BACKPROP_SUBSTITUTES; return ;;
    ?*) die 3 "BACKPROP_SUBSTITUTES is '$BACKPROP_SUBSTITUTES'; it must be true or false, or unset to find out." ;;
  esac
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) ;;
    Linux-*) substitutes=true; return ;; # TorchSharp-cpu has no libtorch for other processors under Linux
    *) substitutes=false; return ;;
  esac
  if [ -n "$substitutes" ] && [ -z "$again" ]; then return; fi
  step 'asking the package feed for TorchSharp-cpu and CsCheck' probe
  if [ $found = true ]; then
    substitutes=false
  elif grep -qE 'NU1301|NU1300|NU1302' "$log" || ! grep -qE 'NU1101|NU1102|NU1103|NU1603' "$log"; then
    if [ -z "$substitutes" ]; then
      { sed -n 's/^.*error \(NU[0-9]*: .*\)$/\1/p' "$log"; cat "$log"; } | head -n 1 >&2
      die 3 'the package feed cannot be asked; check the network, or set BACKPROP_SUBSTITUTES=true to use Substitutes/ without asking.'
    fi
    say "the package feed cannot be asked now; staying with Substitutes=$substitutes"
  else
    say 'the feed does not have them: Substitutes/ stands in'
    substitutes=true
  fi
}

probe() {
  found=true
  (cd "$root" && dotnet restore build/Probe.csproj) || found=false
}

# asked, library: the libtorch to build against; installs it, a compiler and cmake where they are missing.
find_libtorch() {
  if [ -n "$again" ]; then asked=''; fi
  asked=${LIBTORCH:-$asked}
  missing='' wanted=''
  if [ -n "$asked" ]; then
    check_folder "$asked"
    library=$(readlink -f "$asked/lib/libtorch_cpu.so")
  else
    find_system_libtorch || missing=libtorch-dev
  fi
  has_compiler || missing="$missing g++"
  command -v cmake > /dev/null || missing="$missing cmake"
  command -v make > /dev/null || command -v ninja > /dev/null || missing="$missing make"
  # Debian's libtorch computes matrix products with whatever libblas.so.3 is; the reference one is many times slower.
  if [ -z "$asked" ] && command -v apt-get > /dev/null && ! has_fast_blas; then wanted=libopenblas0-pthread; fi
  if [ -n "$missing$wanted" ]; then install $missing $wanted; fi
  if [ -z "$asked" ]; then find_system_libtorch || die 3 'libtorch-dev is installed, but libtorch_cpu.so is in none of the usual places; set LIBTORCH to its folder.'; fi
}

has_compiler() { command -v "${CXX:-c++}" > /dev/null || command -v g++ > /dev/null || command -v clang++ > /dev/null; }

find_system_libtorch() {
  [ -e /usr/include/ATen/ATen.h ] || [ -e /usr/local/include/ATen/ATen.h ] || return 1
  for library in /usr/lib/*-linux-gnu/libtorch_cpu.so /usr/local/lib/libtorch_cpu.so /usr/lib64/libtorch_cpu.so /usr/lib/libtorch_cpu.so; do
    if [ -e "$library" ]; then library=$(readlink -f "$library"); return 0; fi
  done
  return 1
}

has_fast_blas() {
  for blas in /usr/lib/*-linux-gnu/libblas.so.3; do
    case $(readlink -f "$blas") in */blas/libblas.so*) ;; *) if [ -e "$blas" ]; then return 0; fi ;; esac
  done
  return 1
}

# Says what is wrong with the folder that LIBTORCH names, if anything is.
check_folder() {
  advice='set LIBTORCH to a folder with include/ and lib/libtorch_cpu.so, or unset it to use the system'"'"'s libtorch.'
  [ -e "$1" ] || die 3 "LIBTORCH is $1, which does not exist; $advice"
  [ -d "$1" ] || die 3 "LIBTORCH is $1, which is not a folder; $advice"
  [ -e "$1/lib/libtorch_cpu.so" ] || die 3 "LIBTORCH is $1, which has no lib/libtorch_cpu.so; $advice"
  [ -d "$1/include/ATen" ] || die 3 "LIBTORCH is $1, which has no include/ATen (a runtime without headers?); $advice"
  [ "$(header "$1/lib/libtorch_cpu.so" 0 4)" = "$(header /bin/sh 0 4)" ] || die 3 "LIBTORCH is $1, whose lib/libtorch_cpu.so is not a library; $advice"
  [ "$(header "$1/lib/libtorch_cpu.so" 18 2)" = "$(header /bin/sh 18 2)" ] ||
    die 3 "LIBTORCH is $1, whose lib/libtorch_cpu.so is for another processor than this $(uname -m); $advice"
}

# Bytes of an ELF file: 0-3 are its mark, 18-19 the processor.
header() { od -An -tx1 -j "$2" -N "$3" "$(readlink -f "$1")"; }

install() {
  line="apt-get update && apt-get install -y --no-install-recommends $*"
  if command -v sudo > /dev/null; then once="run this once: sudo sh -c '$line'"; else once="run this once, as root: $line"; fi
  if ! command -v apt-get > /dev/null; then
    die 3 "missing here: $*. Install them with this system's package manager, or unpack a libtorch and set LIBTORCH to its folder; then run this again."
  elif [ "$(id -u)" = 0 ]; then
    as_root=''
  elif sudo -n true 2> /dev/null; then
    as_root='sudo -n'
  elif command -v sudo > /dev/null && [ -t 0 ] && [ -t 2 ]; then
    say "sudo will ask for your password, to install: $*"
    sudo -v || die 3 "missing here: $*; $once"
    as_root='sudo -n'
  elif [ -z "$missing" ]; then
    say "matrix products will be slow here; to make them fast, $once"
    return 0
  else
    die 3 "missing here: $*; $once"
  fi
  # A stale or unreachable source among several is no reason to stop; what cannot be installed is.
  step 'updating the package lists' apt update || say "(going on with the lists that are here: $(sed -n 's/^[EW]: //p' "$log" | head -n 1))"
  step "installing $*" apt install -y --no-install-recommends "$@" ||
    die 3 "apt-get failed: $(sed -n 's/^E: //p' "$log" | head -n 1) All of it is in $log; as root, run: $line"
}

apt() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@"; }

# Builds libbackprop_torch.so; rebuilds it when its source or the libtorch under it has changed.
build_shim() {
  key="$asked|$library|$(stat -c '%s %Y' "$library")"
  if [ -e "$shim" ] && [ "$(cat "$home/shim" 2> /dev/null)" = "$key" ] &&
    [ -z "$(find "$native" -path "$native/build*" -prune -o -type f -newer "$home/shim" -print)" ]; then return; fi
  rm -rf "$native/build" "$home/shim" "$home/built" # cmake's cache remembers the former libtorch
  : > "$home/shim.new"
  step "building the shim for $library" compile_shim || {
    grep -E 'error|Error' "$log" | head -n 5 >&2
    die 4 "the shim does not build over $library; all of it is in $log"
  }
  printf '%s\n' "$key" > "$home/shim.key"
  touch -r "$home/shim.new" "$home/shim.key" # as old as the start: an edit during the build counts
  rm "$home/shim.new"
  mv "$home/shim.key" "$home/shim"
}

compile_shim() {
  cmake -S "$native" -B "$native/build" -DCMAKE_BUILD_TYPE=Release ${asked:+"-DLIBTORCH=$asked"} && cmake --build "$native/build"
}

# Builds a solution or project when a source is newer than the last build.
build() {
  if is_built; then return; fi
  rm -f "$home/built"
  : > "$home/built.new"
  step "building $1" dotnet_build "$@" || {
    sed -n 's/^\(.*error .*\) \[[^[]*\]$/\1/p' "$log" | sort -u | head -n 20 >&2
    die 4 "$1 does not build; all of it is in $log"
  }
  # The mark is as old as the end of the build, because building touches folders; or as its start if a file was edited meanwhile.
  if ! changed "$home/built.new" '-type f'; then touch "$home/built.new"; fi
  mv "$home/built.new" "$home/built"
}

# The compiler is a program of short life: profiling itself (TieredPGO) costs it a quarter of its time and gains nothing.
dotnet_build() { (cd "$root" && DOTNET_TieredPGO=0 dotnet build "$@" -c Release); }

# After a setup that failed: the command line alone, which needs no libtorch to be built, so that the doctor can speak.
build_for_doctor() {
  recall
  if [ -e "$root/Backprop.Cli/$bin/backprop.dll" ] && is_built; then return; fi
  prepare
  (build Backprop.Cli "-p:Substitutes=${substitutes:-true}" && rm -f "$home/built")
  exec 9>&-
}
