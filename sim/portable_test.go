package sim

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// long asks for the long forms of the tests, which take more than some seconds.
var long = os.Getenv("EPGSIM_LONG") != ""

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

// Wherever a product meets a sum it is rounded first, by a conversion: on arm64 the
// two would be fused, and results differ. The source shows most such places; the
// long form looks at the machine's instructions.
func TestNoFusedMultiplyAdd(t *testing.T) {
	for _, folder := range []string{".", "sampling", "scenario"} {
		fset, files := token.NewFileSet(), []*ast.File{}
		eachSource(t, os.DirFS(folder), 7, func(_ *token.FileSet, name string, _ *ast.File) {
			file, err := parser.ParseFile(fset, filepath.Join(folder, name), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		})
		for _, place := range unrounded(fset, files) {
			t.Errorf("%s: a product meets a sum unrounded", place)
		}
		if long {
			noFusedInstruction(t, "./"+folder)
		}
	}
}

// unrounded are the places where a product of floats, or a variable that is one,
// is added or subtracted as it is.
func unrounded(fset *token.FileSet, files []*ast.File) (places []string) {
	info := types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Error: func(error) {}, Importer: nothing{}}
	_, _ = config.Check("sources", fset, files, &info)
	products := map[types.Object]bool{}
	isProduct := func(e ast.Expr) bool {
		e = ast.Unparen(e)
		if id, ok := e.(*ast.Ident); ok {
			return products[info.Uses[id]]
		}
		b, ok := e.(*ast.BinaryExpr)
		if !ok || b.Op != token.MUL || info.Types[e].Value != nil || isInteger(info.TypeOf(e)) {
			return false
		}
		two := info.Types[b.X].Value
		return two == nil || two.ExactString() != "2" // doubling is exact
	}
	look := func(n ast.Node) bool {
		var sums []ast.Expr
		switch n := n.(type) {
		case *ast.AssignStmt:
			for k, to := range n.Lhs {
				if id, ok := to.(*ast.Ident); ok && n.Tok == token.DEFINE && len(n.Lhs) == len(n.Rhs) && isProduct(n.Rhs[k]) {
					products[info.Defs[id]] = true
				}
			}
			if n.Tok == token.ADD_ASSIGN || n.Tok == token.SUB_ASSIGN {
				sums = n.Rhs
			}
		case *ast.BinaryExpr:
			if n.Op == token.ADD || n.Op == token.SUB {
				sums = []ast.Expr{n.X, n.Y}
			}
		}
		for _, e := range sums {
			if isProduct(e) {
				places = append(places, fset.Position(e.Pos()).String())
			}
		}
		return true
	}
	for _, f := range files {
		ast.Inspect(f, look)
	}
	return places
}

func isInteger(t types.Type) bool {
	if t == nil {
		return false
	}
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0
}

// nothing imports packages without anything in them: what they have is of no type.
type nothing struct{}

func (nothing) Import(path string) (*types.Package, error) {
	return types.NewPackage(path, filepath.Base(path)), nil
}

func TestUnroundedProductsAreFound(t *testing.T) {
	for body, want := range map[string]int{
		"return x*y + z":                1,
		"return z - (x * y)":            1,
		"z += x * y; return z":          1,
		"p := x * y; return z + p":      1,
		"return x*y + z - x*z":          2,
		"return float64(x*y) + z":       0,
		"p := float64(x * y); z -= p":   0,
		"n := 2; n += n * 3; return z":  0,
		"return x*y*z - 0.5*2":          1,
		"return (x + y) * z / (y - x)":  0,
		"return 1 - 2*x":                0,
		"return z + 2*math.Sqrt(x)*x":   1,
		"return z + float64(x*g.p.q.r)": 0,
	} {
		source := "package p; func f(x, y, z float64) float64 { " + body + " }"
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "p.go", source, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := unrounded(fset, []*ast.File{file}); len(got) != want {
			t.Errorf("%s: found at %v, want %d", body, got, want)
		}
	}
}

// noFusedInstruction compiles a package for arm64 and looks at its instructions.
func noFusedInstruction(t *testing.T, folder string) {
	t.Helper()
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
