//go:build unix

package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"epgsim/cmd/internal/cluster"
)

func TestSlurmRefuses(t *testing.T) {
	t.Parallel()
	for flags, want := range map[string]string{
		"--tasks=0":               "--tasks = 0: must be at least 1",
		"--cpus=0":                "--cpus = 0: must be within 1..4096",
		"--task-time=5s":          "--task-time = 5s: must be within 30s..168h",
		"--time=1h":               "--time = 1h: must be minutes, minutes:seconds, hours",
		"--time=4:59":             "--time = 4:59: must be at least 5 minutes",
		"--partition=a b":         `--partition = "a b": must be one word`,
		"--account=a\n#SBATCH -x": "--account = \"a\\n#SBATCH -x\": must be one word",
		"--sbatch=qos=low":        `--sbatch = "qos=low": must be one option of sbatch`,
		"--sbatch=--array=1-3":    `--sbatch = "--array=1-3": the array and its name are epgsim's to choose`,
		"--out=a\"b":              "Slurm cannot write to a path with quotation marks",
	} {
		if code, stdout, stderr := call("sweep", "slurm", "focus-by-years", flags); code != exitUsage || !strings.Contains(stderr, want) || stdout != "" {
			t.Errorf("%s: exit code %d, %q, want %d and %q", flags, code, stderr, exitUsage, want)
		}
	}
}

// inCluster is a call of this test binary as epgsim, with commands that stand
// in for Slurm's first on the path: name to shell script. Those that are not
// given fail, so that no real cluster is met.
func inCluster(t *testing.T, dir string, tools map[string]string, args ...string) *exec.Cmd {
	t.Helper()
	bin := t.TempDir()
	for _, name := range []string{"sbatch", "squeue", "scontrol", "scancel"} {
		script, ok := tools[name]
		if !ok {
			script = "echo no cluster >&2; exit 1"
		}
		// Each call is written down.
		text := "#!/bin/bash\necho " + name + ` "$@" >>"${0%/*}/calls"` + "\n" + script + "\n"
		if err := os.WriteFile(filepath.Join(bin, name), []byte(text), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("epgsim", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	return cmd
}

// calls are the calls of commands of Slurm that were made below a command of
// inCluster.
func calls(t *testing.T, cmd *exec.Cmd) []string {
	t.Helper()
	for _, v := range slices.Backward(cmd.Env) {
		if bin, ok := strings.CutPrefix(v, "PATH="); ok {
			bin, _, _ = strings.Cut(bin, string(os.PathListSeparator))
			b, err := os.ReadFile(filepath.Join(bin, "calls"))
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			return strings.Split(strings.TrimSpace(string(b)), "\n")
		}
	}
	t.Fatal("no PATH")
	return nil
}

// Tasks asked for are as many as there is half a minute of work for each, and
// no more than there are parts.
func TestTasksAskedFor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		work              time.Duration
		tasks, cpus, want int
	}{
		{68 * time.Second, 4, 1, 2},
		{68 * time.Second, 2, 1, 2},
		{68 * time.Second, 2, 2, 1},
		{17 * time.Second, 4, 1, 1},
		{time.Hour, 4, 1, 4},
		{time.Hour, 101, 1, 0},
	} {
		var said strings.Builder
		a := &app{out: io.Discard, err: &said}
		o := &slurmOptions{chosen: true, job: cluster.Slurm{Tasks: c.tasks, CPUs: c.cpus}}
		err := a.chooseTasks(t.Context(), o, 100, c.work)
		if c.want == 0 {
			if err == nil || err.Error() != "--tasks = 101: must be within 1..100, the parts of the data set" {
				t.Errorf("more tasks than parts: %v", err)
			}
			continue
		}
		if err != nil || o.job.Tasks != c.want {
			t.Errorf("%v in %d tasks: %d, %v", c.work, c.tasks, o.job.Tasks, err)
		}
		if told := fmt.Sprintf("--tasks = %d: %d, ", c.tasks, c.want); strings.Contains(said.String(), told) != (c.tasks != c.want) {
			t.Errorf("%v in %d tasks, said %q", c.work, c.tasks, &said)
		}
	}
}

// slurmed calls epgsim sweep with commands that stand in for Slurm's, which must
// go well, and returns what it says and which it called.
func slurmed(t *testing.T, dir string, tools map[string]string, args ...string) (said, called string) {
	t.Helper()
	cmd := inCluster(t, dir, tools, append([]string{"sweep"}, args...)...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("epgsim sweep %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out), strings.Join(calls(t, cmd), "\n")
}

// has demands that texts are in another.
func has(t *testing.T, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in:\n%s", want, text)
		}
	}
}

// The same command submits what is missing, goes on with what is still missing,
// and in the end has nothing left to do.
func TestSlurmGoesOn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	place := filepath.Join(dir, "d-slurm")
	tools := map[string]string{"scontrol": "echo 'MaxArraySize            = 8'", "sbatch": `case "$*" in *merge.sh*) echo 22 ;; *) echo "21;cluster" ;; esac`}
	again := []string{"slurm", "focus-by-years", "--replications", "6", "--out", "d", "--tasks", "5", "--cpus", "2", "--submit"}
	said, called := slurmed(t, dir, tools, again...)
	has(t, said, "450 runs are missing", "Tasks: 1, on 2 processors each", "Job 21: the tasks\nJob 22: the merge, after them\nSee how far it is: epgsim sweep status "+filepath.Join(dir, "d")+"\n",
		"--tasks = 5: 1, for tasks of less than half a minute are not worth beginning\n")
	has(t, called, "sbatch --parsable "+place+"/array.sh", "sbatch --parsable --dependency=afterany:21 "+place+"/merge.sh")
	has(t, string(read(t, place, "array.sh")), "SBATCH --array=0\n", "replications=6\ntasks=1\nworkers=2\n")
	has(t, string(read(t, place, "merge.sh")), "again='epgsim sweep slurm focus-by-years --replications 6 --out d --tasks 5 --cpus 2 --submit'\n")

	slurmed(t, dir, nil, "focus-by-years", "--replications", "6", "--out", "d", "--shard", "1/3", "--quiet")
	said, _ = slurmed(t, dir, tools, again...)
	has(t, said, "300 runs are missing", "Job 21: the tasks")

	for _, c := range []struct{ sbatch, want string }{
		{"echo no >&2; exit 1", "epgsim: sbatch: no\n"},
		{`case "$*" in *merge.sh*) echo no >&2; exit 1 ;; *) echo 21 ;; esac`, "the tasks are submitted, the merge is not: sbatch: no; 'epgsim sweep merge " + filepath.Join(dir, "d") + "' will do it"},
	} {
		cmd := inCluster(t, dir, map[string]string{"sbatch": c.sbatch}, append([]string{"sweep"}, again...)...)
		out, _ := cmd.CombinedOutput() // the code is looked at
		if cmd.ProcessState.ExitCode() != exitFailed || !strings.Contains(string(out), c.want) {
			t.Errorf("%v, want %q:\n%s", cmd.ProcessState, c.want, out)
		}
	}

	if out := runTask(t, dir); !strings.Contains(out, "300 runs in ") {
		t.Errorf("the task says\n%s", out)
	}
	said, called = slurmed(t, dir, tools, again...)
	has(t, said, "Nothing is left to run. 'epgsim sweep merge d' makes sure that all is there.")
	if strings.Contains(called, "sbatch") {
		t.Errorf("submitted, with nothing to do: %s", called)
	}
}

