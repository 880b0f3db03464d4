package sim

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const oddFile = "ODD.md"

// The tables of ODD.md are what the code itself says.
func TestODDTablesAreGenerated(t *testing.T) {
	text := readODD(t)
	got := text
	for _, part := range oddParts(t, text) {
		start := "<!-- generated: " + part.name + " -->\n"
		before, rest, ok := strings.Cut(got, start)
		_, after, ended := strings.Cut(rest, "<!-- end -->")
		if !ok || !ended {
			t.Fatalf("%s has no place for the generated %s", oddFile, part.name)
		}
		got = before + start + part.text + "<!-- end -->" + after
	}
	if got == text {
		return
	}
	if *update {
		if err := os.WriteFile(oddFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	a, b := strings.Split(text, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("%s:%d says\n%s\nthe code says\n%s\ngo test ./sim -run ODD -update writes it anew; then see whether the prose still holds", oddFile, i+1, a[i], b[i])
		}
	}
	t.Fatalf("%s has %d lines, should have %d; go test ./sim -run ODD -update writes it anew", oddFile, len(a), len(b))
}

// Every parameter, shape constant, outcome, column and weekly step of the code is
// described in the prose, not only listed.
func TestODDDescribesEverything(t *testing.T) {
	text := readODD(t)
	prose := regexp.MustCompile(`(?s)<!-- generated: .*?<!-- end -->`).ReplaceAllString(text, "")
	from, to := strings.Index(prose, "\n## 2 "), strings.Index(prose, "\n## Appendix A")
	if from < 0 || to < from {
		t.Fatal("sections 2 to 7 cannot be found")
	}
	body := prose[from:to]
	names := map[string][]string{}
	for i := range Table {
		names["parameter"] = append(names["parameter"], Table[i].Name)
	}
	for _, c := range shapeConstants(t) {
		names["constant"] = append(names["constant"], c.name)
	}
	for o := range NOutcomes {
		names["outcome"] = append(names["outcome"], o.Info().Name)
	}
	for c := range NColumns {
		names["column"] = append(names["column"], c.Info().Name)
	}
	for _, s := range weeklySteps(t) {
		names["step"] = append(names["step"], s.name)
	}
	for what, list := range names {
		for _, name := range list {
			if !regexp.MustCompile(`(^|[^\w.])` + regexp.QuoteMeta(name) + `($|[^\w.]|\.\W)`).MatchString(body) {
				t.Errorf("%s %s is described nowhere in sections 2 to 7", what, name)
			}
		}
	}
}

// Each weekly step is in the file that Step names.
func TestStepsAreWhereStepSays(t *testing.T) {
	for _, s := range weeklySteps(t) {
		if src, err := fs.ReadFile(Source, s.file); err != nil || !strings.Contains(string(src), "\nfunc (g *Group) "+s.name+"() {") {
			t.Errorf("Step says that %s is in %q; it is not (%v)", s.name, s.file, err)
		}
	}
}

// ODD.md names no parameter and no state variable of SMEs that the code does not
// have, its numbers for exp, log, normals and the generator are those of the code,
// and every statement of the coverage table is judged once.
func TestODDNamesOnlyWhatExists(t *testing.T) {
	text := readODD(t)
	sections := map[string]bool{}
	for i := range Table {
		section, _, _ := strings.Cut(Table[i].Name, ".")
		sections[section] = true
	}
	for _, m := range regexp.MustCompile("`(\\w+)\\.(\\w+)`").FindAllStringSubmatch(text, -1) {
		name := m[1] + "." + m[2]
		if sections[m[1]] && Lookup(name) == nil && name != "group.mix" { // a list, not a number of the table
			t.Errorf("there is no parameter %s", name)
		}
	}
	for _, m := range regexp.MustCompile(`(?m)^\| [^|]+ \| ([\w, ]+) \|.*\| (?:static|dynamic|weekly) \|`).FindAllStringSubmatch(text, -1) {
		for _, field := range strings.Split(m[1], ", ") {
			_, ofMember := reflect.TypeFor[member]().FieldByName(field)
			if _, ofCandidate := reflect.TypeFor[candidate]().FieldByName(field); !ofMember && !ofCandidate {
				t.Errorf("SMEs have no state variable %s in the code", field)
			}
		}
	}
	for _, file := range []string{"numeric.go", "luck.go"} {
		for _, lit := range literals(t, file) {
			if len(lit) > 8 && !strings.Contains(text, lit) {
				t.Errorf("the number %s of %s does not stand in %s", lit, file, oddFile)
			}
		}
	}
	_, coverage, _ := strings.Cut(text, "\n## Appendix D")
	last := 0
	for _, line := range strings.Split(coverage, "\n") {
		if !strings.HasPrefix(line, "| C") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		id, err := strconv.Atoi(strings.TrimPrefix(cells[0], "C"))
		if err != nil || id <= last || len(cells) != 4 || !slices.Contains([]string{"in", "partly", "out"}, cells[2]) {
			t.Errorf("coverage row %q", line)
		}
		last = id
	}
	if last == 0 {
		t.Error("there is no coverage table")
	}
}

// Which form a group has is asked in kind.go only, by the columns of the kinds:
// no other file names a kind or compares kinds, and the mix of kinds is known
// only where it is made.
func TestNoRuleAsksForTheForm(t *testing.T) {
	mayName := map[string][]string{
		"MarketSale": {"kind.go"}, "CustomerSale": {"kind.go"}, "SystemSale": {"kind.go"},
		"weights": {"kind.go", "group.go"}, "Focus": {"fields.go", "params.go", "table.go"}, "Mix": {"params.go"},
	}
	found := map[string]bool{}
	eachSource(t, Source, 20, func(fset *token.FileSet, name string, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if files, ok := mayName[n.Name]; ok {
					found[n.Name] = true
					if !slices.Contains(files, name) {
						t.Errorf("%s names %s, which only %v may", fset.Position(n.Pos()), n.Name, files)
					}
				}
			case *ast.BinaryExpr:
				if x, ok := n.X.(*ast.SelectorExpr); ok && x.Sel.Name == "kind" {
					t.Errorf("%s compares kinds of opportunities", fset.Position(n.Pos()))
				}
			case *ast.SwitchStmt:
				if x, ok := n.Tag.(*ast.SelectorExpr); ok && x.Sel.Name == "kind" {
					t.Errorf("%s asks for the kind of an opportunity", fset.Position(n.Pos()))
				}
			}
			return true
		})
	})
	if len(found) != len(mayName) {
		t.Errorf("only %v are named at all", found)
	}
}

