//go:build linux

package main

import (
	"bytes"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// twoNodes is a Slurm of two nodes with three processors each on this machine.
type twoNodes struct {
	*testing.T
	dir  string // of the cluster
	home string // where epgsim is called
}

// newTwoNodes starts one, and stops it when the test ends. It needs Slurm and
// root; without them it skips, but not on CI.
func newTwoNodes(t *testing.T) *twoNodes {
	t.Helper()
	if os.Getenv("EPGSIM_LONG") == "" {
		t.Skip("takes a minute or two on a real Slurm: set EPGSIM_LONG to run it")
	}
	missing := ""
	for _, name := range []string{"slurmctld", "slurmd", "munged", "sbatch", "runuser"} {
		if _, err := exec.LookPath(name); err != nil {
			missing += " " + name
		}
	}
	if os.Getuid() != 0 {
		missing += " root"
	}
	if missing != "" && os.Getenv("CI") == "true" {
		t.Fatalf("missing, and CI=true:%s (install slurmctld slurmd slurm-client munge)", missing)
	}
	if missing != "" {
		t.Skipf("missing for a test on a real Slurm:%s", missing)
	}
	dir, err := os.MkdirTemp("", "epgsim-slurm-") // t.TempDir is too deep for a socket, and closed to munge
	if err != nil {
		t.Fatal(err)
	}
	c := &twoNodes{t, dir, filepath.Join(t.TempDir(), "with blank")}
	if err := os.Mkdir(c.home, 0o777); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.script("down") })
	c.script("up", freePorts(t, 3)...)
	return c
}

// script calls the script that makes the cluster.
func (c *twoNodes) script(verb string, args ...string) {
	c.Helper()
	// Files, not pipes: the daemons keep what they inherit open.
	said, err := os.CreateTemp(c.TempDir(), "")
	if err != nil {
		c.Fatal(err)
	}
	defer said.Close()
	cmd := exec.Command(filepath.Join("testdata", "slurm-cluster.sh"), append([]string{verb, c.dir}, args...)...)
	cmd.Stdout, cmd.Stderr = said, said
	err = cmd.Run()
	if out := read(c.T, said.Name()); err != nil {
		c.Fatalf("slurm-cluster.sh %s: %v\n%s", verb, err, out)
	} else if len(out) > 0 {
		c.Logf("%s %s", time.Now().Format("15:04:05"), bytes.TrimSpace(out))
	}
}

// freePorts finds ports that nobody listens on.
func freePorts(t *testing.T, n int) (ports []string) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close() // after the last is found, so that all differ
		ports = append(ports, strconv.Itoa(l.Addr().(*net.TCPAddr).Port))
	}
	return ports
}

// call calls a program in the cluster.
func (c *twoNodes) call(name string, args ...string) (stdout string, code int) {
	c.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = c.home
	cmd.Env = append(os.Environ(), "SLURM_CONF="+c.dir+"/slurm.conf")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		c.Fatal(err)
	}
	if errs.Len() > 0 {
		c.Logf("%s %s: %s", filepath.Base(name), strings.Join(args, " "), &errs)
	}
	return out.String(), cmd.ProcessState.ExitCode()
}

// epgsim calls the real program, which must end well.
func (c *twoNodes) epgsim(args ...string) string {
	c.Helper()
	path, err := binary()
	if err != nil {
		c.Fatal(err)
	}
	out, code := c.call(path, args...)
	c.Logf("%s epgsim %s\n%s", time.Now().Format("15:04:05"), strings.Join(args, " "), out)
	if code != exitDone {
		c.Fatalf("epgsim %s: exit code %d", strings.Join(args, " "), code)
	}
	return out
}

// running finds the epgsim processes that run on a node: task to process.
func (c *twoNodes) running(node string) map[int]int {
	c.Helper()
	found := map[int]int{}
	environs, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, path := range environs {
		env, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(env, []byte("SLURM_CONF="+c.dir+"/slurm.conf\x00")) ||
			!bytes.Contains(env, []byte("SLURMD_NODENAME="+node+"\x00")) {
			continue
		}
		words, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "cmdline"))
		share := regexp.MustCompile(`sweep\x00.*--shard\x00(\d+)/`).FindSubmatch(words)
		if share == nil { // the script, or a command of it
			continue
		}
		task, _ := strconv.Atoi(string(share[1]))
		found[task-1], _ = strconv.Atoi(filepath.Base(filepath.Dir(path)))
	}
	return found
}

