//go:build unix

package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"epgsim/sim/store"
)

// ordeal is a command that is put through faults, and small for that.
type ordeal struct {
	args   string
	before string      // commands, one a line, that make what it starts from
	again  string      // words with which it may be done over what it left, if it needs any
	says   interrupted // when it is interrupted
}

const (
	quick   = " --replications 2 --set project.years=1 --set project.horizon=1 --quiet --out out"
	swept   = "sweep design.toml --quiet --out data"
	shared  = "sweep design.toml --quiet --shard 1/2 --out a\nsweep design.toml --quiet --shard 2/2 --out b"
	replace = " --force"
)

// ordeals are all commands that take their time or write. The short form takes
// the first few.
var ordeals = []ordeal{
	{"sweep design.toml --quiet --out out", "", "", errKept},
	{"scenario new new.toml", "", replace, errInterrupted},
	{"run base --data-only" + quick, "", replace, errKept + " in out"}, // compare draws
	{"compare base --no-map --vary project.years=1" + quick, "", replace, errKept + " in out"},
	{"explain base --mechanisms joint-hours,network --outcome value_project" + quick, "", replace, errInterrupted},
	{"claims C107 --quick --quiet --out out", "", "", errKept},
	{"sweep design.toml --dry-run", "", "", errInterrupted},
	{"sensitivity design.toml --quiet --data data --out out", "", replace, errKept},
	{"decide base --worlds 20 --replications 1 --most 40 --quiet --data data --out out", "", replace, errKept},
	{"programme programme.toml --quiet --data data --out out", "", replace, errKept},
	{"calibrate targets.toml --quiet --data data --out out", "", replace, errKept},
	{"sensitivity data --out out", swept, replace, errInterrupted},
	{"sweep export data --to all.csv", swept, replace, errInterrupted},
	{"sweep merge out a b", shared, "", errKept},
	{"sweep slurm design.toml --out out", "", "", errKept},
	{"sweep new new.toml", "", replace, errInterrupted},
	{"programme new new.toml", "", replace, errInterrupted},
	{"calibrate new new.toml", "", replace, errInterrupted},
	{"verify out --quiet", "run base --data-only" + quick, "", errInterrupted},
	{"verify data --quiet", swept, "", errInterrupted},
	{"verify ledger --quiet", "claims C107 --quick --quiet --out ledger", "", errInterrupted},
}

// tinyProgramme is one that is soon over.
const tinyProgramme = `
name = "small"
budget = 500
horizon = 2
applicants = 4
times = 2
[[pool]]
scenario = "food-products"
[[policy]]
name = "one year for all"
years = 1
`

// tinyTargets are as few worlds of as short runs as there may be.
const tinyTargets = `
name = "small"
worlds = 200
replications = 2
unknown = ["customer.trust_rate"]
[[case]]
name = "one year"
scenario = "base"
set.project.years = 1
set.project.horizon = 1
set.group.focus = 0
[[target]]
name = "deals"
statistic = "mean(deals_total)"
value = 10
error = 5
source = "made up"
`

// sayings are all other commands: they print and are done.
var sayings = []ordeal{
	{args: "trace base --all"}, {args: "trace base --format jsonl"}, {args: "trace base --story"}, {args: "parameters"}, {args: "version"}, {args: "help"}, {args: ""},
	{args: "scenario"}, {args: "scenario list"}, {args: "scenario show base"}, {args: "scenario new"}, {args: "scenario check base"},
	{args: "programme list"}, {args: "programme show programme.toml"}, {args: "calibrate list"}, {args: "calibrate show targets.toml"}, {args: "sweep list"}, {args: "sweep show focus-by-years"}, {args: "sweep new"},
	{args: "sweep k8s design.toml --image x --tasks 2"}, {args: "sweep status data", before: swept},
	{args: "completion"}, {args: "completion bash"}, {args: "completion fish"}, {args: "completion powershell"}, {args: "completion zsh"},
	{args: "serve --listen 127.0.0.1:0"},
}

// No command is left out.
func TestFaultsMeetEveryCommand(t *testing.T) {
	missing := map[string]bool{}
	everyCommand(func(cmd *cobra.Command) { missing[cmd.CommandPath()] = true })
	for _, o := range slices.Concat(ordeals, sayings) {
		cmd, _, err := anyApp().root().Find(strings.Fields(o.args))
		if err != nil {
			t.Fatal(err)
		}
		delete(missing, cmd.CommandPath())
	}
	if len(missing) > 0 {
		t.Errorf("put through no fault: %v", missing)
	}
}

