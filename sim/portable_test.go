package sim

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden results anew; never do it to make a test pass that should not")

// golden runs of the forms, one line each.
func goldenLines() string {
	var b strings.Builder
	for _, f := range forms {
		for _, open := range []float64{0, 1} {
			p := at(map[string]float64{"group.focus": f.focus, "group.open": open, "markets.count": 2, "markets.assistant": 5})
			h := sha256.New()
			g, s := NewGroup(), new(Series)
			g.Record(s)
			for r := range uint64(20) {
				result := g.Run(&p, 42, r)
				for _, v := range result.Values {
					_ = binary.Write(h, binary.LittleEndian, math.Float64bits(v)&^signOfNaN(v))
				}
				for c := range s.Columns {
					for _, v := range s.Columns[c] {
						_ = binary.Write(h, binary.LittleEndian, math.Float64bits(v)&^signOfNaN(v))
					}
				}
			}
			fmt.Fprintf(&b, "%s open=%v %s\n", f.name, open, hex.EncodeToString(h.Sum(nil)))
		}
	}
	return b.String()
}

// signOfNaN masks the bits of a NaN that platforms set differently.
func signOfNaN(v float64) uint64 {
	if math.IsNaN(v) {
		return math.MaxUint64
	}
	return 0
}

// The same seed gives the same bytes, on this platform as on every other.
func TestGoldenResults(t *testing.T) {
	const file = "testdata/golden.txt"
	got := goldenLines()
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("results differ from %s:\ngot\n%swant\n%sUsual causes: the model was changed on purpose (then run go test ./sim -run Golden -update and say so in the commit); "+
			"a draw without an address of its own; a map iterated; a product not rounded before a sum; a function of package math", file, got, want)
	}
}

// portableMath is what package math gives with the same bits on every platform.
var portableMath = map[string]bool{"Sqrt": true, "Floor": true, "Ceil": true, "Abs": true, "Round": true, "Trunc": true, "Float64bits": true, "Float64frombits": true,
	"NaN": true, "IsNaN": true, "Inf": true, "IsInf": true, "Sqrt2": true, "MaxUint64": true, "MaxInt64": true, "MaxFloat32": true}

// eachSource parses the files of a folder, without its tests, and complains of
// functions of package math that are not portable.
func eachSource(t *testing.T, folder fs.FS, least int, look func(fset *token.FileSet, name string, file *ast.File)) {
	t.Helper()
	names, err := fs.Glob(folder, "*.go")
	names = slices.DeleteFunc(names, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
	if err != nil || len(names) < least {
		t.Fatalf("%d files, %v", len(names), err)
	}
	for _, name := range names {
		src, err := fs.ReadFile(folder, name)
		if err != nil {
			t.Fatal(err)
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if n, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "math" && !portableMath[n.Sel.Name] {
					t.Errorf("%s: math.%s differs between platforms", fset.Position(n.Pos()), n.Sel.Name)
				}
			}
			return true
		})
		look(fset, name, file)
	}
}

// The model calls no function whose bits differ between platforms, reads no
// clock or file, and iterates over no map.
func TestSourceIsPortable(t *testing.T) {
	imports := map[string]bool{`"math"`: true, `"math/bits"`: true, `"fmt"`: true, `"embed"`: true, `"slices"`: true, `"strings"`: true}
	eachSource(t, Source, 20, func(fset *token.FileSet, name string, file *ast.File) {
		for _, i := range file.Imports {
			if !imports[i.Path.Value] {
				t.Errorf("%s imports %s", name, i.Path.Value)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if _, ok := n.(*ast.MapType); ok {
				t.Errorf("%s: a map; its order is not the same twice", fset.Position(n.Pos()))
			}
			return true
		})
	})
}

// What decides which points are simulated calls no such function either.
func TestDesignsArePortable(t *testing.T) {
	for _, folder := range []string{"sampling", "scenario"} {
		eachSource(t, os.DirFS(folder), 7, func(_ *token.FileSet, name string, file *ast.File) {
			for _, i := range file.Imports {
				if p := i.Path.Value; strings.Contains(p, "gonum") || strings.Contains(p, "math/cmplx") || strings.Contains(p, "/rand") {
					t.Errorf("%s/%s imports %s", folder, name, p)
				}
			}
		})
	}
}

// No product is fused with a sum, neither in the model nor in what decides
// which points are simulated: arm64 would, and results would differ.
func TestNoFusedMultiplyAdd(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles packages for arm64; left out with -short")
	}
	for _, folder := range []string{".", "./sampling", "./scenario"} {
		cmd := exec.Command("go", "build", "-gcflags=-S", folder)
		cmd.Env = append(os.Environ(), "GOARCH=arm64", "GOOS=linux", "CGO_ENABLED=0")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if !regexp.MustCompile(`\bF(MUL|DIV)D\b`).Match(out) {
			t.Fatalf("the listing of %s shows no arithmetic; the check cannot see anything", folder)
		}
		for _, line := range regexp.MustCompile(`(?m)^.*\bFN?M(ADD|SUB)D\b.*$`).FindAllString(string(out), -1) {
			t.Errorf("fused: %s", strings.TrimSpace(line))
		}
	}
}

// The golden results, and the golden points of designs, hold on another
// processor and in a browser's machine too.
func TestGoldenResultsElsewhere(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles and runs the package for other platforms; left out with -short")
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	wasm := filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "go_js_wasm_exec")
	for _, p := range []struct{ name, os, arch, needs, runner string }{
		{"arm64", "linux", "arm64", "qemu-aarch64", "qemu-aarch64"},
		{"wasm", "js", "wasm", "node", wasm},
	} {
		t.Run(p.name, func(t *testing.T) {
			if _, err := exec.LookPath(p.needs); err != nil {
				if os.Getenv("CI") == "true" {
					t.Fatalf("%s is not installed", p.needs)
				}
				t.Skipf("%s is not installed", p.needs)
			}
			cmd := exec.Command("go", "test", "-exec", p.runner, "-run", "^(TestGoldenResults|TestGoldenPoints)$", "-count=1", "-v", ".", "./sampling")
			cmd.Env = append(os.Environ(), "GOOS="+p.os, "GOARCH="+p.arch, "CGO_ENABLED=0")
			out, err := cmd.CombinedOutput()
			if err != nil || !strings.Contains(string(out), "--- PASS: TestGoldenResults") || !strings.Contains(string(out), "--- PASS: TestGoldenPoints") {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