// log is what a task has said.
func (c *twoNodes) log(data string, task int) string {
	b, _ := os.ReadFile(filepath.Join(c.home, data+"-slurm", "log", fmt.Sprintf("task-%d.log", task)))
	return string(b)
}

// settle waits until nothing is in the queue.
func (c *twoNodes) settle() {
	c.Helper()
	waitFor(c.T, "the queue is empty", func() bool {
		time.Sleep(200 * time.Millisecond)
		out, code := c.call("squeue", "--noheader")
		return code == 0 && strings.TrimSpace(out) == ""
	})
}

// cut makes the tasks of a sweep more than it is worth, in the script of the array.
func (c *twoNodes) cut(data string, tasks int) {
	c.Helper()
	path := filepath.Join(c.home, data+"-slurm", "array.sh")
	text := regexp.MustCompile(`(?m)^tasks=.*`).ReplaceAll(read(c.T, path), fmt.Appendf(nil, "tasks=%d", tasks))
	text = regexp.MustCompile(`(?m)^#SBATCH --array=.*`).ReplaceAll(text, fmt.Appendf(nil, "#SBATCH --array=0-%d", tasks-1))
	write(c.T, text, path)
}

// A sweep on a real Slurm survives a killed process, the time limit, a cancelled
// task and the death of a node; the same command goes on with what is missing,
// and it ends with the bytes of a run on one machine.
func TestSlurmSweepSurvives(t *testing.T) {
	t.Parallel()
	c := newTwoNodes(t)
	const tasks = 9
	design := []string{"focus-by-years", "--replications", "900"}
	again := slices.Concat([]string{"sweep", "slurm"}, design, []string{"--out", "d", "--submit"})
	_, typed, _ := strings.Cut(c.epgsim(again[:len(again)-1]...), "the merge after them:\n")
	c.cut("d", tasks)
	if out, code := c.call("bash", "-c", typed); code != 0 {
		t.Fatalf("what is to be typed:\n%s\nends with %d\n%s", typed, code, out)
	}

	// n1 dies, and on n0 three different things happen to the three tasks.
	var on0, on1 map[int]int
	waitFor(t, "both nodes are at work", func() bool {
		on0, on1 = c.running("n0"), c.running("n1")
		return len(on0) == 3 && len(on1) == 3
	})
	c.script("kill-node", "n1")
	n0 := slices.Sorted(maps.Keys(on0))
	killed, cancelled, told := n0[0], n0[1], n0[2]
	c.kill(on0[killed], killed)
	c.scancel(c.id(cancelled))
	c.scancel("--batch", "--signal=USR1", c.id(told)) // as when the time limit comes near
	waitFor(t, "somebody is seen to write", func() bool { return strings.Contains(c.epgsim("sweep", "status", "d"), "being written by share ") })
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	if _, code := c.call(path, again...); code != exitFailed {
		t.Errorf("submitted again while tasks run: exit code %d", code)
	}

	// Meanwhile the same on one machine.
	c.epgsim(slices.Concat([]string{"sweep"}, design, []string{"--out", "alone", "--quiet"})...)
	c.settle()
	c.story("d", tasks)

	if text := c.log("d", killed); !strings.HasSuffix(text, "ended with 137\n") || strings.Contains(text, "restart 1") {
		t.Errorf("the killed task %d says:\n%s", killed, text)
	}
	if text := c.log("d", told); !regexp.MustCompile(`the time is over, requeued\n(?s:.*)restart 1\n(?s:.*): done\n$`).MatchString(text) {
		t.Errorf("task %d, whose time was over, says:\n%s", told, text)
	}
	if text := c.log("d", cancelled); strings.Contains(text, "requeued") || strings.Contains(text, "done") {
		t.Errorf("the cancelled task %d says:\n%s", cancelled, text)
	}
	for task := range on1 {
		if text := c.log("d", task); !regexp.MustCompile(`on n1: share .* restart 0\n(?s:.*)on n0: share .* restart 1\n(?s:.*): done\n$`).MatchString(text) {
			t.Errorf("task %d did not go on from n1 to n0:\n%s", task, text)
		}
	}

	// What is missing of two tasks is gone on with.
	merged := func() string { return string(read(t, c.home, "d-slurm", "log", "merge.log")) }
	if text := merged(); !strings.Contains(text, "parts are missing") || !strings.HasSuffix(text, "To go on with what is missing: epgsim "+strings.Join(again[:len(again)-1], " ")+"\n") {
		t.Errorf("the merge says of missing parts:\n%s", text)
	}
	if out := c.epgsim(again...); !strings.Contains(out, " runs are missing, ") {
		t.Errorf("going on says:\n%s", out)
	}
	c.settle()
	if text := merged(); !strings.HasSuffix(text, "d is complete\n") {
		t.Errorf("the merge says in the end:\n%s", text)
	}
	if out := c.epgsim(again...); !strings.Contains(out, "Nothing is left to run.") {
		t.Errorf("and after the end:\n%s", out)
	}
	identical(t, filepath.Join(c.home, "d"), filepath.Join(c.home, "alone"))
	c.wrongInput()
}

