package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/cluster"
	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim/experiment"
	"epgsim/sim/store"
)

// slurmOptions are the flags of a sweep on Slurm.
type slurmOptions struct {
	sweepOptions
	job    cluster.Slurm
	chosen bool          // the number of tasks
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

Tasks go on where they were when a node fails or the time limit comes. Wrong input
(exit code 2) ends all tasks at once. 'epgsim sweep status DIR' says how far it is.

To go on with what is still missing, or with more --replications, type the same
command again once squeue shows none of its tasks: only shares with missing parts
are in the new array. Typed too early it does no harm: two tasks never write the
same share.`,
		Example: `  epgsim sweep slurm focus-by-years
  epgsim sweep slurm focus-by-years --partition short --time 30`,
		Args:              designs.demand(),
		ValidArgsFunction: designs.complete(),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := o.read(cmd, args[0])
			if err != nil {
				return err
			}
			o.chosen = cmd.Flags().Changed("tasks")
			if err := a.fillSlurm(s, o); err != nil {
				return err
			}
			return a.toSlurm(cmd.Context(), s, o)
		},
	}
	o.addDesign(cmd)
	o.addSource(cmd)
	f := cmd.Flags()
	f.IntVar(&o.job.Tasks, "tasks", 0, "tasks of the array, each with half a minute of work or more (default by --task-time)")
	f.IntVar(&o.job.CPUs, "cpus", 1, "processors and workers of a task")
	f.DurationVar(&o.target, "task-time", 10*time.Minute, "work of a task, going by the speed of this machine")
	f.StringVar(&o.job.Time, "time", "", "time limit of a task as sbatch takes it: minutes, hours:minutes:seconds, days-hours … (default the partition's)")
	f.StringVar(&o.job.Partition, "partition", "", "partition to submit to")
	f.StringVar(&o.job.Account, "account", "", "account to charge")
	f.StringArrayVar(&o.job.Sbatch, "sbatch", nil, `any other option of sbatch: --sbatch "--qos=low" (may be given again)`)
	f.BoolVar(&o.submit, "submit", false, "submit the job array and the merge")
	return cmd
}

// fillSlurm fills in what the flags leave open, and checks them.
func (a *app) fillSlurm(s *experiment.Sweep, o *slurmOptions) (err error) {
	switch {
	case o.chosen && o.job.Tasks < 1:
		return usagef("--tasks = %d: must be at least 1", o.job.Tasks)
	case o.target < cluster.LeastTask || o.target > 7*24*time.Hour:
		return usagef("--task-time = %v: must be within 30s..168h", o.target)
	}
	j := &o.job
	j.Name, j.Again = "epgsim-"+s.Design.Name, a.typed()
	if j.Program, err = os.Executable(); err != nil {
		return err
	}
	if j.Data, err = filepath.Abs(o.dataAt(s.Design)); err != nil {
		return err
	}
	if s.Worlds != nil {
		j.Worlds = []string{"--worlds=" + report.Plausible, "--unknown=" + strings.Join(s.Worlds.Names(), ",")}
	}
	if s.Worlds != nil && s.Worlds.Worlds != nil {
		j.Worlds[0] = "--worlds=" + filepath.Join(j.Data, report.WorldsFile)
	}
	if err := j.Check(); err != nil {
		return usageError{err}
	}
	return nil
}

// toSlurm prepares a sweep for Slurm, and submits it if asked to.
func (a *app) toSlurm(ctx context.Context, s *experiment.Sweep, o *slurmOptions) error {
	j := &o.job
	if o.submit || !store.IsDataset(j.Data) { // else the tasks will extend it, if need be
		set, err := a.openSweep(ctx, j.Data, s, &o.sweepOptions)
		if err != nil {
			return err
		}
		if err := set.Close(); err != nil {
			return err
		}
	}
	status, err := a.previewSweep(ctx, j.Data, s, o.replications, 1)
	if err != nil {
		return a.kept(err)
	}
	if !o.submit {
		a.tellMore(j.Data, &o.sweepOptions, status.Head.Replications)
	}
	runs := status.Head.Runs() - status.Runs
	if runs == 0 {
		fmt.Fprintf(a.out, "Nothing is left to run. 'epgsim sweep merge %s' makes sure that all is there.\n", tell.ShellWord(o.dataAt(s.Design)))
		return nil
	}
	t, err := a.try(ctx, s)
	if err != nil {
		return a.kept(err)
	}
	work := t.perRun() * time.Duration(runs)
	if err := a.chooseTasks(ctx, o, status.Head.Parts(), work); err != nil {
		return err
	}
	j.Replications = status.Head.Replications
	fmt.Fprintf(a.out, "%s: %s\n%d runs are missing, about %s of work for one processor like those here.\n",
		s.Design.Name, s.Design.Title, runs, tell.Duration(work))
	if status.Extends > 0 {
		fmt.Fprintf(a.out, "%s has %d replications of each row until the first task extends it to %d.\n", tell.Harmless(j.Data), status.Extends, j.Replications)
	}
	fmt.Fprintf(a.out, "Tasks: %d, on %d processors each, of about %s\n", j.Tasks, j.CPUs, tell.Duration(work/time.Duration(j.Tasks*j.CPUs)))
	if status, err = a.previewSweep(ctx, j.Data, s, o.replications, j.Tasks); err != nil {
		return a.kept(err)
	}
	if err := j.Write(status.Missing); err != nil {
		return placeError(j.Dir(), err)
	}
	return a.submit(ctx, o)
}

// chooseTasks decides how many tasks there are, or checks what the user decided.
func (a *app) chooseTasks(ctx context.Context, o *slurmOptions, parts int, work time.Duration) error {
	j := &o.job
	most, err := cluster.MostTasks(ctx)
	if err != nil {
		most = cluster.DefaultMostTasks
		fmt.Fprintf(a.out, "An array of at most %d tasks is assumed, for Slurm cannot be asked (%v).\n", most, err)
	}
	worth := cluster.TaskCount(work, cluster.LeastTask, j.CPUs, most)
	switch {
	case !o.chosen:
		j.Tasks = cluster.TaskCount(work, o.target, j.CPUs, min(parts, most))
	case j.Tasks > parts:
		return usagef("--tasks = %d: must be within 1..%d, the parts of the data set", j.Tasks, parts)
	case j.Tasks > most:
		return usagef("--tasks = %d: must be within 1..%d, the largest array that Slurm takes here", j.Tasks, most)
	case j.Tasks > worth:
		fmt.Fprintf(a.err, "--tasks = %d: %d, for tasks of less than half a minute are not worth beginning\n", j.Tasks, worth)
		j.Tasks = worth
	}
	return nil
}

// submit submits the scripts, or says how to.
func (a *app) submit(ctx context.Context, o *slurmOptions) error {
	if !o.submit {
		fmt.Fprintf(a.out, "To submit the tasks, and the merge after them:\n%s", o.job.HowToSubmit())
		return nil
	}
	data := tell.ShellWord(o.job.Data)
	array, merge, err := o.job.Submit(ctx)
	switch {
	case array == "":
		return a.kept(err)
	case experiment.Interrupted(err):
		return interrupted(fmt.Sprintf("interrupted; the tasks are submitted, the merge is not: 'epgsim sweep merge %s' will do it", data))
	case err != nil:
		return fmt.Errorf("the tasks are submitted, the merge is not: %w; 'epgsim sweep merge %s' will do it", err, data)
	}
	fmt.Fprintf(a.out, "Job %s: the tasks\nJob %s: the merge, after them\nSee how far it is: epgsim sweep status %s\n", array, merge, data)
	return nil
}
