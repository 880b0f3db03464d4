package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/experiment"
	"epgsim/sim/store"
)

// slurmPlaceOf finds the places of the files that belong to a data set.
func slurmPlaceOf(data string) (*slurmPlace, error) {
	data, err := filepath.Abs(data)
	if err != nil {
		return nil, err
	}
	epgsim, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &slurmPlace{epgsim: epgsim, data: data, dir: data + "-slurm"}
	return p, p.checkPath()
}

// unused refuses a place whose tasks are in the queue.
func (p *slurmPlace) unused(ctx context.Context) error {
	job, err := p.job()
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if queue, err := inQueue(ctx, job.Name); err == nil && len(queue) > 0 {
		return usagef("%s: %d of its tasks are in Slurm's queue as job %s; see 'epgsim sweep slurm status', or cancel them first", p.data, len(queue), queue[0].job)
	}
	return nil // what cannot be asked holds nobody up
}

// open opens the directory of the scripts, for this process alone.
func (p *slurmPlace) open() (err error) {
	p.keep, err = store.OpenKeep(p.dir, func([]string) error { return nil })
	if err != nil {
		err = placeError(p.dir, err)
	}
	return err
}

// write writes down how the sweep is cut into tasks.
func (p *slurmPlace) write(job *slurmJob) error {
	if err := p.keep.Mkdir(filepath.Base(p.logs())); err != nil {
		return err
	}
	b, err := json.MarshalIndent(job, "", "  ")
	if err != nil {
		return err
	}
	return p.keep.WriteFile(filepath.Base(p.settings()), append(b, '\n'))
}

// job reads what write wrote.
func (p *slurmPlace) job() (*slurmJob, error) {
	b, err := os.ReadFile(p.settings())
	if err != nil {
		return nil, err
	}
	job := &slurmJob{}
	if err := json.Unmarshal(b, job); err != nil {
		return nil, fmt.Errorf("%s: damaged: %w", p.settings(), err)
	}
	if job.Name == "" || job.Tasks < 1 || job.CPUs < 1 {
		return nil, fmt.Errorf("%s: damaged: no name, tasks or processors", p.settings())
	}
	return job, nil
}

// submitTasks writes the scripts for the tasks given and submits them, or says
// how to. The merge comes after them and after the jobs that are in the queue
// already.
func (a *app) submitTasks(ctx context.Context, p *slurmPlace, job *slurmJob, s *store.Status, tasks []int, submit bool, after []string) error {
	for _, f := range []struct{ path, text string }{
		{p.array(), job.arrayScript(p, s.Head.Replications, tasks)},
		{p.merge(), job.mergeScript(p)},
	} {
		if err := p.keep.WriteFile(filepath.Base(f.path), []byte(f.text)); err != nil {
			return err
		}
	}
	wait := func(array string) string {
		return "--dependency=afterany:" + strings.Join(slices.Concat(after, []string{array}), ":")
	}
	if !submit {
		fmt.Fprintf(a.out, "To submit tasks %s, and the merge after them:\n  job=$(sbatch --parsable %s) &&\n  sbatch %s %s\n",
			ranges(tasks), tell.ShellWord(p.array()), wait("${job%%;*}"), tell.ShellWord(p.merge()))
		return nil
	}
	array, err := sbatch(ctx, p.array())
	if err != nil {
		return a.kept(err)
	}
	fmt.Fprintf(a.out, "Job %s: tasks %s\n", array, ranges(tasks))
	merge, err := sbatch(ctx, wait(array), p.merge())
	switch {
	case experiment.Interrupted(err):
		return interrupted(fmt.Sprintf("interrupted; the tasks are submitted, the merge is not: 'epgsim sweep merge %s' will do it", tell.ShellWord(p.data)))
	case err != nil:
		return fmt.Errorf("the tasks are submitted, the merge is not: %w; 'epgsim sweep merge %s' will do it", err, tell.ShellWord(p.data))
	}
	fmt.Fprintf(a.out, "Job %s: the merge, after them\nSee how far it is: epgsim sweep slurm status %s\n", merge, tell.ShellWord(p.data))
	return nil
}

// slurmView is all that is known of a sweep on Slurm.
type slurmView struct {
	place  *slurmPlace
	job    *slurmJob
	status *store.Status
	queue  map[int]queued // by task
	merge  []queued
	blind  error // why the queue could not be asked
}

// slurmJobAt finds the job of a data set.
func slurmJobAt(data string) (*slurmPlace, *slurmJob, error) {
	place, err := slurmPlaceOf(data)
	if err != nil {
		return nil, nil, err
	}
	job, err := place.job()
	if errors.Is(err, fs.ErrNotExist) {
		err = usagef("%s: not a sweep for Slurm: there is no %s; see 'epgsim sweep slurm'", data, place.settings())
	}
	return place, job, err
}

func viewSlurm(ctx context.Context, place *slurmPlace, job *slurmJob) (v *slurmView, err error) {
	v = &slurmView{place: place, job: job, queue: map[int]queued{}}
	if v.status, err = store.ReadStatus(ctx, place.data, job.Tasks); err != nil {
		return nil, noDataset(err)
	}
	tasks, err := inQueue(ctx, v.job.Name)
	for _, q := range tasks {
		if q.task >= 0 {
			v.queue[q.task] = q
		}
	}
	if v.blind = err; err == nil {
		v.merge, v.blind = inQueue(ctx, v.job.merge())
	}
	return v, nil
}

