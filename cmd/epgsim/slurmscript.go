package main

import (
	_ "embed"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/store"
)

// The bodies of the two scripts. What differs from sweep to sweep is written
// above them as options of sbatch and as variables.
var (
	//go:embed slurmarray.sh
	arrayBody string
	//go:embed slurmmerge.sh
	mergeBody string
)

// A task is given up when it has failed so often. One that was interrupted,
// which loses nothing but the parts being written, is when it was begun again
// so often for any reason.
const (
	mostFailures      = 3
	mostInterruptions = 20
)

// slurmJob is what the scripts of a sweep are made of, but for what is missing
// of the sweep and where its files are: both may change between two
// submissions.
type slurmJob struct {
	Name         string   `json:"name"`         // in Slurm's queue, and no other sweep's
	Replications int      `json:"replications"` // to which the tasks extend the data set, if it has fewer
	Tasks        int      `json:"tasks"`
	CPUs         int      `json:"cpus"` // of a task, each with one worker
	Time         string   `json:"time,omitempty"`
	Partition    string   `json:"partition,omitempty"`
	Account      string   `json:"account,omitempty"`
	Sbatch       []string `json:"sbatch,omitempty"` // more options, as typed
}

// merge is the name of the job that merges.
func (j *slurmJob) merge() string { return j.Name + "-merge" }

// slurmPlace is where the files of a job are, all absolute: a job may begin in
// any directory.
type slurmPlace struct {
	epgsim string // the program
	data   string // the data set
	dir    string // the scripts and what the tasks say, beside the data set

	keep *store.Keep // dir, while it is written
}

func (p *slurmPlace) array() string    { return filepath.Join(p.dir, "array.sh") }
func (p *slurmPlace) merge() string    { return filepath.Join(p.dir, "merge.sh") }
func (p *slurmPlace) settings() string { return filepath.Join(p.dir, "job.json") }
func (p *slurmPlace) logs() string     { return filepath.Join(p.dir, "log") }

// arrayScript is the script of the tasks that are given, numbered from 0.
func (j *slurmJob) arrayScript(p *slurmPlace, replications int, tasks []int) string {
	return j.head(p, []string{
		"--job-name=" + j.Name,
		"--array=" + ranges(tasks),
		"--cpus-per-task=" + strconv.Itoa(j.CPUs),
		"--requeue",
		"--signal=B:TERM@60", // this many seconds before the time is over
		j.option("--time=", j.Time),
		"--output=" + sbatchPath(filepath.Join(p.logs(), "task-%a.log")),
	}) + fmt.Sprintf("replications=%d\ntasks=%d\nworkers=%d\nmost_failures=%d\nmost_interruptions=%d\n",
		replications, j.Tasks, j.CPUs, mostFailures, mostInterruptions) + arrayBody
}

// mergeScript is the script of the job that comes after the tasks.
func (j *slurmJob) mergeScript(p *slurmPlace) string {
	return j.head(p, []string{
		"--job-name=" + j.merge(),
		"--output=" + sbatchPath(filepath.Join(p.logs(), "merge.log")),
	}) + mergeBody
}

// head begins a script. A log is appended to, so that nothing of an earlier
// attempt is lost.
func (j *slurmJob) head(p *slurmPlace, options []string) string {
	options = slices.Concat(options, []string{"--open-mode=append", "--nodes=1", "--ntasks=1",
		j.option("--partition=", j.Partition), j.option("--account=", j.Account)}, j.Sbatch)
	var b strings.Builder
	b.WriteString("#!/bin/bash\n")
	for _, o := range options {
		if o != "" {
			b.WriteString("#SBATCH " + o + "\n")
		}
	}
	fmt.Fprintf(&b, "epgsim=%s\ndata=%s\nlog=%s\n", tell.ShellWord(p.epgsim), tell.ShellWord(p.data), tell.ShellWord(p.logs()))
	return b.String()
}

// option is an option of sbatch, or nothing where it has no value.
func (*slurmJob) option(name, value string) string {
	if value == "" {
		return ""
	}
	return name + value
}

// sbatchPath is a path for a line of #SBATCH. All that sbatch fills in must
// come after the last folder of it.
func sbatchPath(path string) string {
	dir, name := filepath.Split(path)
	return `"` + strings.ReplaceAll(dir, "%", "%%") + name + `"`
}

// checkPath refuses the few paths that cannot stand in a line of #SBATCH.
func (p *slurmPlace) checkPath() error {
	if i := strings.IndexFunc(p.dir, func(r rune) bool { return r == '"' || r == '\\' || unicode.IsControl(r) }); i >= 0 {
		return usagef("%q: Slurm cannot write to a path with quotation marks, backslashes or line breaks; choose another --out", p.dir)
	}
	return nil
}

// ranges writes ascending numbers as Slurm does: 3,5,17-20.
func ranges(numbers []int) string {
	var b strings.Builder
	for i := 0; i < len(numbers); {
		last := i
		for last+1 < len(numbers) && numbers[last+1] == numbers[last]+1 {
			last++
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Itoa(numbers[i]))
		if last > i {
			b.WriteString("-" + strconv.Itoa(numbers[last]))
		}
		i = last + 1
	}
	return b.String()
}

// missingTasks are the tasks, numbered from 0, with missing parts.
func missingTasks(s *store.Status) []int {
	var tasks []int
	for task, parts := range s.Missing {
		if parts > 0 {
			tasks = append(tasks, task)
		}
	}
	return tasks
}
