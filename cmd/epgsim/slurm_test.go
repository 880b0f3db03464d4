//go:build unix

package main

import (
	"encoding/json"
	"epgsim/cmd/internal/tell"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestRanges(t *testing.T) {
	t.Parallel()
	for want, numbers := range map[string][]int{
		"":             nil,
		"0":            {0},
		"0-1":          {0, 1},
		"0-9":          {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
		"3,5,17":       {3, 5, 17},
		"0,2-4,7-8,10": {0, 2, 3, 4, 7, 8, 10},
	} {
		if got := ranges(numbers); got != want {
			t.Errorf("ranges(%v) = %q, want %q", numbers, got, want)
		}
	}
}

func TestTaskCount(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		work, target time.Duration
		cpus, most   int
		want         int
	}{
		{0, 10 * time.Minute, 1, 100, 1},
		{time.Second, 10 * time.Minute, 1, 100, 1},
		{10 * time.Minute, 10 * time.Minute, 1, 100, 1},
		{11 * time.Minute, 10 * time.Minute, 1, 100, 2},
		{10 * time.Hour, 10 * time.Minute, 1, 100, 60},
		{10 * time.Hour, 10 * time.Minute, 4, 100, 15}, // four processors do it in a quarter
		{10 * time.Hour, 10 * time.Minute, 1, 7, 7},    // parts, or the largest array
		{59 * time.Second, 30 * time.Second, 1, 100, 1},
		{61 * time.Second, 30 * time.Second, 1, 100, 2}, // never below half a minute
		{61 * time.Second, 30 * time.Second, 2, 100, 1},
	} {
		if got := taskCount(c.work, c.target, c.cpus, c.most); got != c.want {
			t.Errorf("taskCount(%v, %v, %d, %d) = %d, want %d", c.work, c.target, c.cpus, c.most, got, c.want)
		}
	}
}

func TestSlurmDuration(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"90":         90 * time.Minute,
		"90:30":      90*time.Minute + 30*time.Second,
		"2:03:04":    2*time.Hour + 3*time.Minute + 4*time.Second,
		"1-2":        26 * time.Hour,
		"1-2:3":      26*time.Hour + 3*time.Minute,
		"1-02:03:04": 26*time.Hour + 3*time.Minute + 4*time.Second,
	} {
		if got, ok := slurmDuration(text); !ok || got != want {
			t.Errorf("slurmDuration(%q) = %v, %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "h", "1h", "-5", "1:2:3:4", "1-", "5 ", "5\n", "1-2-3", "99999999"} {
		if got, ok := slurmDuration(text); ok {
			t.Errorf("slurmDuration(%q) = %v, want it refused", text, got)
		}
	}
}

// A shell makes of a quoted word what it was.
func TestShellWord(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"", "plain-word_1.txt", "a b", "it's", `"`, `\`, "$HOME", "`id`", "*", "a;b", "ä€", "a\nb", "!x", "~", "#", "-n", "{a,b}", "a=b"} {
		out, err := exec.Command("bash", "-c", "printf %s "+tell.ShellWord(word)).Output()
		if err != nil || string(out) != word {
			t.Errorf("%q as %s is read as %q (%v)", word, tell.ShellWord(word), out, err)
		}
	}
}

func TestSlurmRefuses(t *testing.T) {
	t.Parallel()
	for flags, want := range map[string]string{
		"--tasks=0":               "--tasks = 0: must be at least 1",
		"--tasks=9999":            "--tasks = 9999: must be within 1..",
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
		t.Run(flags, func(t *testing.T) {
			t.Parallel()
			cmd := inCluster(t, t.TempDir(), nil, "sweep", "slurm", "focus-by-years", flags)
			out, err := cmd.CombinedOutput()
			if cmd.ProcessState.ExitCode() != exitUsage || !strings.Contains(string(out), want) {
				t.Errorf("%v, want exit code 2 and %q:\n%s", err, want, out)
			}
		})
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

// The script of a task does what it should with every way in which epgsim can
// end. It is run as Slurm runs it, but with commands that stand in.
func TestTaskScriptEndings(t *testing.T) {
	t.Parallel()
	const (
		queue   = "squeue --noheader --jobs=7_4 --format=%T"
		requeue = "scontrol requeue 7_4"
	)
	for _, c := range []struct {
		name, epgsim, squeue string
		restarts, failures   int // before
		code                 int
		calls                []string
		says                 string
	}{
		{"done", "exit 0", "echo RUNNING", 2, 2, 0, nil, "done"},
		{"wrong input", "exit 2", "echo RUNNING", 0, 0, 2, []string{"scancel --state=PENDING 7"}, "the input is wrong"},
		{"wrong input after a restart", "exit 2", "echo RUNNING", 1, 0, 2, []string{"scancel --state=PENDING 7"}, "the input is wrong"},
		{"failed", "exit 1", "echo RUNNING", 0, 0, 1, []string{queue, requeue}, "ended with 1, requeued"},
		{"killed", "kill -9 $$", "echo RUNNING", 1, 1, 137, []string{queue, requeue}, "ended with 137, requeued"},
		{"failed for the third time", "exit 1", "echo RUNNING", 2, 2, 1, []string{queue}, "ended with 1 and failed 3 times: given up"},
		{"failed after many interruptions", "exit 1", "echo RUNNING", 19, 1, 1, []string{queue, requeue}, "ended with 1, requeued"},
		{"failed in an earlier submission", "exit 1", "echo RUNNING", 0, 2, 1, []string{queue, requeue}, "ended with 1, requeued"},
		{"interrupted", "exit 130", "echo RUNNING", 3, 2, 130, []string{queue, requeue}, "ended with 130, requeued"},
		{"interrupted once too often", "exit 130", "echo RUNNING", 20, 0, 130, []string{queue}, "ended with 130 and was restarted 20 times: given up"},
		{"cancelled", "exit 130", "echo COMPLETING", 0, 0, 130, []string{queue}, "by order of Slurm (COMPLETING)"},
		{"Slurm cannot be asked", "exit 1", "exit 1", 0, 0, 1, []string{queue, requeue}, "ended with 1, requeued"},
		{"told while asking", "exit 1", "kill -TERM $$ $PPID; echo RUNNING", 0, 0, 1, []string{queue, requeue}, "ended with 1, requeued"},
		// The time limit: the script is told, tells epgsim, and waits for it.
		{"told to end", `trap 'sleep 0.2; exit 130' TERM; kill -TERM $PPID; while :; do sleep 0.01; done`,
			"echo RUNNING", 0, 0, 130, []string{queue, requeue}, "ended with 130, requeued"},
		{"told to end when done", `trap 'sleep 0.2; exit 0' TERM; kill -TERM $PPID; while :; do sleep 0.01; done`,
			"echo RUNNING", 0, 0, 0, nil, "done"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			p := &slurmPlace{epgsim: filepath.Join(dir, "the program"), data: filepath.Join(dir, "the data"), dir: dir}
			fake := "#!/bin/bash\nprintf '%s\\n' \"$@\" >\"$0.args\"\n" + c.epgsim + "\n"
			if err := os.WriteFile(p.epgsim, []byte(fake), 0o777); err != nil {
				t.Fatal(err)
			}
			tally := filepath.Join(p.logs(), "task-4.failures")
			if err := os.Mkdir(p.logs(), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(tally, []byte(strings.Repeat("failed\n", c.failures)), 0o666); err != nil {
				t.Fatal(err)
			}
			script := (&slurmJob{Name: "x", Tasks: 9, CPUs: 3}).arrayScript(p, 40, []int{4})
			cmd := inCluster(t, dir, map[string]string{"squeue": c.squeue, "scontrol": "true", "scancel": "true"})
			cmd.Path, cmd.Args = "/bin/bash", []string{"bash", "-c", script}
			cmd.Env = append(cmd.Env, "SLURM_ARRAY_JOB_ID=7", "SLURM_ARRAY_TASK_ID=4", fmt.Sprint("SLURM_RESTART_COUNT=", c.restarts))
			out, _ := cmd.CombinedOutput() // the code is looked at
			if got := cmd.ProcessState.ExitCode(); got != c.code {
				t.Errorf("exit code %d, want %d:\n%s", got, c.code, out)
			}
			if !strings.Contains(string(out), c.says) {
				t.Errorf("says %q, want %q", out, c.says)
			}
			want := c.failures
			if c.restarts == 0 || c.code == 0 {
				want = 0
			}
			if c.code == 1 || c.code == 137 {
				want++
			}
			if b, err := os.ReadFile(tally); strings.Count(string(b), "\n") != want || err != nil && want > 0 {
				t.Errorf("failures are %q, want %d lines", b, want)
			}
			if got := calls(t, cmd); strings.Join(got, "\n") != strings.Join(c.calls, "\n") {
				t.Errorf("called %q, want %q", got, c.calls)
			}
			args := "sweep\n" + p.data + "/design.toml\n--out\n" + p.data + "\n--replications\n40\n--shard\n5/9\n--workers\n3\n"
			if got := string(read(t, p.epgsim+".args")); got != args {
				t.Errorf("epgsim got %q, want %q", got, args)
			}
		})
	}
}

// cut makes the tasks of a sweep on Slurm more than it is worth.
func cut(t *testing.T, place string, tasks int) {
	t.Helper()
	p := &slurmPlace{dir: place}
	job, err := p.job()
	if err != nil {
		t.Fatal(err)
	}
	job.Tasks = tasks
	err = p.open()
	if err == nil {
		err = errors.Join(p.write(job), p.keep.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Tasks asked for are as many as there is half a minute of work for each.
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
	} {
		var said strings.Builder
		a := &app{out: io.Discard, err: &said}
		o := &slurmOptions{job: slurmJob{Tasks: c.tasks, CPUs: c.cpus}}
		if err := a.chooseTasks(t.Context(), o, 100, c.work, true); err != nil || o.job.Tasks != c.want {
			t.Errorf("%v in %d tasks: %d, %v", c.work, c.tasks, o.job.Tasks, err)
		}
		if told := fmt.Sprintf("--tasks = %d: %d, ", c.tasks, c.want); strings.Contains(said.String(), told) != (c.tasks != c.want) {
			t.Errorf("%v in %d tasks, said %q", c.work, c.tasks, &said)
		}
	}
}

// squeue --array of two tasks and a merge, which the stand-in tells by name.
const queueOfTwo = `case "$*" in
*-merge*) echo "12|N/A|PENDING||0|Dependency|" ;;
*) printf '11|1|RUNNING|n0|2|None|\n11|3|PENDING||0|Resources|\n' ;;
esac`

// status and resume see what is missing in the data set, and what of it is in
// the queue.
func TestSlurmStatusAndResume(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	slurm := func(tools map[string]string, args ...string) (string, []string) {
		t.Helper()
		cmd := inCluster(t, dir, tools, append([]string{"sweep"}, args...)...)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("epgsim sweep %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return string(out), calls(t, cmd)
	}
	has := func(text string, wants ...string) { // a blank is one or more, and # a number
		t.Helper()
		for _, want := range wants {
			pattern := strings.NewReplacer(" ", " +", "#", `\d+`).Replace(regexp.QuoteMeta(want))
			if !regexp.MustCompile(pattern).MatchString(text) {
				t.Errorf("%q is missing in:\n%s", want, text)
			}
		}
	}
	sized := map[string]string{"scontrol": "echo 'MaxArraySize            = 8'", "squeue": queueOfTwo,
		"sbatch": `case "$*" in *merge.sh*) echo 22 ;; *) echo "21;cluster" ;; esac`, "scancel": "true"}
	out, called := slurm(map[string]string{"scontrol": sized["scontrol"], "sbatch": sized["sbatch"]},
		"slurm", "focus-by-years", "--replications", "6", "--out", "d", "--tasks", "5", "--cpus", "2", "--time", "30",
		"--partition", "short", "--sbatch=--qos=low", "--submit")
	place := filepath.Join(dir, "d-slurm")
	has(out, "450 runs are missing", "Tasks: 1, on 2 processors each", "Job 21: tasks 0", "Job 22: the merge",
		"--tasks = 5: 1, for tasks of less than half a minute are not worth beginning\n")
	cut(t, place, 5)
	has(strings.Join(called, "\n"), "sbatch --parsable "+place+"/array.sh", "sbatch --parsable --dependency=afterany:21 "+place+"/merge.sh")
	has(string(read(t, place, "array.sh")), "SBATCH --array=0\n", "SBATCH --cpus-per-task=2\n", "SBATCH --time=30\n",
		"SBATCH --partition=short\n", "SBATCH --qos=low\n", "SBATCH --requeue\n", "SBATCH --open-mode=append\n")
	var job slurmJob
	if err := json.Unmarshal(read(t, place, "job.json"), &job); err != nil || job.Tasks != 5 || job.CPUs != 2 {
		t.Errorf("job.json: %v, %+v", err, job)
	}

	out, _ = slurm(map[string]string{"squeue": "true"}, "slurm", "resume", "d")
	has(out, "tasks 0-4")
	slurm(nil, "focus-by-years", "--replications", "6", "--out", "d", "--shard", "1/5", "--quiet")
	out, called = slurm(sized, "slurm", "status", "d")
	has(out, "1 of 5 tasks have nothing left to do", "task 1 # parts missing job 11 running on n0, restarted 2 times\n",
		"task 2 # parts missing not in the queue\n", "task 3 # parts missing job 11 pending (Resources)\n", "merge", "job 12 pending (Dependency)\n")
	has(strings.Join(called, "\n"), "--name="+job.Name+" ")

	out, called = slurm(sized, "slurm", "resume", "d")
	has(out, "scancel 12", "tasks 2,4", "--dependency=afterany:11:${job%%;*}")
	if text := strings.Join(called, "\n"); strings.Contains(text, "sbatch") || strings.Contains(text, "scancel") {
		t.Errorf("resume without --submit called\n%s", text)
	}
	out, called = slurm(sized, "slurm", "resume", "d", "--submit")
	has(out, "Job 21: tasks 2,4", "Job 22: the merge")
	has(strings.Join(called, "\n"), "scancel 12", "--dependency=afterany:11:21 ")
	has(string(read(t, place, "array.sh")), "SBATCH --array=2,4\n")

	refused := inCluster(t, dir, sized, "sweep", "slurm", "focus-by-years", "--replications", "6", "--out", "d")
	if out, _ := refused.CombinedOutput(); refused.ProcessState.ExitCode() != exitUsage || !strings.Contains(string(out), "2 of its tasks are in Slurm's queue as job 11") {
		t.Errorf("begun again while in the queue:\n%s", out)
	}
	blind := inCluster(t, dir, nil, "sweep", "slurm", "resume", "d", "--submit")
	if out, _ := blind.CombinedOutput(); blind.ProcessState.ExitCode() != exitFailed || !strings.Contains(string(out), "nothing should run twice") {
		t.Errorf("submitted without knowing the queue:\n%s", out)
	}

	slurm(nil, "focus-by-years", "--replications", "6", "--out", "d", "--quiet")
	for _, args := range [][]string{{"slurm", "resume", "d"}, {"slurm", "focus-by-years", "--replications", "6", "--out", "d"}} {
		out, called = slurm(map[string]string{"squeue": "true", "scontrol": sized["scontrol"]}, args...)
		has(out, "Nothing is ")
		if strings.Contains(strings.Join(called, "\n"), "sbatch") {
			t.Errorf("%v submitted something: %q", args, called)
		}
	}
}
