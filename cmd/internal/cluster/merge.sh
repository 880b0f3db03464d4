
# Everything below is the same for every sweep; what differs is set above.
set -u
if "$epgsim" sweep merge "$data"; then exit 0; else code=$?; fi
echo "To go on with what is missing: $again"
exit "$code"
