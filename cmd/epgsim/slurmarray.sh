
# Everything below is the same for every sweep; what differs is set above.
#
# Task i of the array runs share i+1 of the sweep. A share that is begun again
# goes on where it was, so nothing is lost by being requeued:
#   0      done
#   2      the input is wrong: no try is ever worth it, for no task
#   130    interrupted, by the time limit say: requeued to go on
#   else   tried again a few times, for the fault may be this node's
# Slurm counts restarts for whatever reason; failures are counted here, a line
# each in a file that the next attempt finds.
set -u
task=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
restarts=${SLURM_RESTART_COUNT:-0}
failed=$log/task-$SLURM_ARRAY_TASK_ID.failures
[ "$restarts" -gt 0 ] || rm -f "$failed" # of an earlier submission
say() { echo "$(date '+%F %T') task $task on ${SLURMD_NODENAME:-$HOSTNAME}: $*"; }

# Slurm tells this script when the time is nearly over, which may be at once;
# epgsim then ends within a second or two. A signal also ends wait, which is
# then called again.
child= early=
trap 'passed=yes; if [ -n "$child" ]; then kill -TERM "$child" 2>/dev/null; else early=yes; fi' TERM

say "share $((SLURM_ARRAY_TASK_ID + 1))/$tasks, restart $restarts"
"$epgsim" sweep "$data/design.toml" --out "$data" --replications "$replications" \
  --shard "$((SLURM_ARRAY_TASK_ID + 1))/$tasks" --workers "$workers" &
child=$!
[ -z "$early" ] || kill -TERM "$child"
while
  passed=
  wait "$child"
  code=$?
  [ -n "$passed" ]
do :; done
trap '' TERM # Slurm may tell everything that runs here, the commands below too

case $code in
0)
  say "done"
  rm -f "$failed"
  exit 0
  ;;
2)
  say "the input is wrong: tasks that have not begun are cancelled"
  scancel --state=PENDING "$SLURM_ARRAY_JOB_ID"
  exit 2
  ;;
esac

# A task that somebody cancelled, or that Slurm itself requeues, is not running
# any more as far as Slurm is concerned, and is left alone.
state=$(squeue --noheader --jobs="$task" --format=%T) || state=RUNNING
if [ "$state" != RUNNING ]; then
  say "ended with $code by order of Slurm ($state)"
  exit "$code"
fi
if [ "$code" != 130 ]; then
  failures=$(echo "$(date '+%F %T') $code" >>"$failed" && wc -l <"$failed") || failures=$((restarts + 1))
  [ "$failures" -lt "$most_failures" ] || over="failed $failures times"
elif [ "$restarts" -ge "$most_interruptions" ]; then
  over="was restarted $restarts times"
fi
if [ -n "${over-}" ]; then
  say "ended with $code and $over: given up"
elif say "ended with $code, requeued" && ! scontrol requeue "$task"; then
  say "could not be requeued"
fi
exit "$code"
