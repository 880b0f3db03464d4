package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// slurmPatience is how long Slurm may take to answer.
const slurmPatience = 30 * time.Second

// slurmTool calls a command of Slurm and returns what it prints.
func slurmTool(ctx context.Context, name string, args ...string) (string, error) {
	patient, cancel := context.WithTimeout(ctx, slurmPatience)
	defer cancel()
	cmd := exec.CommandContext(patient, name, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return "", fmt.Errorf("%s is not at hand: Slurm is not installed here", name)
	case ctx.Err() != nil:
		return "", ctx.Err()
	case patient.Err() != nil:
		return "", fmt.Errorf("%s: no answer from Slurm within %v", name, slurmPatience)
	case err != nil:
		said, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
		return "", fmt.Errorf("%s: %s", name, cmp.Or(strings.TrimPrefix(said, name+": "), err.Error()))
	}
	return strings.TrimSpace(string(out)), nil
}

// queued is a task of a job array in Slurm's queue, or the job that merges.
type queued struct {
	job      string // number of the array or job
	task     int    // of the array, from 0; -1 for a job that is none
	state    string // PENDING, RUNNING, COMPLETING …
	node     string
	restarts int
	reason   string // why it is pending
}

func (q *queued) String() string {
	var b strings.Builder
	b.WriteString(strings.ToLower(q.state))
	if q.node != "" {
		b.WriteString(" on " + q.node)
	}
	if q.state == "PENDING" && q.reason != "" && q.reason != "None" {
		b.WriteString(" (" + q.reason + ")")
	}
	if q.restarts > 0 {
		fmt.Fprintf(&b, ", restarted %d times", q.restarts)
	}
	return b.String()
}

// inQueue lists what is in the queue under a name.
func inQueue(ctx context.Context, name string) ([]queued, error) {
	const format = "ArrayJobID:|,ArrayTaskID:|,State:|,NodeList:|,RestartCnt:|,Reason:|"
	out, err := slurmTool(ctx, "squeue", "--noheader", "--array", "--name="+name, "--Format="+format)
	if err != nil || out == "" {
		return nil, err
	}
	var all []queued
	for line := range strings.Lines(out) {
		field := strings.Split(strings.TrimSpace(line), "|")
		if len(field) < 6 {
			return nil, fmt.Errorf("squeue says what cannot be understood: %q", line)
		}
		q := queued{job: field[0], task: -1, state: field[2], node: field[3], reason: field[5]}
		if n, err := strconv.Atoi(field[1]); err == nil {
			q.task = n
		}
		q.restarts, _ = strconv.Atoi(field[4]) // nothing is none
		all = append(all, q)
	}
	return all, nil
}

// slurmArraySize is Slurm's own default of MaxArraySize.
const slurmArraySize = 1001

// maxArraySize asks Slurm for the most tasks of an array.
func maxArraySize(ctx context.Context) (int, error) {
	out, err := slurmTool(ctx, "scontrol", "show", "config")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(out) {
		name, value, _ := strings.Cut(line, "=")
		if strings.TrimSpace(name) == "MaxArraySize" {
			return strconv.Atoi(strings.TrimSpace(value))
		}
	}
	return 0, errors.New("scontrol show config: no MaxArraySize")
}

// sbatch submits a script and returns the number of the job.
func sbatch(ctx context.Context, args ...string) (string, error) {
	out, err := slurmTool(ctx, "sbatch", append([]string{"--parsable"}, args...)...)
	if err != nil {
		return "", err
	}
	job, _, _ := strings.Cut(out, ";") // the name of the cluster may follow
	return job, nil
}