func (a *app) slurmStatus() *cobra.Command {
	return &cobra.Command{
		Use:   "status DIR",
		Short: "Say how far a sweep on Slurm is",
		Long: `status says how far the data set in DIR is and which tasks have missing parts, and
where these are in Slurm's queue. What is finished is what is in the data set:
no accounting of Slurm's is needed.`,
		Example: `  epgsim sweep slurm status out/focus-by-years-sweep
  epgsim sweep slurm status out/focus-by-years-sweep | grep missing`,
		Args:              oneDirectory,
		ValidArgsFunction: completeDirectory,
		RunE: func(cmd *cobra.Command, args []string) error {
			place, job, err := slurmJobAt(args[0])
			if err != nil {
				return err
			}
			v, err := viewSlurm(cmd.Context(), place, job)
			if err != nil {
				return err
			}
			a.tellStatus(args[0], v.status, 0)
			a.tellExtends(args[0], v.status)
			return a.tellTasks(v)
		},
	}
}

// tellTasks prints the tasks that have missing parts or are in the queue.
func (a *app) tellTasks(v *slurmView) error {
	missing := missingTasks(v.status)
	fmt.Fprintf(a.out, "%d of %d tasks have nothing left to do\n", v.job.Tasks-len(missing), v.job.Tasks)
	if v.blind != nil {
		fmt.Fprintf(a.out, "What is in the queue is not known (%v).\n", v.blind)
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	lost := 0
	for task, parts := range v.status.Missing {
		q, in := v.queue[task]
		where := "not in the queue"
		if in {
			where = fmt.Sprintf("job %s %v", q.job, &q)
		} else if parts > 0 {
			lost++
		}
		if v.blind != nil {
			where = ""
		}
		if in || parts > 0 {
			fmt.Fprintf(w, "  task %d\t%d parts missing\t%s\n", task, parts, where)
		}
	}
	for _, q := range v.merge {
		fmt.Fprintf(w, "  merge\t\tjob %s %v\n", q.job, &q)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if lost > 0 {
		fmt.Fprintf(a.out, "To submit again what is missing and not in the queue: epgsim sweep slurm resume %s --submit\n", tell.ShellWord(v.place.data))
	}
	return nil
}

func (a *app) slurmResume() *cobra.Command {
	submit := false
	cmd := &cobra.Command{
		Use:   "resume DIR",
		Short: "Submit again the tasks of a sweep that have missing parts",
		Long: `resume submits again those tasks of the sweep in DIR that have missing parts and
are not in the queue any more, and the merge after them. Without --submit it
prints what to type.`,
		Example: `  epgsim sweep slurm resume out/focus-by-years-sweep
  epgsim sweep slurm resume out/focus-by-years-sweep | tail -2`,
		Args:              oneDirectory,
		ValidArgsFunction: completeDirectory,
		RunE: func(cmd *cobra.Command, args []string) error {
			place, job, err := slurmJobAt(args[0])
			if err != nil {
				return err
			}
			if err := place.open(); err != nil {
				return err
			}
			defer place.keep.Close()
			v, err := viewSlurm(cmd.Context(), place, job) // now nobody else submits
			if err != nil {
				return a.kept(err)
			}
			return a.resumeSlurm(cmd.Context(), v, submit)
		},
	}
	cmd.Flags().BoolVar(&submit, "submit", false, "submit the tasks and the merge")
	return cmd
}

func (a *app) resumeSlurm(ctx context.Context, v *slurmView, submit bool) error {
	missing := missingTasks(v.status)
	if len(missing) == 0 {
		fmt.Fprintf(a.out, "Nothing is missing. 'epgsim sweep merge %s' makes sure.\n", tell.ShellWord(v.place.data))
		return nil
	}
	if v.blind != nil {
		if submit {
			return fmt.Errorf("what is in the queue is not known, and nothing should run twice: %w", v.blind)
		}
		fmt.Fprintf(a.out, "What is in the queue is not known (%v): leave out what is.\n", v.blind)
	}
	lost := slices.DeleteFunc(missing, func(task int) bool { _, in := v.queue[task]; return in })
	if len(lost) == 0 {
		fmt.Fprintf(a.out, "All tasks with missing parts are in the queue.\n")
		return nil
	}
	for _, q := range v.merge {
		if q.state != "PENDING" {
			continue
		}
		if !submit {
			fmt.Fprintf(a.out, "The merge that waits would come too early: scancel %s\n", q.job)
		} else if _, err := slurmTool(ctx, "scancel", q.job); err != nil {
			return a.kept(err)
		}
	}
	return a.submitTasks(ctx, v.place, v.job, v.status, lost, submit, v.jobs())
}

// jobs are the numbers of the arrays in the queue.
func (v *slurmView) jobs() []string {
	var jobs []string
	for _, q := range v.queue {
		jobs = append(jobs, q.job)
	}
	slices.Sort(jobs)
	return slices.Compact(jobs)
}