// wrongInput makes the input of a sweep wrong after it is submitted: no task
// is tried twice, and those that wait are cancelled.
func (c *twoNodes) wrongInput() {
	const tasks = 8
	c.epgsim("sweep", "slurm", "focus-by-years", "--replications", "8", "--out", "wrong")
	c.cut("wrong", tasks)
	design := filepath.Join(c.home, "wrong", "design.toml")
	if err := os.WriteFile(design, append(read(c.T, design), "\nnonsense = 1\n"...), 0o666); err != nil {
		c.Fatal(err)
	}
	if out, code := c.call("sbatch", "--exclude=n1", filepath.Join(c.home, "wrong-slurm", "array.sh")); code != 0 {
		c.Fatalf("sbatch: exit code %d, %s", code, out)
	}
	c.settle()
	begun := 0
	for task := range tasks {
		text := c.log("wrong", task)
		n := strings.Count(text, ": share ")
		if n > 1 || n == 1 && !strings.Contains(text, "the input is wrong") {
			c.Errorf("task %d was begun %d times and says:\n%s", task, n, text)
		}
		begun += n
	}
	c.Logf("wrong input: %d of %d tasks began, none twice", begun, tasks)
	if begun < 1 || begun == tasks {
		c.Errorf("%d of %d tasks began on three processors, want the last cancelled", begun, tasks)
	}
}

func (c *twoNodes) kill(process, task int) {
	c.Logf("%s kill -9 %d, epgsim of task %d", time.Now().Format("15:04:05"), process, task)
	if p, err := os.FindProcess(process); err != nil || p.Kill() != nil {
		c.Errorf("process %d of task %d was gone before it was killed", process, task)
	}
}

func (c *twoNodes) scancel(args ...string) {
	c.Helper()
	c.Logf("%s scancel %s", time.Now().Format("15:04:05"), strings.Join(args, " "))
	c.call("scancel", args...) // it fails when the task is requeued so fast that it is gone
}

// id is Slurm's name of a task of the only array.
func (c *twoNodes) id(task int) string {
	out, _ := c.call("squeue", "--noheader", "--array", "--Format=ArrayJobID:|,ArrayTaskID:|")
	for line := range strings.Lines(out) {
		if job, rest, _ := strings.Cut(strings.TrimSpace(line), "|"); strings.TrimSuffix(rest, "|") == strconv.Itoa(task) {
			return job + "_" + strconv.Itoa(task)
		}
	}
	c.Errorf("task %d is not in the queue:\n%s", task, out)
	return ""
}

// story logs what the tasks and Slurm's controller said, by time.
func (c *twoNodes) story(data string, tasks int) {
	var lines []string
	for task := range tasks {
		for line := range strings.Lines(c.log(data, task)) {
			if regexp.MustCompile(`^\d{4}-.* task \S+ on n\d: `).MatchString(line) {
				_, line, _ = strings.Cut(line, " ") // without the date
				lines = append(lines, strings.TrimSpace(line))
			}
		}
	}
	controller := regexp.MustCompile(`(?m)^\[\S+T(\S+?)(?:\.\d+)?\] (.*(?:not resp|DOWN|[Rr]equeue|responding).*)$`)
	for _, m := range controller.FindAllStringSubmatch(string(read(c.T, c.dir, "log", "slurmctld.log")), -1) {
		lines = append(lines, m[1]+" slurmctld: "+m[2])
	}
	slices.Sort(lines)
	c.Logf("what happened:\n%s", strings.Join(lines, "\n"))
}
