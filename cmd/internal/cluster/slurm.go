// Package cluster writes what schedulers take to run a sweep share by share: the
// scripts of a job array for Slurm, the objects of an Indexed Job for Kubernetes.
//
// It knows schedulers and their files. What is swept it is told as names, counts
// and paths. What is missing is seen in the data set alone: no state of the queue
// is kept, and to go on is to write and submit the scripts again.
package cluster

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/store"
)

// The bodies of the two scripts. What differs from sweep to sweep is written
// above them as options of sbatch and as variables.
var (
	//go:embed array.sh
	arrayBody string
	//go:embed merge.sh
	mergeBody string
)

// Slurm is a sweep as a job array, with a job after it that merges.
type Slurm struct {
	Name         string   // in the queue
	Program      string   // epgsim, absolute: a job may begin in any directory
	Data         string   // the data set, absolute
	Again        string   // the command that goes on
	Replications int      // to which the tasks extend the data set, if it has fewer
	Worlds       []string // words of the command that say in which worlds the sweep is; nil for none
	Tasks        int      // shares
	CPUs         int      // of a task, each with one worker
	Time         string   // limit of a task, as sbatch takes it; "" for the partition's
	Partition    string   // "" for the default
	Account      string   // "" for the default
	Sbatch       []string
}

// Dir is where the scripts and the logs of the tasks are.
func (s *Slurm) Dir() string { return s.Data + "-slurm" }

// Array is the script of the tasks.
func (s *Slurm) Array() string { return filepath.Join(s.Dir(), "array.sh") }

// Merge is the script of the job that comes after them.
func (s *Slurm) Merge() string { return filepath.Join(s.Dir(), "merge.sh") }

func (s *Slurm) log(name string) string { return filepath.Join(s.Dir(), "log", name) }

// Check says which option is wrong, by the name of the flag.
func (s *Slurm) Check() error {
	if err := cmp.Or(checkCPUs(s.CPUs), checkTime(s.Time)); err != nil {
		return err
	}
	for flag, value := range map[string]string{"--partition": s.Partition, "--account": s.Account} {
		if strings.ContainsAny(value, " \t\r\n\"'\\#") {
			return fmt.Errorf("%s = %q: must be one word", flag, value)
		}
	}
	for _, option := range s.Sbatch {
		name, _, _ := strings.Cut(option, "=")
		switch {
		case !strings.HasPrefix(option, "-") || strings.ContainsAny(option, "\r\n"):
			return fmt.Errorf("--sbatch = %q: must be one option of sbatch, such as --qos=low", option)
		case name == "--array" || strings.HasPrefix(name, "-a") || name == "--job-name" || strings.HasPrefix(name, "-J"):
			return fmt.Errorf("--sbatch = %q: the array and its name are epgsim's to choose; see --tasks", option)
		}
	}
	if strings.ContainsFunc(s.Data, func(r rune) bool { return r == '"' || r == '\\' || unicode.IsControl(r) }) {
		return fmt.Errorf("%q: Slurm cannot write to a path with quotation marks, backslashes or line breaks; choose another --out", s.Data)
	}
	return nil
}

// Write writes the scripts, for the tasks of shares with missing parts: missing
// says how many, by share.
func (s *Slurm) Write(missing []int) error {
	if err := os.MkdirAll(s.log(""), 0o777); err != nil {
		return err
	}
	array := s.head("task-%a", s.Name, "--array="+ranges(missing), fmt.Sprintf("--cpus-per-task=%d", s.CPUs), "--requeue",
		"--signal=B:USR1@60", option("--time=", s.Time)) + // so many seconds before the time is over
		fmt.Sprintf("replications=%d\ntasks=%d\nworkers=%d\n%s", s.Replications, s.Tasks, s.CPUs, s.worlds()) + arrayBody
	merge := s.head("merge", s.Name+"-merge") + fmt.Sprintf("again=%s\n", tell.ShellWord(s.Again)) + mergeBody
	const mark = "\nepgsim=" // see head
	return errors.Join(store.NewFile(s.Array(), []byte(array), mark, true), store.NewFile(s.Merge(), []byte(merge), mark, true))
}

