package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/experiment"
	"epgsim/sim/store"
)

// slurmOptions are the flags of a sweep on Slurm.
type slurmOptions struct {
	sweepOptions
	job    slurmJob
	target time.Duration // of the work of a task
	submit bool
}

func (a *app) sweepSlurm() *cobra.Command {
	o := &slurmOptions{}
	cmd := &cobra.Command{
		Use:   "slurm DESIGN",
		Short: "Run a sweep as a job array on a Slurm cluster",
		Long: `slurm creates the data set of a sweep, tries how long its runs take, and writes
beside it, in DIR-slurm, the scripts of a job array that runs it and of a job that
merges. With --submit it submits them, else it prints what to type and leaves a
data set that is there already as it is. It must be in a directory that all nodes
see.

Tasks go on where they were when a node fails or the time limit comes. What is
still missing after all that, 'epgsim sweep slurm resume DIR' submits again.
Wrong input (exit code 2) ends all tasks at once.`,
		Example: `  epgsim sweep slurm focus-by-years
  epgsim sweep slurm focus-by-years --partition short --time 30`,
		Args:              oneDesign,
		ValidArgsFunction: completeDesign,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(cmd); err != nil {
				return err
			}
			s, err := o.read(cmd, args[0])
			if err != nil {
				return err
			}
			return a.toSlurm(cmd.Context(), s, o, cmd.Flags().Changed("tasks"))
		},
	}
	o.addDesign(cmd)
	f := cmd.Flags()
	f.IntVar(&o.job.Tasks, "tasks", 0, "tasks of the array, each with half a minute of work or more (default by --task-time)")
	f.IntVar(&o.job.CPUs, "cpus", 1, "processors and workers of a task")
	f.DurationVar(&o.target, "task-time", 10*time.Minute, "work of a task, going by the speed of this machine")
	f.StringVar(&o.job.Time, "time", "", "time limit of a task as sbatch takes it: minutes, hours:minutes:seconds, days-hours … (default the partition's)")
	f.StringVar(&o.job.Partition, "partition", "", "partition to submit to")
	f.StringVar(&o.job.Account, "account", "", "account to charge")
	f.StringArrayVar(&o.job.Sbatch, "sbatch", nil, `any other option of sbatch: --sbatch "--qos=low" (may be given again)`)
	f.BoolVar(&o.submit, "submit", false, "submit the job array and the merge")
	cmd.AddCommand(a.slurmStatus(), a.slurmResume())
	return cmd
}

// leastTask is the least work worth a task: Slurm takes a second or two to
// begin one.
const leastTask = 30 * time.Second

// leastLimit is the least time limit. A task is told to end up to two minutes
// before it, and should have done something by then.
const leastLimit = 5 * time.Minute

// check says what is wrong with the flags that are Slurm's.
func (o *slurmOptions) check(cmd *cobra.Command) error {
	j := &o.job
	switch {
	case cmd.Flags().Changed("tasks") && j.Tasks < 1:
		return usagef("--tasks = %d: must be at least 1", j.Tasks)
	case j.CPUs < 1 || j.CPUs > 4096:
		return usagef("--cpus = %d: must be within 1..4096", j.CPUs)
	case o.target < leastTask || o.target > 7*24*time.Hour:
		return usagef("--task-time = %v: must be within 30s..168h", o.target)
	}
	if j.Time != "" {
		limit, ok := slurmDuration(j.Time)
		if !ok {
			return usagef("--time = %s: must be minutes, minutes:seconds, hours:minutes:seconds, days-hours, days-hours:minutes or days-hours:minutes:seconds", j.Time)
		}
		if limit < leastLimit {
			return usagef("--time = %s: must be at least 5 minutes, so that a task gets something done before it must end", j.Time)
		}
	}
	for _, f := range []struct{ flag, value string }{{"--partition", j.Partition}, {"--account", j.Account}} {
		if strings.ContainsAny(f.value, " \t\r\n\"'\\#") {
			return usagef("%s = %q: must be one word", f.flag, f.value)
		}
	}
	for _, option := range j.Sbatch {
		name, _, _ := strings.Cut(option, "=")
		switch {
		case !strings.HasPrefix(option, "-") || strings.ContainsAny(option, "\r\n"):
			return usagef("--sbatch = %q: must be one option of sbatch, such as --qos=low", option)
		case name == "--array" || strings.HasPrefix(name, "-a") || name == "--job-name" || strings.HasPrefix(name, "-J"):
			return usagef("--sbatch = %q: the array and its name are epgsim's to choose; see --tasks", option)
		}
	}
	return nil
}

var slurmTimes = regexp.MustCompile(`^(?:(\d{1,5})-)?(\d{1,7})(?::(\d{1,6}))?(?::(\d{1,6}))?$`)

// slurmDuration reads a time as sbatch does, where the first number is of
// minutes unless days come before it or two numbers after.
func slurmDuration(text string) (d time.Duration, ok bool) {
	m := slurmTimes.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	units := []time.Duration{time.Hour, time.Minute, time.Second}
	if m[1] == "" && m[4] == "" {
		units = units[1:]
	}
	for i, unit := range append([]time.Duration{24 * time.Hour}, units...) {
		var n int64
		_, _ = fmt.Sscan(m[i+1], &n) // digits or nothing
		d += time.Duration(n) * unit
	}
	return d, true
}

