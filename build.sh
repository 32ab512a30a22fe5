#!/usr/bin/env bash
# Everything that this repository does, from a machine with nothing but the .NET SDK. `./build.sh help` lists it.
set -euo pipefail
called_from=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

configuration=Release
provider_file=TorchProvider.props
built=""
[ "${SLSAM_BUILT:-}" != 1 ] || built=yes

usage() {
  cat <<'EOF'
Usage: ./build.sh COMMAND [OPTIONS]     (./build.sh COMMAND --help says more)

  demo        fine-tune a pretrained network on film reviews with the compiled optimizer
  sample      the other samples, each a page of code: images, stories, adapters, sparse, parallel
  experiment  compare all methods on two data sets and write docs/results.md
  test        set up this machine, build with warnings as errors, run all tests
  build       set up this machine and build
  bench       measure steps, memory and bookkeeping against their bars, beside PyTorch; bench compiler: what the compiler part costs;
              bench ease: what a newcomer waits for; bench publish: a folder that measures on a machine without .NET
  soak        train while everything goes wrong that can, and compare all states to the bit
  fuzz        feed every reader of files with a million malformed inputs
  pack        make the NuGet packages
  new         make a program of your own with the README's first model in it, which takes SlSam from this checkout
  clean       remove what was built and forget the chosen provider

The environment variable TORCH_PROVIDER names who provides TorchSharp's API: TorchSharp-cpu, TorchSharp-cuda-linux,
TorchSharp-cuda-windows (NuGet packages) or LibTorch (the libtorch installed on this machine).
SLSAM_BUILT=1 says that all is set up and built: no command does either then.
EOF
}

command_usage() {
  case "$1" in
    demo) cat <<'EOF'
Usage: ./build.sh demo [OPTIONS OF THE SAMPLE]

Builds, fetches a pretrained encoder (42 MB) and 50,000 film reviews (25 MB) into a cache folder, checks both, and fine-tunes the
encoder with SL-SAM; a table at the end compares it. Without network, --offline trains on data that the program makes.
EOF
      dotnet_setup_done || { echo "The sample's own options: ./build.sh build, then ./build.sh demo --help"; return; }
      echo; run_sample --help ;;
    sample) cat <<'EOF'
Usage: ./build.sh sample NAME [OPTIONS OF THE SAMPLE]

  images     a residual network with batch normalization learns Fashion-MNIST by AdamW, SAM and SL-SAM
  stories    a Llama of 15 million parameters that knows children's stories learns to write film reviews
  adapters   a sentence encoder learns to judge film reviews by LoRA, with and without nBAR
  sparse     the same by the most salient half percent of its weights (SPEFT)
  parallel   the same in one process and in several that train together, and compares

Builds, fetches what the sample needs, checks it, and runs it; ./build.sh sample NAME --help lists its options. Each folder in samples has a README.
EOF
      ;;
    experiment) cat <<'EOF'
Usage: ./build.sh experiment [OPTIONS OF THE PROGRAM]

Builds, fetches the encoder (42 MB), film reviews (25 MB) and mails (20 MB) into a cache folder, checks them, fine-tunes the encoder with
every method from three seeds, and writes docs/results.md. About two hours on 2 cores; --quick takes 15 minutes, --plan says how long.
Ctrl-C stops after the step in progress; the same command goes on from the last finished run.
EOF
      dotnet_setup_done || { echo "The program's own options: ./build.sh build, then ./build.sh experiment --help"; return; }
      echo; run_experiment --help ;;
    test) echo "Usage: ./build.sh test [--filter EXPRESSION]"; echo
      echo "Sets up, builds with warnings as errors and runs all tests, or those that the expression of 'dotnet test --filter' selects." ;;
    build) echo "Usage: ./build.sh build"; echo; echo "Installs what is missing (Debian and Ubuntu), chooses the TorchSharp provider and builds the solution." ;;
    bench) cat <<'EOF'
Usage: ./build.sh bench [OPTIONS OF THE PROGRAM]
       ./build.sh bench publish [FOLDER]
       ./build.sh bench compiler [--only generator|analyzers]
       ./build.sh bench ease [FOLDER]

