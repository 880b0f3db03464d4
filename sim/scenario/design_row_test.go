package scenario

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"epgsim/sim"
)

// A row is what setting its values one by one on the command line gives.
func TestARowIsWhatSetGives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := randomDesign(t)
		if d == nil {
			return
		}
		values, s := make([]float64, len(d.Factors)), d.Scenario.Clone()
		for i := range d.Factors {
			q := d.Factors[i].Parameter
			values[i] = math.NaN()
			if rapid.IntRange(0, 4).Draw(t, "own") > 0 {
				values[i] = d.Factors[i].At(rapid.Float64Range(0, 1).Draw(t, "u"))
				if err := s.Set(q.Name, value(q, values[i])); err != nil {
					t.Fatal(err)
				}
			}
		}
		var got sim.Params
		if err := d.Params(&got, values); err != nil {
			t.Fatalf("%v: %v", values, err)
		}
		if want := s.Frozen(); !same(&got, &want) {
			t.Fatalf("%v gives\n%+v, want\n%+v", values, got, want)
		}
	})
}

func TestARowMayContradict(t *testing.T) {
	d := design(t, with(full, "factorial", "one-at-a-time")+
		"[[factor]]\nparameter = \"group.size\"\nvalues = [4, 6]\n[[factor]]\nparameter = \"group.suppliers\"\nvalues = [1, 4]\n")
	own := math.NaN()
	for _, c := range []struct {
		size, suppliers float64
		want            string
	}{
		{4, own, ""}, {own, 4, ""}, {6, 4, ""}, {own, own, ""}, {2, own, ""}, // a default does not contradict
		{4, 4, "x.toml:7: group.suppliers = 4: more suppliers than there are SMEs beside the hub: at most 3 in a group of 4"},
		{own, 5, "x.toml:7: group.suppliers = 5: more suppliers than there are SMEs beside the hub: at most 4 in a group of 5"},
		{4.5, own, "x.toml:4: group.size = 4.5: must be a whole number within 2..12 SMEs"},
		{math.Inf(1), own, "x.toml:4: group.size = inf: must be a whole number within 2..12 SMEs"},
	} {
		var p sim.Params
		err := d.Params(&p, []float64{c.size, c.suppliers})
		if got := ""; err != nil {
			if got = err.Error(); got != c.want {
				t.Errorf("%g, %g: %s, want %s", c.size, c.suppliers, got, c.want)
			}
		} else if c.want != "" {
			t.Errorf("%g, %g is accepted, want %s", c.size, c.suppliers, c.want)
		}
	}
}

// What fits together only in step is taken in step, and refused otherwise.
func TestGroupsGoInStep(t *testing.T) {
	sizes := "[[factor]]\nparameter = \"group.size\"\nvalues = [4, 6]\ngroup = \"size\"\n" +
		"[[factor]]\nparameter = \"group.suppliers\"\nvalues = [3, 5]\ngroup = \"size\"\n"
	design(t, full+sizes)
	if _, err := parseDesign("x.toml", []byte(with(sweep, "sobol", "saltelli")+sizes), shippedOnly); err == nil {
		t.Error("saltelli draws group.size = 4 with group.suppliers = 5")
	}
}

func TestAFocusTakesThePlaceOfAMix(t *testing.T) {
	resolve := files(map[string]string{"mix.toml": ok + "group.mix = [0.5, 0, 0.5]\n"})
	d, err := parseDesign("x.toml", []byte(with(sweep, "base", "mix.toml")+"[[factor]]\nparameter = \"group.focus\"\n"), resolve)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		focus float64
		want  [3]float64
	}{{math.NaN(), [3]float64{0.5, 0, 0.5}}, {0, [3]float64{1, 0, 0}}, {0.75, [3]float64{0, 0.5, 0.5}}} {
		var p sim.Params
		if err := d.Params(&p, []float64{c.focus}); err != nil || p.Weights() != c.want {
			t.Errorf("focus %g: %v, weights %v, want %v", c.focus, err, p.Weights(), c.want)
		}
	}
}

func TestARowIsCheap(t *testing.T) {
	for _, name := range []string{"system-uncertainties", "levers-and-luck"} {
		d, values := middle(t, name)
		var p sim.Params
		if n := testing.AllocsPerRun(100, func() { _ = d.Params(&p, values) }); n > 20 {
			t.Errorf("%s: a row allocates %g times", name, n)
		}
	}
}

// middle is a shipped design with the middle of all its ranges.
func middle(t testing.TB, name string) (*Design, []float64) {
	d, err := LoadDesign(name)
	if err != nil {
		t.Fatal(err)
	}
	values := make([]float64, len(d.Factors))
	for i := range values {
		values[i] = d.Factors[i].At(0.5)
	}
	return d, values
}

func BenchmarkParams(b *testing.B) {
	for _, name := range []string{"system-uncertainties", "levers-and-luck"} {
		b.Run(name, func(b *testing.B) {
			d, values := middle(b, name)
			var p sim.Params
			b.ReportAllocs()
			for b.Loop() {
				if err := d.Params(&p, values); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
