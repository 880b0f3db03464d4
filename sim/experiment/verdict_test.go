package experiment

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"epgsim/sim"
	"epgsim/sim/analysis"
)

// steady sells so much a year, plus luck.
func steady(replications int, noise float64, rates ...float64) *Comparison {
	return constructed(len(rates), replications, func(v, r int, years float64) float64 {
		return max(0, rates[v]+noise*wave(r+v*v)) * years
	})
}

func TestVerdictSaysWhatWasConstructed(t *testing.T) {
	late := func(v, r int, years float64) float64 {
		if v == 0 {
			return (100 + wave(r)) * years
		}
		return (200 + wave(r+1)) * max(0, years-2)
	}
	for _, c := range []struct {
		what      string
		c         *Comparison
		has, lack []string
	}{
		{"one is clearly best", steady(40, 5, 100, 300, 200),
			[]string{"Over 3 years form B is best: 900 k€ closed by the end of the project, 300 k€ (95 % interval ", " more than form C.", "Over 8 years form B is best: "},
			[]string{"told apart", "overtakes", "cuts off"}},
		{"two are alike", steady(8, 80, 100, 105),
			[]string{"Over 3 years form B and form A cannot be told apart: form B is ahead of form A by ", " more replications might tell them apart."},
			[]string{"is best", "overtakes"}},
		{"two of three are alike", steady(8, 30, 10, 205, 200),
			[]string{"form B and form C cannot be told apart: "}, []string{"is best", "form A cannot", "form A and", "and form A"}},
		{"exactly alike", steady(8, 0, 100, 100), []string{"cannot be told apart"}, []string{"is best", "more replications"}},
		{"one replication", steady(1, 10, 100, 200),
			[]string{"form B and form A cannot be told apart: form B is ahead of form A by ", "(too few replications for an interval)", "37.5 % form A"},
			[]string{"is best", "n/a", "NaN", "more replications"}},
		{"nobody sells", steady(20, 0, 0, 0), []string{"Over 3 years nothing is closed by any of them."}, []string{"is best", "NaN", "n/a", "Of what it would close"}},
		{"one never sells", constructed(3, 20, func(v, r int, years float64) float64 { return []float64{1, 100 + wave(r), 0}[v] * years }), []string{"form B is best", "– form C"}, []string{"NaN", "n/a", "most from form C"}},
		{"a late starter overtakes", constructed(2, 40, late),
			[]string{"Over 3 years form A is best: ", "Over 8 years form B is best: ", "It overtakes form A after about 4 years (95 % interval 4.0 to 4.0) of a continuing project.",
				"the end of year 3 sees: 37.5 % (", "Ending then cuts off the largest share from form B."}, []string{"told apart"}},
	} {
		t.Run(c.what, func(t *testing.T) {
			lines := c.c.Verdict()
			text := strings.ReplaceAll(strings.Join(lines, "\n"), analysis.ThinSpace, " ")
			for _, want := range c.has {
				if !strings.Contains(text, want) {
					t.Errorf("the verdict lacks %q:\n%s", want, text)
				}
			}
			for _, not := range c.lack {
				if strings.Contains(text, not) {
					t.Errorf("the verdict must not say %q:\n%s", not, text)
				}
			}
			for _, l := range lines {
				if !strings.HasSuffix(l, ".") {
					t.Errorf("not a sentence: %q", l)
				}
			}
		})
	}
}

func TestVerdictOfOneVariant(t *testing.T) {
	c := steady(40, 5, 100)
	lines := c.Verdict()
	if len(lines) != 1 || !strings.HasPrefix(lines[0], "Of what it would close in 8 years, the end of year 3 sees: 3") || strings.Contains(lines[0], "best") {
		t.Errorf("verdict is %q", lines)
	}
	c.Own = 8
	if lines := c.Verdict(); len(lines) != 0 {
		t.Errorf("nothing is to be said of one variant over one period, but: %q", lines)
	}
	two := steady(40, 5, 100, 200)
	two.Own = 8
	if lines := two.Verdict(); len(lines) != 1 || !strings.Contains(lines[0], "Over 8 years form B is best") {
		t.Errorf("verdict over the longest period alone is %q", lines)
	}
}

// Whatever the luck: "is best" exactly where no interval of a lead includes
// zero, and a number of replications exactly where one can be given.
func TestVerdictIsNeverFirmerThanItsIntervals(t *testing.T) {
	luck := rand.New(rand.NewPCG(1, 2))
	said := map[string]int{}
	for k := range 300 {
		variants, n := 2+luck.IntN(3), 2+luck.IntN(30)
		effect, noise := 40*luck.Float64(), 100*luck.Float64()
		c := constructed(variants, n, func(v, _ int, years float64) float64 { return (100 + effect*float64(v)) * years })
		for v := range variants { // one rate for a replication, not for a week
			for r := range n {
				factor := max(0, 1+noise/100*luck.NormFloat64())
				for g := range c.curves[v][r] {
					c.curves[v][r][g] *= factor
				}
				for y, years := range c.Years {
					c.outcomes[v][y][sim.ValueProject][r] = c.curves[v][r][c.at(years)]
				}
			}
		}
		for _, line := range c.Verdict() {
			if !strings.HasPrefix(line, "Over ") {
				continue
			}
			y := 1
			if strings.HasPrefix(line, "Over 8 years") {
				y = 2
			}
			r := c.Best(y, sim.ValueProject)
			sure := true
			for v, lead := range r.Leads {
				sure = sure && (v == r.Best || !analysis.Noise(lead))
			}
			if strings.Contains(line, "is best") != sure || strings.Contains(line, "cannot be told apart") == sure {
				t.Errorf("case %d: leads %+v, but: %s", k, r.Leads, line)
			}
			more, ok := analysis.MoreNeeded(r.Lead, mostReplications)
			if want := fmt.Sprintf("about %d more replications", more); !sure && strings.Contains(line, want) != (ok && more > 0) {
				t.Errorf("case %d: %d more needed (%v), but: %s", k, more, ok, line)
			}
			switch {
			case sure:
				said["best"]++
			case ok:
				said["more"]++
			}
		}
	}
	if said["best"] < 30 || said["more"] < 30 {
		t.Errorf("the cases are one-sided: %v", said)
	}
}

func TestStrandedIsSaidOnlyWhereItIsClear(t *testing.T) {
	c := steady(12, 5, 100, 110)
	for v := range c.Variants {
		for r := range 12 {
			lost := &c.outcomes[v][1][sim.Stranded]
			*lost = append(*lost, 50+200*float64(v)+wave(r+v))
			open := &c.outcomes[v][1][sim.OpenAtEnd]
			*open = append(*open, 100+200*float64(v)+wave(r))
		}
	}
	want := "When the project ends after 3 years, form B has most in opportunities left open that never become deals: 250 of 300 k€."
	lines := c.Verdict()
	if got := strings.ReplaceAll(lines[len(lines)-1], ".0", ""); got != want {
		t.Errorf("said %q, want %q", got, want)
	}
	copy(c.outcomes[0][1][sim.Stranded], c.outcomes[1][1][sim.Stranded])
	for _, l := range c.Verdict() {
		if strings.Contains(l, "opportunities left open") {
			t.Errorf("both strand as much, but: %s", l)
		}
	}
}