Measures training steps here, in PyTorch and in C++ by hand, and what they take in memory: same libtorch, same model, same threads, one run of about
12 minutes on 2 cores that do nothing else. Prints each figure with its bar and interval; ends with 1 if a bar is missed by more than the noise;
--write puts the tables into docs/performance.md.
With 'publish': writes a self-contained program to a folder (artifacts/bench) and to a .tar.gz beside it, for a machine with a GPU and PyTorch, but
without .NET: sh FOLDER/run.sh there.
With 'compiler': what the generator costs cold and after edits, and what the analyzers add to a build; see docs/performance-compiler.md.
With 'ease': how long a newcomer waits who clones this repository into a folder (artifacts/ease), with empty caches, and follows README.md.
EOF
      dotnet_setup_done || { echo "The program's own options: ./build.sh build, then ./build.sh bench --help"; return; }
      echo; run_bench --help ;;
    soak) cat <<'EOF'
Usage: ./build.sh soak [--steps N] [--seed N]

Trains 10,000 steps of models and methods that are put together at random, while closures throw, data are not finite, steps are cancelled and the like.
After each fault the whole state is compared with that before, after each good step with that of a run without faults. A few minutes.
EOF
      ;;
    fuzz) cat <<'EOF'
Usage: ./build.sh fuzz [COUNT [SEED]]
       ./build.sh fuzz kill COUNT

Feeds every reader of files with malformed input, 1,000,000 of seed 1 by default, and watches what it throws and what memory it takes; about five minutes.
With 'kill': kills a training process at random while it saves, COUNT times, and compares what is left with an uninterrupted run.
EOF
      ;;
    pack) echo "Usage: ./build.sh pack [FOLDER]"; echo; echo "Writes the NuGet packages to a folder, artifacts/packages if none is named." ;;
    new) echo "Usage: ./build.sh new FOLDER"; echo
      echo "Makes the packages, and in FOLDER a console program with the first model of README.md. Then: dotnet run --project FOLDER" ;;
    clean) echo "Usage: ./build.sh clean"; echo; echo "Removes build output, packages and the record of the chosen provider. Downloads and finished runs of the experiment stay." ;;
  esac
}

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
fail() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

dotnet_setup_done() { [ -f "$provider_file" ] && [ -d samples/SentimentFineTuning/bin/$configuration ]; }

# install PACKAGE...: Debian packages that are missing, without what they only recommend.
install() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || fail "this machine needs ${missing[*]}, and has no apt-get to install them with"
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "install these as root, then try again: apt-get install --no-install-recommends ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

feed_has_torchsharp() {
  local probe status=0
  probe=$(mktemp -d)
  cat > "$probe/probe.csproj" <<'EOF'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageReference Include="TorchSharp-cpu" Version="0.107.0" /></ItemGroup>
</Project>
EOF
  dotnet restore "$probe/probe.csproj" >/dev/null 2>&1 || status=1
  rm -rf "$probe"
  return $status
}

choose_provider() {
  local provider why recorded=""
  [ -f "$provider_file" ] && recorded=$(sed -n 's:.*<TorchProvider>\(.*\)</TorchProvider>.*:\1:p' "$provider_file")
  if [ -n "${TORCH_PROVIDER:-}" ]; then
    provider=$TORCH_PROVIDER why="TORCH_PROVIDER says so"
  elif [ -n "$recorded" ]; then
    provider=$recorded why="chosen before; ./build.sh clean forgets it"
  elif feed_has_torchsharp; then
    provider=TorchSharp-cpu why="the package feed has it"
  else
    provider=LibTorch why="the package feed has no TorchSharp-cpu"
  fi
  case "$provider" in
    LibTorch | TorchSharp-cpu | TorchSharp-cuda-linux | TorchSharp-cuda-windows) ;;
    *) fail "TORCH_PROVIDER is '$provider', but must be LibTorch, TorchSharp-cpu, TorchSharp-cuda-linux or TorchSharp-cuda-windows" ;;
  esac
  say "TorchSharp's API comes from $provider ($why)"
  [ "$provider" = "$recorded" ] || cat > "$provider_file" <<EOF
<Project>
  <PropertyGroup>
    <TorchProvider>$provider</TorchProvider>
  </PropertyGroup>
</Project>
EOF
  torch_provider=$provider
}

