#!/usr/bin/env bash
# Renders the sample photos: every scene here to its JPEG (about 45 minutes on one core).
# Needs the Debian packages povray and imagemagick; the scenes need no other files.
#
#   ./render.sh                 all of them
#   ./render.sh pizza cake      only these
set -euo pipefail
cd "$(dirname "$0")"

convert=/usr/bin/convert        # ImageMagick's own, whatever else is called convert
[[ -x $convert ]] || convert=convert
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# scene  picture  width  height  samples per pixel for the depth of field  JPEG quality
render() {
  local scene=$1 picture=$2 width=$3 height=$4 blur=$5 quality=$6
  echo "$picture.jpg"
  # The depth of field smooths the edges too, hence -A.
  nice -n 10 povray "+I$scene.pov" "+O$work/$picture.png" "+W$width" "+H$height" \
    +WT1 -D -A "Declare=BLUR=$blur" > "$work/$picture.log" 2>&1 || { tail -n 20 "$work/$picture.log" >&2; exit 1; }
  "$convert" "$work/$picture.png" -strip -interlace JPEG -sampling-factor 4:2:0 -quality "$quality" "$picture.jpg"
  rm "$work/$picture.png"
}

(($#)) || set -- apple banana cake donut orange pizza rice still-life orange-large
for name; do
  case $name in
    orange-large) render orange orange-large 2592 1944 12 85 ;;
    *) render "$name" "$name" 1024 768 32 88 ;;
  esac
done