// The array is of the shares with missing parts, where there is work enough for
// several tasks: here by a clock that says so.
func TestSlurmArrayIsOfMissingShares(t *testing.T) {
	design, dir := designFile(t, strings.Replace(smallDesign, "points = 120", "points = 60", 1)), filepath.Join(t.TempDir(), "d")
	done(t, "sweep", design, "--quiet", "--out", dir, "--shard", "2/3")
	t.Setenv("PATH", t.TempDir()) // no Slurm to ask
	clock := time.Now()
	a := &app{out: io.Discard, err: io.Discard, now: func() time.Time { clock = clock.Add(time.Hour); return clock }}
	root := a.root()
	root.SetArgs([]string{"sweep", "slurm", design, "--out", dir, "--tasks", "3"})
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	has(t, string(read(t, dir+"-slurm", "array.sh")), "#SBATCH --array=0,2\n", "\ntasks=3\n")
}

// runTask runs the script of the first task.
func runTask(t *testing.T, dir string) string {
	t.Helper()
	task := exec.Command("bash", filepath.Join(dir, "d-slurm", "array.sh"))
	task.Env = append(inCluster(t, dir, nil).Env, "SLURM_ARRAY_JOB_ID=1", "SLURM_ARRAY_TASK_ID=0")
	out, err := task.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// Without --submit a data set that is there stays as it is, though the scripts
// are for more of it; what the tasks then run extends it.
func TestSlurmPreviewChangesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	slurmed(t, dir, nil, "focus-by-years", "--replications", "2", "--out", "d", "--quiet")
	if err := os.CopyFS(filepath.Join(dir, "before"), os.DirFS(filepath.Join(dir, "d"))); err != nil {
		t.Fatal(err)
	}
	said, _ := slurmed(t, dir, nil, "slurm", "focus-by-years", "--replications", "3", "--out", "d")
	has(t, said, "225 runs are missing", "has 2 replications of each row until the first task extends it to 3.", "An array of at most 1001 tasks is assumed",
		"To submit the tasks, and the merge after them:\n  job=$(sbatch --parsable "+dir+"/d-slurm/array.sh) &&\n  sbatch --dependency=afterany:${job%%;*} "+dir+"/d-slurm/merge.sh\n")
	identical(t, filepath.Join(dir, "before"), filepath.Join(dir, "d"))
	if out := runTask(t, dir); !strings.Contains(out, "Extended from 2 replications to 3.") {
		t.Errorf("the task says\n%s", out)
	}
}