# Chooses the provider and installs what is missing; with an argument, also what tests need: PyTorch, which the provider and the engine are held against, a browser, and
# zlib's headers, which ahead-of-time compiled programs are linked with.
set_up() {
  command -v dotnet >/dev/null || fail "the .NET SDK (8 or newer) is missing; see https://dotnet.microsoft.com/download"
  choose_provider
  [ -z "$built" ] || return 0
  if [ "$torch_provider" = LibTorch ] && [ -z "${LIBTORCH:-}" ]; then
    # Gloo's headers are for training in many processes. Debian's libtorch is 20 times slower on the reference BLAS, which it falls back to where OpenBLAS is missing.
    install g++ libtorch-dev libgloo-dev libopenblas0-pthread ${1:+python3-torch zlib1g-dev}
  fi
  # Without npm, from which the chart library comes, all but the HTML report is built; without a browser its tests are skipped.
  if ! command -v npm >/dev/null && ! compgen -G 'artifacts/npm/uplot-*' >/dev/null; then
    (install npm) || say "no npm: SlSam.Reporting is built without its HTML report"
  fi
  if [ -n "${1:-}" ] && ! command -v chromium chromium-browser google-chrome >/dev/null; then
    (install chromium) || say "no browser: the tests of the HTML report are skipped"
  fi
}

# build [PROJECT]: all, or one project and what it needs.
build() {
  [ -z "$built" ] || return 0
  say "building"
  dotnet build "${1:-SlSam.sln}" -c $configuration -v quiet --nologo
}

# sample NAME [OPTIONS]
sample() {
  local project
  case "${1:-}" in
    images) project=ImageClassification ;;
    stories) project=TinyLlama ;;
    adapters) project=AdapterFineTuning ;;
    sparse) project=SparseFineTuning ;;
    parallel) project=DataParallel ;;
    *) command_usage sample >&2; fail "there is no sample '${1:-}'" ;;
  esac
  shift
  set_up
  build samples/$project
  case " $* " in
    *" --help "* | *" --offline "*) ;;
    *) if [ $project = ImageClassification ]; then
         case " $* " in *" --data "*) ;; *) install dataset-fashion-mnist ;; esac
       else
         command -v npm >/dev/null || install npm
       fi ;;
  esac
  run samples/$project "$@"
}

# bench [compiler|ease|publish] [OPTIONS]
bench() {
  case "${1:-}" in
    compiler)
      set_up
      build
      run benchmarks/SlSam.Compiler.Benchmarks "${@:2}" ;;
    ease) benchmarks/ease.sh "${@:2}" ;;
    publish) publish_bench "${2:-artifacts/bench}" ;;
    *)
      set_up with-pytorch
      build benchmarks/SlSam.Benchmarks
      run_bench "$@" ;;
  esac
}

# run PROJECT [OPTIONS]: what was built of a project; 'dotnet run' would look through the project again, for a second or two.
run() { dotnet "$1/bin/$configuration/net8.0/${1##*/}.dll" "${@:2}"; }
run_experiment() { run benchmarks/SlSam.Experiments "$@"; }
run_bench() { run benchmarks/SlSam.Benchmarks "$@"; }
run_soak() { run benchmarks/SlSam.Soak "$@"; }
run_reliability() { run tests/SlSam.Reliability.Tests "$@"; }
run_sample() { run samples/SentimentFineTuning "$@"; }

# publish_bench FOLDER: the benchmark with the runtime that it needs, and with the native source in place of a library for this machine's libtorch.
publish_bench() {
  local folder=$1
  [ ! -e "$folder" ] || [ -f "$folder/run.sh" ] || fail "'$folder' exists and is no publish of the benchmark; name another folder"
  choose_provider
  [ "$torch_provider" = LibTorch ] || fail "the publish builds the native file where it runs, which $torch_provider has none of; TORCH_PROVIDER=LibTorch has"
  say "publishing to $folder"
  rm -rf "$folder"
  dotnet publish benchmarks/SlSam.Benchmarks -c $configuration -r linux-x64 -p:BenchmarkPublish=true -p:SlSamCompilesNative=false -v quiet --nologo -o "$folder"
  tar -C "$(dirname "$folder")" -czf "$folder.tar.gz" "$(basename "$folder")"
  say "$(du -sm "$folder" | cut -f1) MB in $folder, $(du -m "$folder.tar.gz" | cut -f1) MB in $folder.tar.gz; there: sh run.sh --help"
}

version() { sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props; }

# pack [FOLDER]
pack() {
  local project folder=${1:-artifacts/packages} unpacked=${NUGET_PACKAGES:-$HOME/.nuget/packages}
  say "packing"
  for project in SlSam SlSam.LibTorch SlSam.Reporting; do
    dotnet pack src/$project -c $configuration ${built:+--no-build} --nologo -v quiet -o "$folder"
    # NuGet would go on using what it has once unpacked under this version.
    rm -rf "${unpacked:?}/${project,,}/$(version)"
  done
}

