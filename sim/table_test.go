package sim

import (
	"math"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"epgsim/sim/internal/fields"
)

// Every number of Params stands in the table exactly once, with a meaning, a
// unit, a source and ranges that hold each other.
func TestTableIsComplete(t *testing.T) {
	var p Params
	seen := map[*float64]string{}
	names := map[string]bool{}
	for i := range Table {
		q := &Table[i]
		if other, ok := seen[q.at(&p)]; ok {
			t.Errorf("%s and %s are the same number", q.Name, other)
		}
		seen[q.at(&p)] = q.Name
		if names[q.Name] {
			t.Errorf("%s stands twice", q.Name)
		}
		names[q.Name] = true
		if q.Unit == "" || q.Doc == "" || q.Source == "" || !strings.Contains(q.Name, ".") || strings.HasSuffix(q.Doc, ".") {
			t.Errorf("%s: unit %q, source %q, meaning %q", q.Name, q.Unit, q.Source, q.Doc)
		}
		if !fitting(q) {
			t.Errorf("%s: a %s, and its source is %q", q.Name, q.Grade, q.Source)
		}
		if !q.Valid(q.Default) || !q.Valid(q.Low) || !q.Valid(q.High) || q.Low > q.Default || q.Default > q.High {
			t.Errorf("%s: default %v, plausible %v to %v, allowed %v to %v", q.Name, q.Default, q.Low, q.High, q.Min, q.Max)
		}
		if q.Role == Uncertainty && q.Low == q.High {
			t.Errorf("%s is uncertain without a plausible range", q.Name)
		}
		if q.Valid(math.NaN()) || q.Valid(math.Inf(1)) || q.Valid(math.Inf(-1)) {
			t.Errorf("%s accepts what is no number", q.Name)
		}
	}
	fields := 0
	v := reflect.ValueOf(&p).Elem()
	for i := range v.NumField() {
		if s := v.Field(i); s.Kind() == reflect.Struct && v.Type().Field(i).IsExported() {
			for j := range s.NumField() {
				fields++
				if _, ok := seen[s.Field(j).Addr().Interface().(*float64)]; !ok {
					t.Errorf("%s.%s stands in no table", v.Type().Field(i).Name, s.Type().Field(j).Name)
				}
			}
		}
	}
	if fields != len(Table) {
		t.Errorf("%d numbers, %d rows", fields, len(Table))
	}
}

// The fields of Params stand one a line with unit and meaning, as the table has them.
func TestFieldsAreWrittenFromTheTable(t *testing.T) {
	want, err := fields.Source(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(fields.File); err != nil || string(got) != string(want) {
		t.Errorf("%s is not what the table says (%v): go generate ./sim writes it anew", fields.File, err)
	}
}

// Every number has a label of its own that fits beside a figure's row and reads
// within a sentence; its unit is said elsewhere.
func TestLabelsReadWell(t *testing.T) {
	const longest = 34
	labels := map[string]string{}
	for i := range Table {
		q := &Table[i]
		if n := utf8.RuneCountInString(q.Label); n == 0 || n > longest {
			t.Errorf("%s: the label %q has %d characters, want 1 to %d", q.Name, q.Label, n, longest)
		}
		if other, ok := labels[q.Label]; ok {
			t.Errorf("%s and %s are both labelled %q", other, q.Name, q.Label)
		}
		labels[q.Label] = q.Name
		first, _ := utf8.DecodeRuneInString(q.Label)
		if strings.ContainsAny(q.Label, "()[]_%€:;.") || strings.TrimSpace(q.Label) != q.Label || unicode.IsUpper(first) && !strings.HasPrefix(q.Label, "SME") {
			t.Errorf("%s: the label %q is no plain phrase", q.Name, q.Label)
		}
	}
}

// Every mechanism does something in at least one form, where it says that it
// shows, and a group without it is still in order.
func TestEveryMechanismMatters(t *testing.T) {
	for i := range Mechanisms {
		m := &Mechanisms[i]
		if MechanismNamed(m.Name) != m || m.Doc == "" {
			t.Errorf("%s cannot be found by its name, or has no meaning", m.Name)
		}
		if !matters(t, m) {
			t.Errorf("%s: no outcome of any form depends on it; its probe in mechanism.go must set parameters under which one does", m.Name)
		}
	}
}

func matters(t *testing.T, m *Mechanism) bool {
	t.Helper()
	g, matters := NewGroup(), false
	for r := range uint64(2) {
		for _, f := range forms {
			p := at(map[string]float64{"group.focus": f.focus, "group.open": float64(r)})
			if m.probe != nil {
				m.probe(&p)
			}
			with := g.Run(&p, 5, r).Values
			m.SwitchOff(&p)
			without := g.Run(&p, 5, r).Values
			if err := g.check(); err != nil {
				t.Errorf("%s off: %v", m.Name, err)
			}
			for o := range with {
				matters = matters || math.Float64bits(with[o]) != math.Float64bits(without[o])
			}
		}
	}
	return matters
}

// Every outcome and weekly column has a name of its own, a unit and a meaning.
func TestOutcomesAndColumnsAreDocumented(t *testing.T) {
	names := map[string]bool{}
	for o := range NOutcomes {
		i := o.Info()
		if i.Name == "" || i.Label == "" || i.Unit == "" || i.Doc == "" || names[i.Name] {
			t.Errorf("outcome %d: %+v", o, i)
		}
		names[i.Name] = true
		if found, ok := OutcomeNamed(i.Name); !ok || found != o {
			t.Errorf("%s cannot be found by its name", i.Name)
		}
	}
	columns := map[string]bool{}
	for c := range NColumns {
		i := c.Info()
		if i.Name == "" || i.Unit == "" || i.Doc == "" || columns[i.Name] {
			t.Errorf("column %d: %+v", c, i)
		}
		columns[i.Name] = true
	}
	events := map[string]bool{}
	for k := range NEvents {
		i := k.Info()
		if i.Name == "" || i.Doc == "" || events[i.Name] || i.Has(SummedUp) && i.Weight > 0 {
			t.Errorf("event %d: %+v", k, i)
		}
		events[i.Name] = true
	}
}

// fitting says whether the grade of evidence is one that the source may have.
func fitting(q *Parameter) bool {
	switch {
	case strings.HasSuffix(q.Source, "value assumed"):
		return q.Grade != Data && (q.Grade == Interview || !strings.Contains(q.Source, "informant"))
	case strings.HasSuffix(q.Source, "assumption"):
		return q.Grade == Guess
	}
	return q.Grade != Guess
}
