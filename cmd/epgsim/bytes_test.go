package main

import (
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// bytesFile holds the hashes of data files, as sha256sum prints them.
const bytesFile = "testdata/bytes.txt"

var updateBytes = flag.Bool("update-bytes", false, "write "+bytesFile+" anew; never do it to make a test pass that should not")

// bytesReplications are few, for the sake of slow platforms. Where a platform
// differs, it differs in the first of them.
const bytesReplications = 4

// The data files of run and compare of all shipped scenarios, of a sweep by each
// method and of a decision are the same bytes on this platform as on every other. Figures
// and the report are not among them: plots draws with ordinary arithmetic,
// whose last bits are each platform's own.
func TestDataFilesAreTheSameBytes(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	names := []string{"naive-expectations", "environmental-technology", "open-group"} // one of them listed, one open
	if asked || *updateBytes {
		names = nil
		for _, s := range scenario.Shipped() {
			names = append(names, s.Name)
		}
	}
	for _, name := range names {
		for _, command := range []string{"run", "compare"} {
			writeData(t, command, name, bytesOptions(filepath.Join(base, command, name)))
		}
	}
	for _, m := range scenario.Methods() {
		writeSweep(t, filepath.Join(base, "sweep", string(m)), m)
	}
	writeDecision(t, filepath.Join(base, "decide"))
	var b strings.Builder
	for _, f := range tree(t, base) {
		if filepath.Base(f) != "manifest.json" { // it says when and with which Go
			fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(read(t, base, f)), f)
		}
	}
	got := b.String()
	t.Logf("%s/%s: %d files, all together %x", runtime.GOOS, runtime.GOARCH, strings.Count(got, "\n"), sha256.Sum256([]byte(got)))
	if *updateBytes {
		if err := os.WriteFile(bytesFile, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want := ""
	for line := range strings.Lines(string(read(t, bytesFile))) {
		if of := strings.Split(line, "/"); strings.HasSuffix(of[0], " sweep") || strings.HasSuffix(of[0], " decide") || slices.Contains(names, of[1]) {
			want += line
		}
	}
	if got != want {
		t.Errorf("these differ from %s:\n%s%s, or a function of package math or a product not rounded before a sum; after a change on purpose, "+
			"go test ./cmd/epgsim -run DataFiles -update-bytes, and say so in the commit", bytesFile, differing(got, want), causes)
	}
}

// differing returns the lines that are in one of two listings alone.
func differing(got, want string) string {
	var b strings.Builder
	for _, l := range [][3]string{{"got ", got, want}, {"want", want, got}} {
		for line := range strings.Lines(l[1]) {
			if !strings.Contains(l[2], line) {
				b.WriteString(l[0] + " " + line)
			}
		}
	}
	return b.String()
}

// studied says whether the study forms were asked for.
var studied = os.Getenv("EPGSIM_STUDY") != ""

// platforms on which the bytes are checked, beside the one the tests run on:
// what is set for them, and the program that runs theirs. Go code compiled for
// amd64 asks the processor for fused multiply-add before it uses it; code
// compiled for v3 and arm64 just does. On 386 an int has 32 bits.
var platforms = []struct {
	name, needs, runner string
	env                 []string
	profiled            bool // built by hot.pgo, as the files of make dist are: more calls inline, more products beside sums
	whole               bool // files too: the program and its libraries cost two minutes of a processor to build
}{
	{"amd64 without FMA", "", "", []string{"GODEBUG=cpu.fma=off,cpu.avx=off"}, false, true},
	{"amd64 v3", "", "", []string{"GOAMD64=v3"}, true, false},
	{"386", "", "", []string{"GOARCH=386"}, false, false},
	{"arm64", "qemu-aarch64", "qemu-aarch64", []string{"GOARCH=arm64"}, true, false},
	{"wasm", "node", "go_js_wasm_exec", []string{"GOOS=js", "GOARCH=wasm"}, false, false},
}

// The golden bytes hold on other processors, and so do the golden results of the
// model, the points of designs, the quantiles of t that the bands are made with and a
// table. Where a processor is emulated, ten times slower, a few scenarios stand
// for all of them but in the study form, which also writes files on all.
func TestGoldenBytesElsewhere(t *testing.T) {
	onlyLong(t)
	switch {
	case runtime.GOOS != "linux" || runtime.GOARCH != "amd64":
		t.Skip("the other platforms are those other than linux/amd64")
	}
	t.Parallel()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	path := "PATH=" + filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm") + string(os.PathListSeparator) + os.Getenv("PATH")
	for _, p := range platforms {
		t.Run(p.name, func(t *testing.T) {
			tests, packages := "TestGoldenResults|TestGoldenPoints|TestStudentTIsTheSameEverywhere|TestGoldenTable", []string{"epgsim/sim", "epgsim/sim/sampling", "epgsim/sim/analysis", "epgsim/sim/store"}
			if p.whole || studied {
				tests, packages = tests+"|TestDataFilesAreTheSameBytes", append(packages, ".")
			}
			args := []string{"test", "-count=1", "-v", "-vet=off", "-run", "^(" + tests + ")$"}
			if p.runner != "" {
				if _, err := exec.LookPath(p.needs); err != nil {
					if os.Getenv("CI") == "true" {
						t.Fatalf("%s is not installed", p.needs)
					}
					t.Skipf("%s is not installed", p.needs)
				}
				args = append(args, "-exec", p.runner)
			}
			if p.profiled {
				profile, err := filepath.Abs("hot.pgo")
				if err != nil {
					t.Fatal(err)
				}
				args = append(args, "-pgo="+profile)
			}
			cmd := exec.Command("go", append(args, packages...)...)
			cmd.Env = append(append(os.Environ(), "CGO_ENABLED=0", path), p.env...)
			if p.runner != "" && !studied {
				cmd.Env = append(cmd.Env, "EPGSIM_LONG=")
			}
			out, err := cmd.CombinedOutput()
			if strings.Contains(string(out), "can only be run on AMD64 processors with v3") {
				t.Skip("this processor has no v3")
			}
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			for name := range strings.SplitSeq(tests, "|") {
				if !strings.Contains(string(out), "--- PASS: "+name+" ") {
					t.Errorf("%s did not run:\n%s", name, out)
				}
			}
			t.Logf("%s", regexp.MustCompile(`\S+: \d+ files, .*`).Find(out))
		})
	}
}

// anyApp is the program with its version and the hash of its model left out of
// what it writes: they change with every comment in the model.
func anyApp() *app {
	return &app{out: io.Discard, err: io.Discard, now: time.Now, as: &store.Manifest{Version: "any", ModelHash: "any"}}
}

// writeData writes what run or compare writes, but for figures and report.
func writeData(t *testing.T, command, name string, o *options) {
	t.Helper()
	usual := runUsually
	if command == "compare" {
		usual = compareUsually
	}
	o.quiet = true
	w, err := anyApp().comparing(command, []string{name}, o, usual)
	if err != nil {
		t.Fatal(err)
	}
	defer w.results.Close()
	if err := w.simulate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := w.results.Finish(); err != nil {
		t.Fatal(err)
	}
}

// bytesOptions are those of the results whose bytes are compared.
func bytesOptions(path string) *options {
	return &options{out: path, replications: bytesReplications, seed: 1, format: choice{value: "both"}, series: 1}
}

// What writeData writes is what the commands write.
func TestWriteDataIsWhatTheCommandsWrite(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	for _, command := range some(1, []string{"run", "compare"}) {
		short, full := filepath.Join(base, command), filepath.Join(base, command+"-full")
		writeData(t, command, "naive-expectations", bytesOptions(short))
		root := anyApp().root()
		root.SetArgs([]string{command, "naive-expectations", "--replications", fmt.Sprint(bytesReplications), "--series", "1", "--quiet", "--out", full})
		if err := root.ExecuteContext(t.Context()); err != nil {
			t.Fatal(err)
		}
		files := slices.DeleteFunc(tree(t, short), func(f string) bool { return f == "manifest.json" })
		if len(files) < 9 {
			t.Errorf("%s: only the files %q", command, files)
		}
		for _, f := range files {
			if string(read(t, short, f)) != string(read(t, full, f)) {
				t.Errorf("%s: %s is not what the command writes", command, f)
			}
		}
	}
}

// sweptDesign is a small sweep over a whole number, a range of the table and a
// logarithmic scale.
const sweptDesign = `
name = "bytes"
scenario = "base"
method = "%s"
%s
replications = 2
series = true
outcomes = ["value_project"]
[set]
project.years = 2
[[factor]]
parameter = "group.size"
%s
[[factor]]
parameter = "manager.hours"
%s
[[factor]]
parameter = "trust.loss"
scale = "log"
%s
`

// sweptMethods say what each method wants: its size, and for each factor the
// values listed or the range.
var sweptMethods = map[scenario.Method][4]string{
	scenario.MethodFactorial:      {"", "values = [4, 6]", "steps = 2", "steps = 3"},
	scenario.MethodOneAtATime:     {"", "values = [4, 6]", "steps = 2", "steps = 3"},
	scenario.MethodLatinHypercube: {"points = 9", "low = 4\nhigh = 7"},
	scenario.MethodSobol:          {"points = 8\nscramble = true", "low = 4\nhigh = 7"},
	scenario.MethodMorris:         {"points = 3\nlevels = 4", "low = 4\nhigh = 7\ngroup = \"a\"", "group = \"a\""},
	scenario.MethodSaltelli:       {"points = 4\nscramble = true\nsecond_order = true", "low = 4\nhigh = 7\ngroup = \"a\"", "group = \"a\""},
}

// writeSweep writes a small sweep by a method, and its runs as CSV too.
func writeSweep(t *testing.T, path string, m scenario.Method) {
	t.Helper()
	w, ok := sweptMethods[m]
	if !ok {
		t.Fatalf("no sweep by method %s", m)
	}
	s := must(experiment.NewSweep(must(loadDesign(designFile(t, fmt.Sprintf(sweptDesign, m, w[0], w[1], w[2], w[3])), nil))))
	head, files, err := anyApp().sweepHead(s, s.Design.Replications)
	if err != nil {
		t.Fatal(err)
	}
	set, err := store.OpenDataset(context.Background(), path, head, files, store.Shard{})
	if err != nil {
		t.Fatal(err)
	}
	defer set.Close()
	if _, _, err := anyApp().runParts(t.Context(), s, &sweepOptions{options: options{quiet: true}}, set); err != nil {
		t.Fatal(err)
	}
	if missing, err := set.Finish(context.Background()); missing != 0 || err != nil {
		t.Fatalf("%d parts missing, %v", missing, err)
	}
	exported := filepath.Join(t.TempDir(), "all.csv")
	done(t, "sweep", "export", path, "--to", exported)
	if err := os.Rename(exported, filepath.Join(path, "all.csv")); err != nil {
		t.Fatal(err)
	}
}

func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

// writeDecision writes the data set of a small decision, with a batch that not every
// option meets.
func writeDecision(t *testing.T, path string) {
	t.Helper()
	root := anyApp().root()
	root.SetArgs([]string{"decide", "environmental-technology", "--worlds", "50", "--most", "150", "--replications", "1", "--discount", "3", "--quiet", "--data-only", "--data", path})
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
}
