#!/usr/bin/env bash
# Makes the environment of one real Airflow, the judge of what the templates generate, and prints the path of its Python.
#
# usage: environment.sh 2.5.3|2.11.2|3.3.2
set -euo pipefail

uv_version=0.13.8
python_version=3.11

# Packages published up to the given day are those that a person got who installed that release when it came out. This
# takes the place of Airflow's constraint files, which stand on a server that is not a package registry. There was no
# smtp provider in the time of 2.5.3, and no standard provider either.
airflow_version=${1:?usage: $0 2.5.3|2.11.2|3.3.2}
providers=(cncf-kubernetes slack)
case $airflow_version in
2.5.3) newest=2023-04-03 ;;
2.11.2) newest=2026-03-17 providers+=(postgres smtp standard) ;;
3.3.2) newest=2026-09-20 providers+=(postgres smtp standard) ;;
*)
    echo "$0: no recipe for Airflow $airflow_version; there is one for 2.5.3, 2.11.2 and 3.3.2" >&2
    exit 2
    ;;
esac

cache=${XDG_CACHE_HOME:-$HOME/.cache}/dagwright
uv=$cache/uv-$uv_version/bin/uv
recipe="uv $uv_version, python $python_version, airflow $airflow_version, ${providers[*]}, published before $newest"
# Clones with different recipes may share the cache at the same time.
environment=$cache/airflow-$airflow_version-$(cksum <<<"$recipe" | cut -d ' ' -f 1)

mkdir -p "$cache"
exec {lock}>"$environment.lock"
flock "$lock"

if ! "$uv" --version >/dev/null 2>&1; then
    rm -rf "$cache/uv-$uv_version"
    python3 -m venv "$cache/uv-$uv_version"
    "$cache/uv-$uv_version/bin/pip" install --quiet "uv==$uv_version" >&2
fi

# The recipe is written last: an environment without it was interrupted.
if [[ ! -e $environment/recipe ]]; then
    rm -rf "$environment"
    export UV_PYTHON_DOWNLOADS=never
    "$uv" venv --quiet --python "$python_version" "$environment" >&2
    "$uv" pip install --quiet --python "$environment/bin/python" --exclude-newer "$newest" \
        "apache-airflow==$airflow_version" "${providers[@]/#/apache-airflow-providers-}" >&2
    echo "$recipe" >"$environment/recipe"
fi

echo "$environment/bin/python"
