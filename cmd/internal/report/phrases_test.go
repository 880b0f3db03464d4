package report

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"epgsim/sim"
)

// said is a phrase that the source says, and where.
type said struct {
	phrase, where string
	args          int // that are put into it; -1: not known
}

// phrasesSaid are all phrases of this package, of its templates and of the figures.
func phrasesSaid(t *testing.T) (all []said) {
	t.Helper()
	for _, dir := range []string{".", "../../../plots"} {
		all = append(all, phrasesOfPackage(t, dir)...)
	}
	for _, file := range glob(t, "*.html") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\{\{say ("(?:[^"\\]|\\.)*")\}\}`).FindAllStringSubmatch(string(text), -1) {
			phrase, err := strconv.Unquote(m[1])
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			all = append(all, said{phrase, file, 0})
		}
	}
	return append(all, phrasesOfModel()...)
}

// phrasesOfModel are those that come from the model's own lists.
func phrasesOfModel() (all []said) {
	add := func(where, phrase string) {
		if phrase != "" && phrase != "%" && phrase != "k€" {
			all = append(all, said{phrase, where, 0})
		}
	}
	for o := range sim.NOutcomes {
		add("outcome", o.Info().Label)
		add("outcome", sim.UnitText(o.Info().Unit))
	}
	for task := range sim.NTasks {
		add("task", task.String())
	}
	for i := range sim.Table {
		if q := &sim.Table[i]; q.Role == sim.Lever {
			add("lever", q.Label)
			add("lever", sim.UnitText(q.Unit))
		}
	}
	for _, name := range []string{"market focus", "customer focus", "system focus", "own mix"} {
		add("form", name)
	}
	return all
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %v, %v", pattern, files, err)
	}
	return files
}

// phrasesOfPackage are the constant first arguments of all calls of Say, say and Phrase,
// and the figures' terms.
func phrasesOfPackage(t *testing.T, dir string) (all []said) {
	t.Helper()
	set, consts := token.NewFileSet(), map[string]ast.Expr{}
	var files []*ast.File
	for _, path := range glob(t, dir+"/*.go") {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
		ast.Inspect(f, func(n ast.Node) bool {
			if d, ok := n.(*ast.GenDecl); ok && d.Tok == token.CONST {
				for _, s := range d.Specs {
					for k, v := range s.(*ast.ValueSpec).Values {
						consts[s.(*ast.ValueSpec).Names[k].Name] = v
					}
				}
			}
			return true
		})
	}
	for name, v := range consts {
		if text, ok := textOf(v, consts); ok && strings.HasPrefix(name, "term") {
			all = append(all, said{text, "terms.go: " + name, -1})
		}
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			name := ""
			switch fun := call.Fun.(type) {
			case *ast.Ident:
				name = fun.Name
			case *ast.SelectorExpr:
				name = fun.Sel.Name
			}
			if name != "Say" && name != "say" && name != "Phrase" {
				return true
			}
			if text, ok := textOf(call.Args[0], consts); ok {
				args := len(call.Args) - 1
				if name == "Phrase" || call.Ellipsis.IsValid() {
					args = -1
				}
				all = append(all, said{text, set.Position(call.Pos()).String(), args})
			}
			return true
		})
	}
	return all
}

// textOf is the value of a constant text.
func textOf(e ast.Expr, consts map[string]ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if v := constant.MakeFromLiteral(e.Value, e.Kind, 0); v.Kind() == constant.String {
			return constant.StringVal(v), true
		}
	case *ast.Ident:
		if v, ok := consts[e.Name]; ok {
			return textOf(v, consts)
		}
	case *ast.BinaryExpr:
		a, known := textOf(e.X, consts)
		b, too := textOf(e.Y, consts)
		return a + b, known && too && e.Op == token.ADD
	}
	return "", false
}