// worlds sets the array of these words, where there are any.
func (s *Slurm) worlds() string {
	if len(s.Worlds) == 0 {
		return ""
	}
	return "worlds=(" + tell.ShellWords(s.Worlds) + ")\n"
}

// head begins a script. Its log is appended to, so that nothing of an earlier
// attempt is lost.
func (s *Slurm) head(log, name string, options ...string) string {
	// All that sbatch fills in must come after the last folder of the path.
	path := strings.ReplaceAll(s.log(""), "%", "%%") + string(filepath.Separator) + log + ".log"
	options = slices.Concat([]string{"--job-name=" + name}, options, []string{`--output="` + path + `"`, "--open-mode=append", "--nodes=1", "--ntasks=1",
		option("--partition=", s.Partition), option("--account=", s.Account)}, s.Sbatch)
	var b strings.Builder
	b.WriteString("#!/bin/bash\n")
	for _, o := range options {
		if o != "" {
			b.WriteString("#SBATCH " + o + "\n")
		}
	}
	fmt.Fprintf(&b, "epgsim=%s\ndata=%s\n", tell.ShellWord(s.Program), tell.ShellWord(s.Data))
	return b.String()
}

// option is an option of sbatch, or nothing where it has no value.
func option(name, value string) string {
	if value == "" {
		return ""
	}
	return name + value
}

// ranges writes as Slurm does which numbers are not zero: 3,5,17-20.
func ranges(counts []int) string {
	var parts []string
	for i := 0; i < len(counts); i++ {
		first := i
		for i < len(counts) && counts[i] > 0 {
			i++
		}
		switch i - first {
		case 0:
		case 1:
			parts = append(parts, strconv.Itoa(first))
		default:
			parts = append(parts, fmt.Sprintf("%d-%d", first, i-1))
		}
	}
	return strings.Join(parts, ",")
}

// HowToSubmit is what to type to submit the scripts.
func (s *Slurm) HowToSubmit() string {
	return fmt.Sprintf("  job=$(sbatch --parsable %s) &&\n  sbatch %s %s\n", tell.ShellWord(s.Array()), after("${job%%;*}"), tell.ShellWord(s.Merge()))
}

// after makes a job wait for another, however that ends.
func after(job string) string { return "--dependency=afterany:" + job }

// Submit submits the scripts and returns the numbers of the two jobs. Where that
// of the array is not empty, it is submitted whatever the error.
func (s *Slurm) Submit(ctx context.Context) (array, merge string, err error) {
	if array, err = sbatch(ctx, s.Array()); err == nil {
		merge, err = sbatch(ctx, after(array), s.Merge())
	}
	return array, merge, err
}

// sbatch submits a script and returns the number of the job.
func sbatch(ctx context.Context, args ...string) (string, error) {
	out, err := tool(ctx, "sbatch", append([]string{"--parsable"}, args...)...)
	job, _, _ := strings.Cut(out, ";") // the name of the cluster may follow
	return job, err
}

// DefaultMostTasks is Slurm's own default of MaxArraySize.
const DefaultMostTasks = 1001

// MostTasks asks Slurm for the most tasks of an array.
func MostTasks(ctx context.Context) (int, error) {
	out, err := tool(ctx, "scontrol", "show", "config")
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

// tool calls a command of Slurm and returns what it prints.
func tool(ctx context.Context, name string, args ...string) (string, error) {
	const patience = 30 * time.Second // with Slurm's answer
	patient, cancel := context.WithTimeout(ctx, patience)
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
		return "", fmt.Errorf("%s: no answer from Slurm within %v", name, patience)
	case err != nil:
		said, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
		return "", fmt.Errorf("%s: %s", name, cmp.Or(strings.TrimPrefix(said, name+": "), err.Error()))
	}
	return strings.TrimSpace(string(out)), nil
}
