package scenario

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"epgsim/sim"
)

// Weights that nearly sum to 1 come out summing to 1 up to rounding, hardly
// changed, and are not changed again.
func TestMixesAreMadeExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var w [3]float64
		for i := range w {
			w[i] = rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(0, 1), rapid.Float64Range(0, 1e-12)).Draw(t, "weight")
		}
		sum := (w[0] + w[1] + w[2]) * rapid.Float64Range(1-9e-10, 1+9e-10).Draw(t, "error")
		if sum < 1e-9 {
			return
		}
		for i := range w {
			w[i] /= sum
		}
		x := exact(w)
		if math.Abs(x[0]+x[1]+x[2]-1) > 1e-15 || exact(x) != x {
			t.Fatalf("%v became %v, then %v", w, x, exact(x))
		}
		for i := range x {
			if math.Abs(x[i]-w[i]) > 1e-8 || x[i] < 0 || w[i] == 0 && x[i] != 0 {
				t.Fatalf("%v became %v", w, x)
			}
		}
	})
}

// Any scenario that can be set survives being written and read.
func TestWhatIsSetSurvivesBeingWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := []string{"base", "boat-building-system", "environmental-technology", "distant-markets-with-assistant"}
		s, err := Load(rapid.SampledFrom(names).Draw(t, "scenario"))
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(0, 12).Draw(t, "sets") {
			q := &sim.Table[rapid.IntRange(0, len(sim.Table)-1).Draw(t, "parameter")]
			v := rapid.Float64Range(q.Min, q.Max).Draw(t, "value")
			if q.Type != sim.Real {
				v = math.Round(v)
			}
			if err := s.Set(q.Name, value(q, v)); err != nil {
				t.Fatal(err)
			}
		}
		if s.Check() != nil {
			return
		}
		again, err := Parse("again.toml", s.TOML())
		if err != nil {
			t.Fatalf("%v\n%s", err, s.TOML())
		}
		if !same(&s.Params, &again.Params) || string(again.TOML()) != string(s.TOML()) || again.Hash() != s.Hash() {
			t.Fatalf("once written, it differs:\n%s\n%s", s.TOML(), again.TOML())
		}
	})
}

func TestQuotedTextIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ToValidUTF8(rapid.String().Draw(t, "text"), "")
		doc, err := unmarshal("a = " + quote(text) + "\n")
		if err != nil || doc["a"] != text {
			t.Fatalf("%q was read as %v (%v)", text, doc["a"], err)
		}
	})
}

func TestNearest(t *testing.T) {
	for _, c := range []struct{ word, want string }{
		{"group.sise", "group.size"},
		{"group.Size", "group.size"},
		{"group.prior-ties", "group.prior_ties"},
		{"groups.size", "group.size"},
		{"size", "group.size"},
		{"manager.experience", "group.experience"},
		{"markets.distanse", "markets.distance"},
		{"norms.raelism", "norms.realism"},
		{"extend", "extends"},
		{"mechanism_off", "mechanisms_off"},
		{"colour", ""},
		{"x", ""},
		{"", ""},
		{strings.Repeat("x", 100), ""},
	} {
		if got := Nearest(c.word, allKeys()); got != c.want {
			t.Errorf("%q: %q, want %q", c.word, got, c.want)
		}
	}
}

// The model simulates at most so long; if a parameter's range grows, a
// contradiction of the two must be looked for.
func TestTheLongestProjectFits(t *testing.T) {
	if h := sim.Lookup("project.horizon"); h.Max > sim.MaxYears {
		t.Errorf("%g years are more than %d", h.Max, sim.MaxYears)
	}
}

// Every row of the table is a key that the resolved file names, in words that
// fit a comment.
func TestTheResolvedFileNamesEveryKey(t *testing.T) {
	s, err := Load("base")
	if err != nil {
		t.Fatal(err)
	}
	text := string(s.TOML())
	for i := range sim.Table {
		q := &sim.Table[i]
		section, key, ok := strings.Cut(q.Name, ".")
		if !ok || !bare(section) || !bare(key) || strings.ContainsAny(q.Doc+q.Unit+q.Source, "\n\r") {
			t.Errorf("%s cannot be a key with a comment", q.Name)
		}
		_, part, _ := strings.Cut(text, "\n["+section+"]\n")
		part, _, _ = strings.Cut(part, "\n[")
		if !strings.Contains("\n"+part, "\n"+key+" = "+value(q, q.Default)) {
			t.Errorf("%s is not in the resolved file", q.Name)
		}
	}
}
