//go:build unix

package sim

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// ratioRounds is how often everything is measured, one thing after the other. What is told
// is the median of the rounds, with the second least and the second largest: the true
// median lies between them 96 times in 100.
const ratioRounds = 9

// BenchmarkRatios prints how fast the model is, in ratios that machines have in common: make
// bench. Times are of the processor, but for the commands' (EPGSIM_BINARY is the program).
func BenchmarkRatios(b *testing.B) {
	fmt.Printf("%s %s/%s, %d processors, load %s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), load())
	loop := loopRatios(b)
	if program := os.Getenv("EPGSIM_BINARY"); program != "" {
		commandTimes(b, program, loop)
	}
	fmt.Printf("load at the end %s\n", load())
}

// loopRatios prints the model's loop beside the reference loop, C and Python, and returns the
// seconds of a reference loop.
func loopRatios(b *testing.B) float64 {
	const batch, loops = 6, 50_000 // replications of a form and round, others in each round; reference loops beside each
	var (
		reference []float64
		rows      = map[string]*[3][]float64{}
		g, series = NewGroup(), new(Series)
		ask       = python(b)
		c         = kernelInC(b)
		kernel    = newKernel()
		inC       []float64
	)
	note := func(row string, form int, ratio float64) {
		if rows[row] == nil {
			rows[row] = new([3][]float64)
		}
		rows[row][form] = append(rows[row][form], ratio)
	}
	const alone, recorded, plain, agents = "a week of one SME / reference loop", "the same, weekly series recorded / reference loop", "twin in plain Python / model", "Python agents, collected weekly / model, recorded"
	referenceLoops(100_000)
	for round := range uint64(ratioRounds) {
		for form := range 3 {
			changes := map[string]float64{"group.focus": forms[form].focus}
			p := at(changes)
			run := func(r uint64, recorded *Series) float64 {
				g.Record(recorded)
				g.Run(&p, 1, r)
				return processor(func() {
					for range 20 {
						g.Run(&p, 1, r)
					}
				}) / 20
			}
			var unit, seconds, withSeries, asPlain, asAgents float64
			for r := round * batch; r < (round+1)*batch; r++ {
				unit += processor(func() { referenceLoops(loops) }) / (loops * batch)
				seconds += run(r, nil)
				withSeries += run(r, series)
				if ask != nil {
					asPlain += ask(twinJob{changes, 1, r, false}).Seconds
					asAgents += ask(twinJob{changes, 1, r, true}).Seconds
				}
			}
			reference = append(reference, unit)
			smeWeeks := float64(batch * p.TotalWeeks() * p.Size())
			note(alone, form, seconds/smeWeeks/unit)
			note(recorded, form, withSeries/smeWeeks/unit)
			if ask != nil {
				note(plain, form, asPlain/seconds)
				note(agents, form, asAgents/withSeries)
			}
		}
		if c != nil {
			inC = append(inC, leastOf(3000, kernel)/float64(kernelWeeks*5)*1e9/c())
		}
	}
	fmt.Printf("a reference loop takes %.3g ns\n\n%-52s %-20s %-20s %s\n", middle(reference)*1e9, "ratio", "market focus", "customer focus", "system focus")
	for _, name := range []string{alone, recorded, plain, agents} {
		if r := rows[name]; r != nil {
			fmt.Printf("%-52s %-20s %-20s %s\n", name, spreadOf(r[0]), spreadOf(r[1]), spreadOf(r[2]))
		}
	}
	if inC != nil {
		fmt.Printf("%-52s %s\n", "kernel of the week / the same in C", spreadOf(inC))
	}
	return middle(reference)
}

// commandTimes prints what whole commands take.
func commandTimes(b *testing.B, program string, loop float64) {
	const rounds = 5
	dir := b.TempDir()
	commands := []struct {
		name string
		runs float64 // as the command counts them, for run of projects that end and that go on; 0 if it is not told
		args []string
	}{
		{"compare base", 0, []string{"compare", "base", "--force"}},
		{"run base -n 2000 --data-only --workers 1", 4000, []string{"run", "base", "-n", "2000", "--data-only", "--force", "--workers", "1"}},
		{"run base -n 2000 --data-only", 4000, []string{"run", "base", "-n", "2000", "--data-only", "--force"}},
		{"sweep focus-by-years", 3000, []string{"sweep", "focus-by-years"}},
	}
	taken := make([][]taking, len(commands))
	for range rounds {
		for i, c := range commands {
			out := filepath.Join(dir, fmt.Sprint(i))
			if c.args[0] == "sweep" { // which else would find all of it done
				if err := os.RemoveAll(out); err != nil {
					b.Fatal(err)
				}
			}
			taken[i] = append(taken[i], take(b, exec.Command(program, append(c.args, "--quiet", "--out", out)...)))
		}
	}
	wall, used := func(t taking) float64 { return t.wall }, func(t taking) float64 { return t.processor }
	const line = "%-42s %-18s %-18s %-22s %-18s %-24s %s\n"
	fmt.Printf("\n"+line, "command: median (least–most of five)", "s", "s of processors", "million reference loops", "runs a second", "runs a s of processors", "peak memory, MB")
	for i, c := range commands {
		row := func(name string, wall, processor func(taking) float64) {
			speed, own := "–", "–"
			if c.runs > 0 {
				speed = rangeOf(taken[i], func(t taking) float64 { return c.runs / wall(t) })
				own = rangeOf(taken[i], func(t taking) float64 { return c.runs / processor(t) })
			}
			fmt.Printf(line, name, rangeOf(taken[i], wall), rangeOf(taken[i], processor), fmt.Sprintf("%.3g", middle(each(taken[i], processor))/loop/1e6),
				speed, own, rangeOf(taken[i], func(t taking) float64 { return t.peak }))
		}
		if c.args[0] == "compare" {
			row(c.name+", until its verdict", func(t taking) float64 { return t.verdictWall }, func(t taking) float64 { return t.verdictProcessor })
		}
		row(c.name, wall, used)
	}
}

// taking is what a command takes: seconds, seconds of all processors, both until the line
// that begins with Verdict (NaN where nothing says so), and the most memory in millions of bytes.
type taking struct{ wall, processor, verdictWall, verdictProcessor, peak float64 }

func take(b *testing.B, cmd *exec.Cmd) taking {
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	t, start := taking{verdictWall: math.NaN(), verdictProcessor: math.NaN()}, time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "Verdict") {
			t.verdictWall, t.verdictProcessor = time.Since(start).Seconds(), processorOf(cmd.Process.Pid)
		}
	}
	if err := cmd.Wait(); err != nil {
		b.Fatal(cmd, ": ", err)
	}
	t.wall = time.Since(start).Seconds()
	t.processor = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	peak := float64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
	if runtime.GOOS != "darwin" { // which alone tells bytes
		peak *= 1024
	}
	t.peak = peak / 1e6
	return t
}

