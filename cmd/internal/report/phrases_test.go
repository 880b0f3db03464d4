package report

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"html"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"epgsim/cmd/internal/tell"
	"epgsim/scenarios"
	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// said is a phrase that the source says, and where.
type said struct {
	phrase, where string
	args          int // that are put into it; -1: not known
}

// phrasesSaid are all phrases of this package, of its templates, of stories and of the figures.
func phrasesSaid(t *testing.T) (all []said) {
	t.Helper()
	for _, dir := range []string{".", "../tell", "../../../plots"} {
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
	for _, name := range scenarios.Names() {
		s, err := scenario.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, said{s.Title, name, 0})
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
		q := &sim.Table[i]
		add("unit", sim.UnitText(q.Unit))
		if q.Role == sim.Lever {
			add("lever", q.Label)
			add("lever", q.Doc)
		}
	}
	for _, of := range []string{"Scenario", "Programme"} {
		add("page.go", of)
		add("page.go", of+" hash")
	}
	own := sim.Defaults()
	own.Group.Focus = 0.25
	for _, v := range experiment.PureForms(own) {
		add("form", v.Name)
	}
	return all
}

// verbs are those of a phrase, each with the number of its argument, from 1.
func verbs(phrase string) map[string]bool {
	found, next := map[string]bool{}, 1
	for _, m := range verb.FindAllStringSubmatch(phrase, -1) {
		switch {
		case m[2] == "%":
			continue
		case m[1] != "":
			next, _ = strconv.Atoi(m[1])
		}
		found[strconv.Itoa(next)+m[2]] = true
		next++
	}
	return found
}

var verb = regexp.MustCompile(`%(?:\[([0-9]+)\])?[.0-9]*([a-z%])`)

// englishSoFar are files whose phrases may lack translations: those of decisions, calibrations and
// programmes.
var englishSoFar = regexp.MustCompile(`(^|/)(decision|programme|calibration)[a-z]*\.go:`)

// Every phrase is in every language, with the same verbs for the same arguments, and no
// language has one that nobody says.
func TestPhrasesAreTranslated(t *testing.T) {
	all := phrasesSaid(t)
	if len(all) < 300 {
		t.Fatalf("only %d phrases found: the search misses some", len(all))
	}
	for _, code := range tell.Languages[1:] {
		l, err := tell.LanguageOf(code)
		if err != nil {
			t.Fatal(err)
		}
		known := l.Phrases()
		unsaid := maps.Clone(known)
		for _, s := range all {
			want := map[string]bool{}
			if s.args != 0 { // without arguments a phrase is said as it stands
				want = verbs(s.phrase)
			}
			if s.args > 0 && len(want) != s.args {
				t.Errorf("%s: %d arguments for %q", s.where, s.args, s.phrase)
			}
			translated, ok := known[s.phrase]
			delete(unsaid, s.phrase)
			switch {
			case !ok && englishSoFar.MatchString(s.where):
			case !ok || translated == "":
				t.Errorf("%s: %s has no %q", s.where, code, s.phrase)
			case s.args != 0 && !maps.Equal(verbs(translated), want):
				t.Errorf("%s: %s has other verbs: %q for %q", s.where, code, translated, s.phrase)
			}
		}
		for i := range sim.Table { // those of uncertainties and constants may be missing
			delete(unsaid, sim.Table[i].Doc)
		}
		for phrase := range unsaid {
			t.Errorf("%s has %q, which nobody says", code, phrase)
		}
	}
}

// english are words that neither Finnish nor Swedish has.
var english = regexp.MustCompile(`(?i)\b(the|of|and|with|than|which|year|years|by|mean|share|week|from|project|group|groups|after|its|sold|manager|hours|trust|deals)\b`)

// Verdict, tables and what figures draw hold no English.
func TestNoEnglishLeft(t *testing.T) {
	w := compared(t, "base", 6, []float64{1, 3}, "group.focus=0 manager.hours=16", "group.focus=1 manager.hours=32")
	for k := range w.c.Variants {
		w.c.Variants[k].Key = strings.Split(w.c.Variants[k].Key, " ")[1]
	}
	one := compared(t, "food-products", 6, []float64{1, 3}, "group.focus=0")
	one.c.Variants[0].Name = "market focus"
	for _, code := range tell.Languages[1:] {
		l, err := tell.LanguageOf(code)
		if err != nil {
			t.Fatal(err)
		}
		w.Language, one.Language = l, l
		look := func(where string, lines ...string) {
			for _, line := range lines {
				if word := english.FindString(line); word != "" || regexp.MustCompile(`[0-9]\.[0-9]|%!|NaN`).MatchString(line) {
					t.Errorf("%s, %s: %q in: %s", code, where, word, line)
				}
			}
		}
		look("verdict", append(w.verdict(), one.verdict()...)...)
		look("method", w.compared())
		for _, table := range []table{w.periodsTable(), w.howLongTable(), w.stoppingTable(), w.outcomesTable(), one.distributionTable(), one.aloneTable()} {
			look("table", table.Title, table.Note, strings.Join(table.Header, " "))
			for _, row := range table.Rows {
				look("table", row...)
			}
		}
		for _, d := range []drawing{drawComparison(w, nil, w.typical(0)), drawRun(one, "market", one.typical(0))} {
			if d.err != nil {
				t.Fatal(d.err)
			}
			for _, f := range d.figures {
				look(f.Name, f.Caption, f.Alt)
				svg, err := f.SVG()
				if err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(string(svg), ` lang="`+code+`"`) {
					t.Errorf("%s: no lang=%q", f.Name, code)
				}
				for _, m := range drawnText.FindAllStringSubmatch(string(svg), -1) {
					look(f.Name, html.UnescapeString(m[1]))
				}
			}
		}
	}
}

// drawnText is what a figure's SVG shows: its text, and what is said of marks.
var drawnText = regexp.MustCompile(`(?s)<(?:text|title)[^>]*>(.*?)</(?:text|title)>`)

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
			if _, method := call.Fun.(*ast.SelectorExpr); !(name == "Say" || name == "Phrase" || name == "say" && method && dir != ".") {
				return true // say is the pen's and the inputs' of figures only
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
