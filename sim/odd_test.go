package sim

import (
	"fmt"
	"go/ast"
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

// The description of the model, and what it leaves to a supplement.
const (
	oddFile        = "ODD.md"
	supplementFile = "ODD-supplement.md"
)

// The tables of the description and its supplement, and the numbers of the worked
// example, are what the code itself says. Each has its place in one of the two.
func TestODDTablesAreGenerated(t *testing.T) {
	parts := append(oddParts(t, readODD(t)), exampleParts(t)...)
	places := 0
	for _, file := range []string{oddFile, supplementFile} {
		text := readText(t, file)
		got := text
		for _, part := range parts {
			start := "<!-- generated: " + part.name + " -->\n"
			before, rest, ok := strings.Cut(got, start)
			if !ok {
				continue
			}
			_, after, ended := strings.Cut(rest, "<!-- end -->")
			if !ended {
				t.Fatalf("in %s the generated %s does not end", file, part.name)
			}
			got = before + start + part.text + "<!-- end -->" + after
			places++
		}
		compareODD(t, file, text, got)
	}
	if places != len(parts) {
		t.Errorf("%s and %s have %d places for %d generated parts", oddFile, supplementFile, places, len(parts))
	}
}

// compareODD fails where a file's text is not what it should be, or writes it anew.
func compareODD(t *testing.T, file, text, got string) {
	t.Helper()
	if got == text {
		return
	}
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	a, b := strings.Split(text, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("%s:%d says\n%s\nthe code says\n%s\ngo test ./sim -run ODD -update writes it anew; then see whether the prose still holds", file, i+1, a[i], b[i])
		}
	}
	t.Fatalf("%s has %d lines, should have %d; go test ./sim -run ODD -update writes it anew", file, len(a), len(b))
}

// Every parameter, shape constant, outcome, column and weekly step of the code is
// described in the prose, not only listed: sections 2 to 7, and the supplement's
// section of outcomes and columns.
func TestODDDescribesEverything(t *testing.T) {
	body := proseBetween(t, oddFile, "\n## 2 ", "\n## 8 ")
	outcomes := proseBetween(t, supplementFile, "\n## S4 ", "\n## S5 ")
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
		body := body
		if what == "outcome" || what == "column" {
			body = outcomes
		} else if what != "step" {
			body += outcomes // some numbers only measure
		}
		for _, name := range list {
			if !regexp.MustCompile(`(^|[^\w.])` + regexp.QuoteMeta(name) + `($|[^\w.]|\.\W)`).MatchString(body) {
				t.Errorf("%s %s is described nowhere", what, name)
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

// The description names no parameter and no state variable of SMEs that the code does
// not have. In its supplement the numbers for exp, log, normals and the generator are
// those of the code, and every statement of the coverage table is judged once.
func TestODDNamesOnlyWhatExists(t *testing.T) {
	supplement := readText(t, supplementFile)
	text := readODD(t) + supplement
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
			if len(lit) > 8 && !strings.Contains(supplement, lit) {
				t.Errorf("the number %s of %s does not stand in %s", lit, file, supplementFile)
			}
		}
	}
	_, coverage, _ := strings.Cut(supplement, "\n## S5 ")
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
		"weights": {"kind.go", "group.go"}, "Focus": {"fields.go", "params.go", "table.go"}, "Mix": {"params.go", "carry.go"},
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

// proseBetween is the text of a file between two headings, without generated tables.
func proseBetween(t *testing.T, file, from, to string) string {
	t.Helper()
	prose := regexp.MustCompile(`(?s)<!-- generated: .*?<!-- end -->`).ReplaceAllString(readText(t, file), "")
	i, j := strings.Index(prose, from), strings.Index(prose, to)
	if i < 0 || j < i {
		t.Fatalf("%s has no text between %q and %q", file, from, to)
	}
	return prose[i:j]
}

func readODD(t *testing.T) string { return readText(t, oddFile) }

func readText(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The values by which somebody who builds the model again can test it are those of
// this one.
func TestODDTestValues(t *testing.T) {
	l := newLuck(1, 0)
	first, second := l.philox(address(drawWorkload, 3), 7)
	u, v := l.pair(drawWorkload, 3, 7)
	want := []string{
		fmt.Sprintf("key %#x; there decision %d, agent 3, serial 7 gives the words %#x and %#x, U₁ = %.17g, U₂ = %.17g, N(U₁) = %.17g",
			l.keys[0], drawWorkload, first, second, u, v, normal(u)),
	}
	p, g := Defaults(), NewGroup()
	g.Reset(&p, 1, 0)
	var ids, fits []string
	for i := range g.n {
		ids = append(ids, strconv.Itoa(g.members[i].id))
		fits = append(fits, fmt.Sprintf("%.6f", g.members[i].fit[0]))
	}
	hub := g.hub
	r := g.Run(&p, 1, 0)
	want = append(want, fmt.Sprintf("candidates %s, the hub is slot %d, the fits are %s, %v deals are won in the project, the first in week %v, and `value_project` is %v.",
		strings.Join(ids, ", "), hub, strings.Join(fits, ", "), r.Get(DealsProject), r.Get(FirstDealWeek), r.Get(ValueProject)))
	for _, w := range want {
		if !strings.Contains(readText(t, supplementFile), w) {
			t.Errorf("%s does not say %q", supplementFile, w)
		}
	}
}

// The page at the start says of each rule what is left of the value without it. Its
// switches exist; with EPGSIM_LONG the shares are measured.
func TestODDSaysWhatIsLeftWithout(t *testing.T) {
	rows := regexp.MustCompile("(?m)^\\| .* \\| `([a-z-]+)` \\| ([\\d.]+) \\| ([\\d.]+) \\| ([\\d.]+) \\|$").FindAllStringSubmatch(readODD(t), -1)
	if len(rows) < 5 {
		t.Fatalf("only %d rules without which something is left", len(rows))
	}
	long := os.Getenv("EPGSIM_LONG") != ""
	var with [3]float64
	for k := range with {
		if long {
			with[k] = valueOfForm(k, nil)
		}
	}
	for _, row := range rows {
		m := MechanismNamed(row[1])
		if m == nil {
			t.Errorf("%s cannot be switched off", row[1])
			continue
		}
		for k := range with {
			if !long {
				continue
			}
			if got := strconv.FormatFloat(valueOfForm(k, m)/with[k], 'f', 2, 64); got != row[2+k] {
				t.Errorf("without %s %s of the value is left in form %d; %s says %s", row[1], got, k, oddFile, row[2+k])
			}
		}
	}
}

// valueOfForm is the mean value by the horizon of market, customer and
// system focus with the technology that the page names, without a mechanism.
func valueOfForm(k int, off *Mechanism) float64 {
	p, sum := Defaults(), 0.0
	p.Group.Focus, p.Group.Technology = float64(k)/2, [...]float64{0.2, 0.5, 0.85}[k]
	if off != nil {
		off.SwitchOff(&p)
	}
	g := NewGroup()
	for r := range uint64(300) {
		sum += g.Run(&p, 1, r).Get(ValueTotal)
	}
	return sum / 300
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