// processorOf is the processor time that a running process has taken so far, in seconds, where
// the system says so (proc(5)).
func processorOf(pid int) float64 {
	const tick = 0.01
	said, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, fields, found := strings.Cut(string(said), ") ")
	if err != nil || !found {
		return math.NaN()
	}
	var user, system float64
	f := strings.Fields(fields)
	fmt.Sscan(f[11]+" "+f[12], &user, &system)
	return (user + system) * tick
}

// python returns what asks the twin, or nil without Python.
func python(b *testing.B) func(twinJob) twinAnswer {
	if _, err := exec.LookPath("python3"); err != nil {
		fmt.Println("no python3: its ratios are left out")
		return nil
	}
	return startTwin(b)
}

// kernelInC returns what runs testdata/kernel.c and returns its nanoseconds for an SME and
// week, or nil without a C compiler.
func kernelInC(b *testing.B) func() float64 {
	cc, err := exec.LookPath("cc")
	if err != nil {
		fmt.Println("no cc: the ratio to C is left out")
		return nil
	}
	kernel := filepath.Join(b.TempDir(), "kernel")
	if out, err := exec.Command(cc, "-O2", "-ffp-contract=off", "-o", kernel, "testdata/kernel.c", "-lm").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return func() float64 {
		out, err := exec.Command(kernel).Output()
		if err != nil {
			b.Fatal(err)
		}
		var checksum, ns float64
		if _, err := fmt.Sscan(string(out), &checksum, &ns); err != nil || checksum != kernelChecksum {
			b.Fatalf("kernel.c says %q (%v)", out, err)
		}
		return ns
	}
}

// processor is the processor time of this process that f takes, in seconds.
func processor(f func()) float64 {
	seconds := func() float64 {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			panic(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
	}
	start := seconds()
	f()
	return seconds() - start
}

// leastOf is the least time that f takes of so many, in seconds, as kernel.c has it.
func leastOf(times int, f func() float64) float64 {
	best := math.Inf(1)
	for range times {
		start := time.Now()
		sink = f()
		best = min(best, time.Since(start).Seconds())
	}
	return best
}

func middle(x []float64) float64 { return slices.Sorted(slices.Values(x))[len(x)/2] }

func spreadOf(x []float64) string {
	s := slices.Sorted(slices.Values(x))
	return fmt.Sprintf("%.3g (%.3g–%.3g)", s[len(s)/2], s[1], s[len(s)-2])
}

func rangeOf(x []taking, of func(taking) float64) string {
	s := slices.Sorted(slices.Values(each(x, of)))
	return fmt.Sprintf("%s (%s–%s)", short(s[len(s)/2]), short(s[0]), short(s[len(s)-1]))
}

// short is a number in three digits, and never in powers of ten.
func short(x float64) string {
	if math.Abs(x) >= 1000 {
		return fmt.Sprintf("%.0f", x)
	}
	return fmt.Sprintf("%.3g", x)
}

func each(x []taking, of func(taking) float64) []float64 {
	out := make([]float64, len(x))
	for i, t := range x {
		out[i] = of(t)
	}
	return out
}

// load is how busy the machine is, where it says so.
func load() string {
	f, err := os.Open("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	defer f.Close()
	said, _ := io.ReadAll(f)
	return strings.Join(strings.Fields(string(said))[:1], " ")
}
