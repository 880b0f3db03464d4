//go:build unix

package cluster

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"epgsim/cmd/internal/tell"
)

func TestRanges(t *testing.T) {
	t.Parallel()
	for want, counts := range map[string][]int{
		"":             {0, 0},
		"0":            {5},
		"0-1":          {1, 2},
		"0-9":          {1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
		"3,5":          {0, 0, 0, 7, 0, 7, 0},
		"0,2-4,7-8,10": {1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 1},
	} {
		if got := ranges(counts); got != want {
			t.Errorf("ranges(%v) = %q, want %q", counts, got, want)
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
		if got := TaskCount(c.work, c.target, c.cpus, c.most); got != c.want {
			t.Errorf("TaskCount(%v, %v, %d, %d) = %d, want %d", c.work, c.target, c.cpus, c.most, got, c.want)
		}
	}
}

func TestDuration(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"90":         90 * time.Minute,
		"90:30":      90*time.Minute + 30*time.Second,
		"2:03:04":    2*time.Hour + 3*time.Minute + 4*time.Second,
		"1-2":        26 * time.Hour,
		"1-2:3":      26*time.Hour + 3*time.Minute,
		"1-02:03:04": 26*time.Hour + 3*time.Minute + 4*time.Second,
	} {
		if got, err := duration(text); err != nil || got != want {
			t.Errorf("duration(%q) = %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "h", "1h", "-5", "1:2:3:4", "1-", "5 ", "5\n", "1-2-3", "99999999"} {
		if got, err := duration(text); err == nil {
			t.Errorf("duration(%q) = %v, want it refused", text, got)
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

// The script of a task does what it should with every way in which epgsim can
// end. It is run as Slurm runs it, but with commands that stand in.
func TestTaskScriptEndings(t *testing.T) {
	t.Parallel()
	const requeue = "scontrol requeue 7_4"
	for _, c := range []struct {
		name, epgsim string
		restarts     int // before
		code         int
		calls        string
		says         string
	}{
		{"done", "exit 0", 2, 0, "", ": done"},
		{"wrong input", wrongInput, 0, 2, "scancel --state=PENDING 7", "the input is wrong"},
		{"wrong input after a restart", wrongInput, 1, 2, "scancel --state=PENDING 7", "the input is wrong"},
		{"cannot start", "exit 2", 0, 1, "", "cannot start here"},
		{"failed", "exit 1", 0, 1, "", "ended with 1"},
		{"killed", "kill -9 $$", 1, 137, "", "ended with 137"},
		{"interrupted", "exit 130", 3, 130, "", "ended with 130"},
		// The time limit: the script is told, tells epgsim, and waits for it.
		{"told to end", told("130"), 19, 130, requeue, "the time is over, requeued"},
		{"told to end before it listens", "kill -USR1 $PPID; exec sleep 60", 0, 143, requeue, "the time is over, requeued"},
		{"told to end once too often", told("130"), 20, 130, "", "the time is over, after 20 restarts: given up"},
		{"told to end when done", told("0"), 0, 0, "", ": done"},
		{"told to end and failed", told("1"), 0, 1, "", "ended with 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			s := &Slurm{Name: "x", Program: filepath.Join(dir, "the program"), Data: filepath.Join(dir, "the 100 % data"), Replications: 40, Tasks: 9, CPUs: 3}
			if err := s.Write([]int{0, 0, 0, 0, 1}); err != nil {
				t.Fatal(err)
			}
			calls := filepath.Join(dir, "calls")
			for path, text := range map[string]string{
				s.Program:                      "[ $1 = version ] || printf '%s\\n' \"$@\" >\"$0.args\"\n" + c.epgsim,
				filepath.Join(dir, "scontrol"): "echo scontrol \"$@\" >>'" + calls + "'",
				filepath.Join(dir, "scancel"):  "echo scancel \"$@\" >>'" + calls + "'",
			} {
				if err := os.WriteFile(path, []byte("#!/bin/bash\n"+text+"\n"), 0o777); err != nil {
					t.Fatal(err)
				}
			}
			cmd := exec.Command("bash", s.Array())
			cmd.Env = append(os.Environ(), "PATH="+dir+string(os.PathListSeparator)+os.Getenv("PATH"),
				"SLURM_ARRAY_JOB_ID=7", "SLURM_ARRAY_TASK_ID=4", fmt.Sprint("SLURM_RESTART_COUNT=", c.restarts))
			out, _ := cmd.CombinedOutput() // the code is looked at
			if got := cmd.ProcessState.ExitCode(); got != c.code || !strings.Contains(string(out), c.says) {
				t.Errorf("exit code %d, want %d; says %q, want %q", got, c.code, out, c.says)
			}
			if got, _ := os.ReadFile(calls); strings.TrimSpace(string(got)) != c.calls {
				t.Errorf("called %q, want %q", got, c.calls)
			}
			want := "sweep\n" + s.Data + "/design.toml\n--out\n" + s.Data + "\n--replications\n40\n--shard\n5/9\n--workers\n3\n"
			if got, err := os.ReadFile(s.Program + ".args"); err != nil || string(got) != want {
				t.Errorf("epgsim got %q, want %q (%v)", got, want, err)
			}
		})
	}
}

// wrongInput is an epgsim that starts, and finds the input wrong.
const wrongInput = "[ $1 = version ] || exit 2"

// told is an epgsim that ends when it is told to, which its script is at once.
func told(code string) string {
	return "trap 'sleep 0.2; exit " + code + "' TERM; kill -USR1 $PPID; while :; do sleep 0.01; done"
}

// What sbatch reads of the scripts.
func TestScriptHeads(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := &Slurm{Name: "epgsim-x", Program: "/bin/it's", Data: filepath.Join(dir, "a b 5%"), Again: "epgsim 'x y' z", Replications: 6, Tasks: 5, CPUs: 2,
		Time: "30", Partition: "short", Sbatch: []string{"--qos=low"}}
	if err := s.Write([]int{4, 0, 1, 1, 0}); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		s.Array(): `#!/bin/bash
#SBATCH --job-name=epgsim-x
#SBATCH --array=0,2-3
#SBATCH --cpus-per-task=2
#SBATCH --requeue
#SBATCH --signal=B:USR1@60
#SBATCH --time=30
#SBATCH --output="DIR/a b 5%%-slurm/log/task-%a.log"
#SBATCH --open-mode=append
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --partition=short
#SBATCH --qos=low
epgsim='/bin/it'\''s'
data='DIR/a b 5%'
replications=6
tasks=5
workers=2
`,
		s.Merge(): `#!/bin/bash
#SBATCH --job-name=epgsim-x-merge
#SBATCH --output="DIR/a b 5%%-slurm/log/merge.log"
#SBATCH --open-mode=append
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --partition=short
#SBATCH --qos=low
epgsim='/bin/it'\''s'
data='DIR/a b 5%'
again='epgsim '\''x y'\'' z'
`,
	} {
		got, err := os.ReadFile(path)
		if err != nil || !strings.HasPrefix(string(got), strings.ReplaceAll(want, "DIR", dir)) {
			t.Errorf("%s: %v, is\n%s\nwant at its head\n%s", filepath.Base(path), err, got, want)
		}
	}
}
