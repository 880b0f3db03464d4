#!/usr/bin/env bash
# A Slurm of two nodes, n0 and n1, on this machine's loopback, for tests: no
# systemd, no cgroups, no accounting, everything below one directory.
#   slurm-cluster.sh up DIR PORT PORT PORT   start it; SLURM_CONF is DIR/slurm.conf
#   slurm-cluster.sh kill-node DIR NODE      as if the node had lost its power
#   slurm-cluster.sh down DIR                stop it and remove DIR
# For root, and for Slurm 22.05 or later.
set -euo pipefail
verb=$1
dir=$2
export SLURM_CONF=$dir/slurm.conf

up() {
  local host
  host=$(hostname -s)
  mkdir -p "$dir"/{state,n0,n1,log,munge}
  chmod 755 "$dir"
  # A key and a socket of its own, so that no other munge is disturbed.
  head -c 128 /dev/urandom >"$dir/munge/key"
  chmod 711 "$dir/munge"
  chmod 400 "$dir/munge/key"
  chown -R munge: "$dir/munge"
  runuser -u munge -- munged --key-file="$dir/munge/key" --socket="$dir/munge/sock" \
    --pid-file="$dir/munge/pid" --log-file="$dir/munge/log" --seed-file="$dir/munge/seed"
  # Some plugin must load; with proctrack/linuxproc and task/none it is not used.
  echo 'CgroupPlugin=cgroup/v1' >"$dir/cgroup.conf"
  # cred_expire is also how long a requeued job waits; 5 is the least. A node that
  # is silent for SlurmdTimeout is given up.
  cat >"$SLURM_CONF" <<CONF
ClusterName=epgsim
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/munge/sock,cred_expire=5
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmctldPort=$1
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/%n.pid
SlurmdSpoolDir=$dir/%n
StateSaveLocation=$dir/state
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=1,sched_interval=2,batch_sched_delay=1
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
ReturnToService=2
SlurmctldTimeout=30
SlurmdTimeout=5
MessageTimeout=5
InactiveLimit=0
KillWait=2
MaxArraySize=101
NodeName=n0 NodeHostname=$host NodeAddr=127.0.0.1 Port=$2 CPUs=3 RealMemory=1000
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$3 CPUs=3 RealMemory=1000
PartitionName=main Nodes=n0,n1 Default=YES MaxTime=INFINITE State=UP
CONF
  slurmctld -c -f "$SLURM_CONF"
  slurmd -N n0 -f "$SLURM_CONF"
  slurmd -N n1 -f "$SLURM_CONF"
  for _ in $(seq 100); do
    if [ "$(sinfo -h -N -o %T 2>/dev/null | grep -c '^idle$')" = 2 ]; then return; fi
    sleep 0.2
  done
  echo "the nodes did not come up:" >&2
  tail -n 20 "$dir"/log/*.log >&2
  return 1
}

# on NODE: the processes of this cluster's tasks on a node, and the daemons that
# watch over them, these first.
on() {
  local task pids=() steps=()
  for task in /proc/[0-9]*; do
    if { tr '\0' '\n' <"$task/environ" | grep -qx "SLURM_CONF=$SLURM_CONF" &&
      tr '\0' '\n' <"$task/environ" | grep -qx "SLURMD_NODENAME=$1"; } 2>/dev/null; then
      pids+=("${task#/proc/}")
      local parent
      parent=$(ps -o ppid= -p "${task#/proc/}" | tr -d ' ')
      if [ "$(ps -o comm= -p "$parent")" = slurmstepd ]; then steps+=("$parent"); fi
    fi
  done
  echo "${steps[@]}" "${pids[@]}"
}

kill-node() {
  local all
  kill -9 "$(cat "$dir/$1.pid")"
  read -ra all <<<"$(on "$1")"
  if [ ${#all[@]} -gt 0 ]; then kill -9 "${all[@]}" 2>/dev/null || true; fi
  echo "killed slurmd of $1 and ${#all[@]} processes of its tasks"
}

# ours PID: it runs, and was started with our directory among its words. A
# zombie has no words, and a number may have gone to somebody else.
ours() { { tr '\0' ' ' <"/proc/$1/cmdline" | grep -qF "$dir/"; } 2>/dev/null; }

down() {
  local f p
  [ -d "$dir" ] || return 0
  # Cancelled first, so that nothing outlives the daemons.
  if timeout 5 scancel --quiet --user=root 2>/dev/null; then
    for _ in $(seq 25); do
      if [ -z "$(timeout 5 squeue -h 2>/dev/null)" ]; then break; fi
      sleep 0.2
    done
  fi
  for f in "$dir"/n0.pid "$dir"/n1.pid "$dir"/slurmctld.pid "$dir"/munge/pid; do
    if ! p=$(cat "$f" 2>/dev/null) || ! ours "$p"; then continue; fi
    kill "$p" 2>/dev/null || true
    for _ in $(seq 20); do
      if ! ours "$p"; then break; fi
      sleep 0.1
    done
    if ours "$p"; then kill -9 "$p" 2>/dev/null || true; fi
  done
  rm -rf "$dir"
}

"$verb" "${@:3}"