# new_project FOLDER: a program outside of this repository, as a user's, with the model of README.md.
new_project() {
  local folder=${1:-} provider provider_version
  [ -n "$folder" ] || fail "name the folder of the new program, as in: ./build.sh new ../First"
  folder=$(cd "$called_from" && realpath -m "$folder")
  [ ! -e "$folder" ] || fail "'$folder' exists; name a folder that does not"
  set_up
  pack
  case "$torch_provider" in
    LibTorch) provider=SlSam.LibTorch provider_version=$(version) ;;
    *) provider=$torch_provider provider_version=0.107.0 ;;
  esac
  mkdir -p "$folder"
  cat > "$folder/$(basename "$folder").csproj" <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net8.0</TargetFramework>
    <RollForward>Major</RollForward>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="SlSam" Version="$(version)" />
    <PackageReference Include="$provider" Version="$provider_version" />
  </ItemGroup>
</Project>
EOF
  cat > "$folder/NuGet.config" <<EOF
<configuration>
  <packageSources>
    <add key="SlSam" value="$PWD/artifacts/packages" />
  </packageSources>
</configuration>
EOF
  awk '/^```csharp$/ { inside = 1; next } /^```$/ { inside = 0 } inside' README.md > "$folder/Program.cs"
  say "$folder holds the first model of README.md; next: dotnet run --project $folder"
}

# test_project RESULTS PROJECT [OPTIONS]: runs the tests of one project, and prints what came of them when they are through.
test_project() {
  local results=$1 project=$2 name status=0
  name=$(basename "$project" .csproj)
  dotnet test "$project" -c $configuration --no-build --nologo -v quiet \
    --logger "trx;LogFileName=$name.trx" --results-directory "$results" "${@:3}" >"$results/$name.log" 2>&1 || status=1
  say "tested $name"
  cat "$results/$name.log"
  return $status
}

run_tests() {
  set_up with-pytorch
  build
  local results status=0
  results=$(mktemp -d)
  say "testing; each project tells when it is through"
  export -f test_project say
  export configuration
  # Two at a time, since most tests use one core, and the longest first, which are the last by name.
  printf '%s\n' tests/*/*.csproj | sort -r | OMP_NUM_THREADS=1 xargs -P 2 -I {} bash -c 'test_project "$@"' - "$results" {} "$@" || status=1
  awk -F'"' '/<Counters /{for(i=1;i<NF;i++){if($i~/ passed=$/)p+=$(i+1);if($i~/ failed=$/)f+=$(i+1);if($i~/ total=$/)t+=$(i+1);if($i~/ executed=$/)e+=$(i+1)}}
    END{printf "%d passed, %d failed, %d skipped\n",p,f,t-e}' "$results"/*.trx
  rm -rf "$results"
  return $status
}

main() {
  local command=${1:-help}
  [ $# -gt 0 ] && shift
  case "$command" in
    demo | sample | experiment | test | build | bench | soak | fuzz | pack | new | clean)
      if [ "${1:-}" = --help ] || [ "${1:-}" = -h ]; then command_usage "$command"; exit; fi ;;
    help | --help | -h) usage; exit ;;
    *) usage >&2; fail "there is no command '$command'" ;;
  esac
  case "$command" in
    build)
      set_up
      build ;;
    test) run_tests "$@" ;;
    demo)
      set_up
      build samples/SentimentFineTuning
      case " $* " in *" --offline "*) ;; *) command -v npm >/dev/null || install npm ;; esac
      run_sample "$@" ;;
    sample) sample "$@" ;;
    experiment)
      set_up
      build benchmarks/SlSam.Experiments
      case " $* " in *" --offline "*) ;; *) command -v npm >/dev/null || install npm ;; esac
      run_experiment "$@" ;;
    bench)
      bench "$@" ;;
    soak)
      set_up
      build benchmarks/SlSam.Soak
      run_soak "$@" ;;
    fuzz)
      set_up
      build tests/SlSam.Reliability.Tests
      if [ "${1:-}" = kill ]; then run_reliability "$@"; else run_reliability fuzz "$@"; fi ;;
    pack)
      set_up
      pack "$@"
      ls -l "${1:-artifacts/packages}" ;;
    new)
      new_project "$@" ;;
    clean)
      find . -type d \( -name bin -o -name obj \) -not -path './.git/*' -prune -exec rm -rf {} +
      rm -rf artifacts/packages TestResults "$provider_file" ;;
  esac
}

main "$@"