// toSlurm prepares a sweep for Slurm, and submits it if asked to.
func (a *app) toSlurm(ctx context.Context, s *experiment.Sweep, o *slurmOptions, chosen bool) error {
	o.workers = o.job.CPUs
	place, err := slurmPlaceOf(o.place(s.Design))
	if err != nil {
		return err
	}
	if err := place.open(); err != nil {
		return err
	}
	defer place.keep.Close()
	if err := place.unused(ctx); err != nil {
		return a.kept(err)
	}
	if err := a.beginSlurm(ctx, place.data, s, o); err != nil {
		return err
	}
	status, err := a.previewSweep(ctx, place.data, s, o.replications, 1)
	if err != nil {
		return a.kept(err)
	}
	if !o.submit {
		a.tellMore(place.data, &o.sweepOptions, status.Head.Replications)
	}
	runs := status.Head.Runs() - status.Runs
	if runs == 0 {
		fmt.Fprintf(a.out, "Nothing is left to run. 'epgsim sweep merge %s' makes sure that all is there.\n", tell.ShellWord(o.place(s.Design)))
		return nil
	}
	t, err := a.try(ctx, s)
	if err != nil {
		return a.kept(err)
	}
	work := t.perRun() * time.Duration(runs)
	if err := a.chooseTasks(ctx, o, status.Head.Parts(), work, chosen); err != nil {
		return err
	}
	o.job.Name, o.job.Replications = jobName(s.Design.Name, place.data), status.Head.Replications
	fmt.Fprintf(a.out, "%s: %s\n%d runs are missing, about %s of work for one processor like those here.\n",
		s.Design.Name, s.Design.Title, runs, tell.Duration(work))
	a.tellExtends(place.data, status)
	fmt.Fprintf(a.out, "Tasks: %d, on %d processors each, of about %s\n",
		o.job.Tasks, o.job.CPUs, tell.Duration(work/time.Duration(o.job.Tasks*o.job.CPUs)))
	if err := place.write(&o.job); err != nil {
		return err
	}
	if status, err = a.previewSweep(ctx, place.data, s, o.replications, o.job.Tasks); err != nil {
		return a.kept(err)
	}
	return a.submitTasks(ctx, place, &o.job, status, missingTasks(status), o.submit, nil)
}

// tellExtends says that the tasks will extend the data set.
func (a *app) tellExtends(path string, s *store.Status) {
	if s.Extends > 0 {
		fmt.Fprintf(a.out, "%s has %d replications of each row until the first task extends it to %d.\n", tell.Harmless(path), s.Extends, s.Head.Replications)
	}
}

// beginSlurm creates the data set where there is none, and with --submit goes
// on with it, extended if need be. Else what is there stays as it is: the tasks
// will extend it.
func (a *app) beginSlurm(ctx context.Context, path string, s *experiment.Sweep, o *slurmOptions) error {
	if !o.submit && store.IsDataset(path) {
		return nil
	}
	set, err := a.openSweep(ctx, path, s, &o.sweepOptions)
	if err != nil {
		return err
	}
	return set.Close()
}

// chooseTasks decides how many tasks there are, or checks what the user
// decided.
func (a *app) chooseTasks(ctx context.Context, o *slurmOptions, parts int, work time.Duration, chosen bool) error {
	most, err := maxArraySize(ctx)
	if err != nil {
		most = slurmArraySize
		fmt.Fprintf(a.out, "An array of at most %d tasks is assumed, for Slurm cannot be asked (%v).\n", most, err)
	}
	if !chosen {
		o.job.Tasks = taskCount(work, o.target, o.job.CPUs, min(parts, most))
		return nil
	}
	switch {
	case o.job.Tasks > parts:
		return usagef("--tasks = %d: must be within 1..%d, the parts of the data set", o.job.Tasks, parts)
	case o.job.Tasks > most:
		return usagef("--tasks = %d: must be within 1..%d, the largest array that Slurm takes here", o.job.Tasks, most)
	}
	if worth := taskCount(work, leastTask, o.job.CPUs, most); o.job.Tasks > worth {
		fmt.Fprintf(a.err, "--tasks = %d: %d, for tasks of less than half a minute are not worth beginning\n", o.job.Tasks, worth)
		o.job.Tasks = worth
	}
	return nil
}

// taskCount is the number of tasks that share out so much work of one worker.
// Each takes about the target, and never less than is worth a task, unless one
// task is all there is.
func taskCount(work, target time.Duration, cpus, most int) int {
	each, least := target*time.Duration(cpus), leastTask*time.Duration(cpus)
	n := (work + each - 1) / each
	return int(max(1, min(n, work/least, time.Duration(most))))
}

// jobName names a sweep in the queue: after its design for people, and after
// the place of the data set so that no other has the name.
func jobName(design, data string) string { return "epgsim-" + design + "-" + shortHash(data) }

// shortHash tells texts apart in names.
func shortHash(text string) string { return store.Hash([]byte(text))[:8] }