// trials is how often each command meets a fault; EPGSIM_FAULTS asks for more,
// and any other number gives other luck.
func trials(usual int) int {
	if n, err := strconv.Atoi(os.Getenv("EPGSIM_FAULTS")); err == nil {
		return n
	}
	return usual
}

// place is where an ordeal happens, always the same, for some files name it.
type place struct {
	*ordeal
	t     *testing.T
	here  string
	start map[string][]byte // the files before
	whole map[string][]byte // and after, when nothing happens
	took  time.Duration     // when nothing happens, the last time
	dice  *rand.Rand
}

// TestFaults puts every command to every fault, in a place of its own and
// after it was once left alone.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, o := range some(2, ordeals) {
		each(t, &o, (*place).signals, (*place).largestFile, (*place).fullDisk, (*place).noPermission, (*place).nobodyReads, (*place).twoAtOnce)
	}
	for _, o := range some(3, sayings) {
		each(t, &o, (*place).nobodyReads)
	}
}

func each(t *testing.T, o *ordeal, faults ...func(*place)) {
	t.Run(cmp.Or(strings.ReplaceAll(o.args, " ", "_"), "nothing"), func(t *testing.T) {
		t.Parallel()
		seed := fnv.New64()
		_, _ = seed.Write([]byte(o.args))
		p := &place{ordeal: o, t: t, here: filepath.Join(t.TempDir(), "here"), dice: rand.New(rand.NewPCG(uint64(trials(1)), seed.Sum64()))}
		p.lay(map[string][]byte{"design.toml": []byte(strings.Replace(smallDesign, "points = 120", "points = 30", 1)), "programme.toml": []byte(tinyProgramme), "targets.toml": []byte(tinyTargets)})
		for words := range strings.Lines(o.before) {
			p.do(words)
		}
		p.start = p.files()
		p.whole = p.start
		if !strings.HasPrefix(o.args, "serve") { // which never ends by itself
			p.do(o.args)
			p.whole = p.files()
		}
		for _, fault := range faults {
			fault(p)
		}
	})
}

// lay makes the place hold these files and nothing else.
func (p *place) lay(files map[string][]byte) {
	p.t.Helper()
	entries, _ := os.ReadDir(p.here) // the place itself stays: a file system may be mounted there
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(p.here, e.Name())); err != nil {
			p.t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Join(p.here, "tmp"), 0o777); err != nil {
		p.t.Fatal(err)
	}
	for name, data := range files {
		to := filepath.Join(p.here, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(to), 0o777), os.WriteFile(to, data, 0o666)); err != nil {
			p.t.Fatal(err)
		}
	}
}

// files are all files in the place, but for what stands in its tmp.
func (p *place) files() map[string][]byte {
	p.t.Helper()
	files := map[string][]byte{}
	for _, f := range tree(p.t, p.here) {
		if !strings.HasPrefix(f, "tmp/") {
			files[f] = read(p.t, p.here, f)
		}
	}
	return files
}

// call is a call of the real program in the place, behind a shell's words if any.
func (p *place) call(words string, shell ...string) (cmd *exec.Cmd, stderr *bytes.Buffer) {
	p.t.Helper()
	cmd, stderr = built(p.t, strings.Fields(words)...), &bytes.Buffer{}
	if len(shell) > 0 {
		cmd = exec.Command("sh", append([]string{"-c", shell[0] + ` && exec "$@"`, "sh"}, cmd.Args...)...)
	}
	cmd.Dir, cmd.Stderr = p.here, stderr
	// Slurm is not asked, wherever the tests run: it takes its time to say no.
	cmd.Env = append(os.Environ(), "PATH=", "TMPDIR="+filepath.Join(p.here, "tmp"))
	return cmd, stderr
}

// do runs what must go well, and takes its time.
func (p *place) do(words string) {
	p.t.Helper()
	began := time.Now()
	if cmd, stderr := p.call(words); cmd.Run() != nil || stderr.Len() > 0 {
		p.t.Fatalf("epgsim %s: %v\n%s", words, cmd.ProcessState, stderr)
	}
	p.took = time.Since(began)
}