func readODD(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(oddFile)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

type oddPart struct{ name, text string }

// oddParts are the generated tables of text. Of the schedule, what a step does is
// written by hand, and stays.
func oddParts(t *testing.T, text string) []oddPart {
	row := func(cells ...string) string { return "| " + strings.Join(cells, " | ") + " |\n" }
	head := func(cells ...string) string {
		return row(cells...) + "|" + strings.Repeat("---|", len(cells)) + "\n"
	}
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	kinds := [...]string{"", ", whole", ", switch"}

	params := head("parameter", "unit", "allowed", "default", "plausible", "role", "meaning", "source")
	for i := range Table {
		q := &Table[i]
		plausible := "–"
		if q.Low != q.High {
			plausible = number(q.Low) + " … " + number(q.High)
		}
		params += row("`"+q.Name+"`", q.Unit, number(q.Min)+" … "+number(q.Max), number(q.Default), plausible, q.Role.String()+kinds[q.Type], q.Doc, q.Source)
	}
	constants := head("constant", "value", "meaning")
	for _, c := range shapeConstants(t) {
		constants += row("`"+c.name+"`", c.value, c.doc)
	}
	out := head("outcome", "unit", "better", "meaning")
	for o := range NOutcomes {
		i := o.Info()
		out += row("`"+i.Name+"`", i.Unit, [...]string{"less", "–", "more"}[i.Better+1], i.Doc)
	}
	columns := head("weekly column", "unit", "meaning")
	for c := range NColumns {
		i := c.Info()
		columns += row("`"+i.Name+"`", i.Unit, i.Doc)
	}
	log := head("event", "meaning", "numbers")
	for k := range NEvents {
		i := k.Info()
		numbers := strings.TrimRight(strings.Join(i.Numbers[:], ", "), ", ")
		log += row("`"+i.Name+"`", i.Doc, numbers)
	}
	off := head("mechanism", "when it is off")
	for i := range Mechanisms {
		off += row("`"+Mechanisms[i].Name+"`", Mechanisms[i].Doc)
	}
	draws := head("decision", "constant", "agent", "serial", "U₁", "U₂")
	for _, d := range drawConstants(t) {
		draws += row(strconv.Itoa(d.number), "`"+d.name+"`", d.doc)
	}
	schedule := head("step", "what", "submodel")
	for _, s := range weeklySteps(t) {
		what := "?"
		if m := regexp.MustCompile("(?m)^\\| `" + s.name + "` \\| (.*) \\| [\\d.]+ \\|$").FindStringSubmatch(text); m != nil {
			what = m[1]
		}
		schedule += row("`"+s.name+"`", what, s.section)
		if s.name == "observe" {
			schedule += row("(w ← w + 1)", "", "")
		}
	}
	return []oddPart{{"draws", draws}, {"schedule", schedule}, {"parameters", params}, {"constants", constants}, {"outcomes", out}, {"columns", columns}, {"events", log}, {"mechanisms", off}}
}

func parseSource(t *testing.T, name string) *ast.File {
	t.Helper()
	src, err := fs.ReadFile(Source, name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

type shapeConstant struct{ name, value, doc string }

// shapeConstants are the lower-case constants of params.go with a comment.
func shapeConstants(t *testing.T) (all []shapeConstant) {
	for _, d := range parseSource(t, "params.go").Decls {
		d, ok := d.(*ast.GenDecl)
		if !ok || d.Tok != token.CONST {
			continue
		}
		for _, s := range d.Specs {
			s := s.(*ast.ValueSpec)
			if len(s.Values) != 1 || ast.IsExported(s.Names[0].Name) {
				continue
			}
			value := ""
			switch v := s.Values[0].(type) {
			case *ast.BasicLit:
				value = v.Value
			case *ast.BinaryExpr:
				value = v.X.(*ast.BasicLit).Value + " " + v.Op.String() + " " + v.Y.(*ast.BasicLit).Value
			}
			all = append(all, shapeConstant{s.Names[0].Name, value, strings.TrimSpace(s.Comment.Text())})
		}
	}
	if len(all) == 0 {
		t.Fatal("no shape constants found in params.go")
	}
	return all
}

type weeklyStep struct{ name, file, section string }

// weeklySteps are the calls of Step in order, with what stands beside them.
func weeklySteps(t *testing.T) (all []weeklyStep) {
	src, err := fs.ReadFile(Source, "step.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^\tg\.(\w+)\(\)(?: +// (\w+\.go), (7\.\d+))?$`).FindAllStringSubmatch(string(src), -1) {
		all = append(all, weeklyStep{m[1], m[2], m[3]})
	}
	if len(all) < 20 {
		t.Fatalf("only %d weekly steps found in step.go", len(all))
	}
	return all
}

type drawConstant struct {
	number    int
	name, doc string
}

// drawConstants are the decisions of luck.go in order.
func drawConstants(t *testing.T) (all []drawConstant) {
	ast.Inspect(parseSource(t, "luck.go"), func(n ast.Node) bool {
		if s, ok := n.(*ast.ValueSpec); ok && strings.HasPrefix(s.Names[0].Name, "draw") {
			doc := strings.TrimSpace(s.Comment.Text())
			if strings.Count(doc, " | ") != 3 {
				t.Errorf("beside %s stands %q; want agent | serial number | first draw | second draw", s.Names[0].Name, doc)
			}
			all = append(all, drawConstant{len(all), s.Names[0].Name, doc})
		}
		return true
	})
	if len(all) != int(nDraws) {
		t.Fatalf("%d draws can be found in luck.go, want %d", len(all), nDraws)
	}
	return all
}

// Every decision is drawn somewhere.
func TestEveryDrawIsUsed(t *testing.T) {
	used := map[string]bool{}
	eachSource(t, Source, 20, func(_ *token.FileSet, name string, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok {
				for _, arg := range c.Args {
					if id, ok := arg.(*ast.Ident); ok {
						used[id.Name] = true
					}
				}
			}
			return true
		})
	})
	for _, d := range drawConstants(t) {
		if !used[d.name] {
			t.Errorf("%s is drawn nowhere", d.name)
		}
	}
}

// literals are the numbers written in a file.
func literals(t *testing.T, name string) (all []string) {
	ast.Inspect(parseSource(t, name), func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && (l.Kind == token.FLOAT || l.Kind == token.INT) {
			all = append(all, l.Value)
		}
		return true
	})
	return all
}
