
# Everything below is the same for every sweep; what differs is set above.
#
# Task i of the array runs share i+1 of the sweep. A share that is begun again
# goes on where it was, so that nothing is lost when a node fails and Slurm
# requeues the task. How epgsim ends:
#   0      done
#   2      the input is wrong, for every task: those that wait are cancelled
#   130    interrupted; the task requeues itself if it was by the time limit
#   else   the task ends; the same 'epgsim sweep slurm' goes on with it
# A crash, as for want of memory, ends with 134. One before epgsim is fully
# started ends with 2, like wrong input; but 'epgsim version' then fails as well.
set -u
export GOTRACEBACK=crash
ulimit -c 0 # and leaves no file of its memory
most_restarts=20 # a limit too short for anything to be finished must not go on for ever
task=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
restarts=${SLURM_RESTART_COUNT:-0}
say() { echo "$(date '+%F %T') task $task on ${SLURMD_NODENAME:-$HOSTNAME}: $*"; }

# Slurm sends USR1 when the time is nearly over, which may be at once; epgsim
# then ends within a second or two. A signal also ends wait, which is then called
# again.
child= limit= signalled=
trap 'limit=yes; signalled=yes; [ -z "$child" ] || kill -TERM "$child"' USR1

say "share $((SLURM_ARRAY_TASK_ID + 1))/$tasks, restart $restarts"
"$epgsim" sweep "$data/design.toml" --out "$data" --replications "$replications" \
  --shard "$((SLURM_ARRAY_TASK_ID + 1))/$tasks" --workers "$workers" \
  ${worlds[@]+"${worlds[@]}"} &
child=$!
[ -z "$limit" ] || kill -TERM "$child"
while
  signalled=
  wait "$child"
  code=$?
  [ -n "$signalled" ]
do :; done
if [ "$code" = 2 ] && ! "$epgsim" version >/dev/null; then
  say "epgsim cannot start here"
  code=1
fi

case $code:$limit in
0:*)
  say "done"
  ;;
2:*)
  say "the input is wrong: tasks that have not begun are cancelled"
  scancel --state=PENDING "$SLURM_ARRAY_JOB_ID"
  ;;
130:yes | 143:yes) # 143: before epgsim listened
  if [ "$restarts" -ge "$most_restarts" ]; then
    say "the time is over, after $restarts restarts: given up"
  elif say "the time is over, requeued" && ! scontrol requeue "$task"; then
    say "could not be requeued"
  fi
  ;;
*)
  say "ended with $code"
  ;;
esac
exit "$code"