// checkRest makes sure that every file is as it was before or as it will be,
// that hidden ones are none but those allowed, and that the command then goes
// on, or does it again, to the files of one that was never disturbed.
func (p *place) checkRest(what string, hidden func(name string) bool) {
	p.t.Helper()
	partial := false
	if m, err := store.ReadManifest(filepath.Join(p.here, "out")); err == nil && m.Status == store.StatusInterrupted {
		partial = true // so what is there is compared with what is computed
		if code, stdout, stderr := call("verify", filepath.Join(p.here, "out")); code != exitDone {
			p.t.Errorf("%s: %s%s", what, stdout, stderr)
		}
	}
	for f, data := range p.files() {
		switch name := path.Base(f); {
		case strings.HasPrefix(name, "."):
			if !hidden(name) {
				p.t.Errorf("%s: %s was left", what, f)
			}
		case name == store.HeadName && strings.HasPrefix(p.args, "decide ") && bytes.HasPrefix(data, []byte("{")):
			// The head of a decision says how many worlds there are so far.
		case !masked(f, data, p.whole[f]) && !masked(f, data, p.start[f]) && !(partial && p.whole[f] != nil):
			p.t.Errorf("%s: %s is not whole, or should not be there", what, f)
		}
	}
	for f := range p.start {
		if _, err := os.Stat(filepath.Join(p.here, f)); err != nil {
			p.t.Errorf("%s: %v", what, err)
		}
	}
	p.do(p.args + p.again)
	p.checkWhole(what + ", and then again")
}

// checkWhole makes sure that all is as if nothing had happened.
func (p *place) checkWhole(what string) {
	p.t.Helper()
	now := p.files()
	for f, want := range p.whole {
		if !masked(f, now[f], want) {
			p.t.Errorf("%s: %s differs; %s", what, f, causes)
		}
	}
	for f := range now {
		if p.whole[f] == nil {
			p.t.Errorf("%s: %s is left", what, f)
		}
	}
}

// masked says whether two files are the same but for what may differ.
func masked(name string, a, b []byte) bool {
	if mask := masks[path.Base(name)]; mask != nil {
		a, b = mask.ReplaceAll(a, nil), mask.ReplaceAll(b, nil)
	}
	return b != nil && bytes.Equal(a, b)
}

// Asked to end at a random moment, a command does so in whole files, says what
// became of its work and nothing else; killed, it leaves whole files too.
func (p *place) signals() {
	signals := []syscall.Signal{syscall.SIGKILL, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}
	count := map[string]int{}
	for i := range trials(2) {
		signal := signals[(i+p.dice.IntN(3))%len(signals)]
		wait := time.Duration(p.dice.Float64() * 1.1 * float64(p.took))
		what := fmt.Sprintf("%v after %v of %v", signal, wait, p.took)
		p.lay(p.start)
		cmd, stderr := p.call(p.args)
		if err := cmd.Start(); err != nil {
			p.t.Fatal(err)
		}
		timer := time.AfterFunc(wait, func() { _ = cmd.Process.Signal(signal) })
		_ = cmd.Wait() // the exit code tells
		timer.Stop()
		code, says := cmd.ProcessState.ExitCode(), ""
		count[fmt.Sprint(signal, " ", code)]++
		switch {
		case code == exitDone:
			p.checkWhole(what)
		case signal == syscall.SIGKILL:
			p.checkRest(what, func(string) bool { return true }) // it could not clear away what is hidden
		case code == exitInterrupted, code == -1 && cmd.ProcessState.Sys().(syscall.WaitStatus).Signal() == signal:
			if code == exitInterrupted { // and not before the program had begun to listen
				says = "epgsim: " + string(p.says) + map[interrupted]string{
					errKept: "; to go on: epgsim " + p.args, errKept + " in out": "; to begin again: epgsim " + p.args + replace}[p.says] + "\n"
			}
			if len(p.files()) != len(p.start) && !strings.HasPrefix(says, "epgsim: "+string(errKept)) {
				p.t.Errorf("%s: exit code %d, but there is %q", what, code, tree(p.t, p.here))
			}
			p.noTemporary(what)
			p.checkRest(what, func(string) bool { return false })
		default:
			p.t.Errorf("%s: exit code %d", what, code)
		}
		if stderr.String() != says {
			p.t.Errorf("%s: exit code %d, stderr is %q, want %q", what, code, stderr, says)
		}
	}
	p.t.Logf("undisturbed in %v; signals and exit codes: %v", p.took, count)
}
