package report

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// compared runs variants of a shipped scenario, each a list of settings, and puts what
// they came to into words.
func compared(t *testing.T, name string, replications int, years []float64, settings ...string) *words {
	t.Helper()
	var vs []experiment.Variant
	for _, list := range settings {
		s, err := scenario.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range strings.Fields(list) {
			key, value, _ := strings.Cut(one, "=")
			if err := s.Set(key, value); err != nil {
				t.Fatal(err)
			}
		}
		vs = append(vs, experiment.Variant{Key: list, Name: list, Params: s.Frozen()})
	}
	c := experiment.NewComparison(vs, years, vs[0].Params.Project.Years, experiment.Plan{Seed: 1, Replications: replications})
	c.Aided = len(vs) == 1
	if err := c.RunAlone(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if err := c.Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return &words{c: c, v: c.Verdict(analysis.DefaultMatters), best: c.BestPeriods(analysis.DefaultMatters)}
}

// plainly is what a verdict says, with plain spaces.
func (w *words) plainly() string {
	return strings.ReplaceAll(strings.Join(w.verdict(), "\n"), analysis.ThinSpace, " ")
}

// What changes nothing is told as such, and nobody is sent to run more of it.
func TestVerdictOfNoEffect(t *testing.T) {
	w := compared(t, "food-products", 8, nil, "group.focus=0 group.suppliers=2", "group.focus=0 group.suppliers=3")
	text := w.plainly()
	for _, want := range []string{
		"Sales by year 10: the same all 8 times; what is compared makes no difference there.",
		"Further exports per public euro: the same all 8 times",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the verdict lacks %q:\n%s", want, text)
		}
	}
	for _, not := range []string{"told apart", "more replications", "most:", "surely"} {
		if strings.Contains(text, not) {
			t.Errorf("the verdict says %q of no effect:\n%s", not, text)
		}
	}
}

// The pair that is told is the pair that was tested: of those not told apart the best,
// and the highest of the others.
func TestVerdictNamesThePairThatWasTested(t *testing.T) {
	found := 0
	for _, name := range []string{"marine-equipment", "base"} {
		w := compared(t, name, 10, nil, "group.focus=0", "group.focus=0.5", "group.focus=1", "group.focus=0.75")
		r := w.v.Sold
		if len(r.Close) == 0 {
			continue
		}
		found++
		against := fmt.Sprintf("%s is ahead of %s by ", w.c.Variants[r.Best].Name, w.c.Variants[r.RunnerUp].Name)
		if line := w.sold(); !strings.Contains(line, against) || !strings.Contains(line, "cannot be told apart") {
			t.Errorf("%s: best %d, close %v, runner-up %d, but: %s", name, r.Best, r.Close, r.RunnerUp, line)
		}
		lead := analysis.Difference(w.c.Fair(r.Best, w.c.OwnIndex(), sim.ValueTotal), w.c.Fair(r.RunnerUp, w.c.OwnIndex(), sim.ValueTotal))
		if math.Abs(lead.Estimate-r.Lead.Estimate) > 1e-9 || !analysis.Noise(r.Lead) {
			t.Errorf("%s: the lead is %v, told is %v", name, lead, r.Lead)
		}
	}
	if found == 0 {
		t.Error("no verdict was open: the test looks at nothing")
	}
}

// A manager with few hours sells to few groups, and late. A mean over those that sold would
// call him or her the quicker one.
func TestFirstDealCountsGroupsThatHaveNone(t *testing.T) {
	w := compared(t, "base", 60, nil, "group.focus=1 group.technology=0.9 manager.hours=8", "group.focus=1 group.technology=0.9 manager.hours=40")
	own := w.c.OwnIndex()
	few, many := w.c.Of(0, own, sim.FirstDealWeek), w.c.Of(1, own, sim.FirstDealWeek)
	if a, b := analysis.MeanOfPresent(few), analysis.MeanOfPresent(many); a.Share.Estimate >= b.Share.Estimate {
		t.Fatalf("%v of the groups of few hours sell, %v of those of many: nothing to see", a.Share, b.Share)
	}
	cells := w.outcomeCells(sim.FirstDealWeek)
	if strings.TrimSpace(cells[0]) != "not by year 10" {
		t.Errorf("few hours: %q", cells[0])
	}
	median, err := strconv.ParseFloat(strings.Fields(cells[1])[0], 64)
	if err != nil || !(median > analysis.MeanOfPresent(many).Estimate) {
		t.Errorf("many hours: %q, the mean of those that sold is %v", cells[1], analysis.MeanOfPresent(many).Estimate)
	}
	if weeks := w.outcomeCells(sim.WeeksTrust); !strings.Contains(weeks[0], " %]") {
		t.Errorf("a mean over some of the groups does not say of how many: %q", weeks[0])
	}
}

// No table is printed twice where there are no years after the project.
func TestNoTableTwice(t *testing.T) {
	w := compared(t, "food-products", 5, []float64{1, 3}, "project.horizon=3 group.focus=0", "project.horizon=3 group.focus=1")
	seen := map[string]bool{}
	for _, table := range []table{w.periodsTable(), w.howLongTable(), w.stoppingTable(), w.outcomesTable()} {
		if seen[table.Title] {
			t.Errorf("twice: %s", table.Title)
		}
		seen[table.Title] = true
	}
	if text := w.plainly(); strings.Contains(text, "Stopping") || strings.Contains(text, "Left on the table") {
		t.Errorf("a project up to the horizon stops nothing:\n%s", text)
	}
}

// Nothing sold, a single variant, a single replication: plain sentences, and no NaN.
func TestVerdictOfLittle(t *testing.T) {
	for what, w := range map[string]*words{
		"nothing":         compared(t, "base", 6, []float64{1}, "mechanisms_off=own-initiative markets.fit=0 group.focus=0 project.horizon=1 project.years=0.25", "mechanisms_off=own-initiative markets.fit=0 group.focus=1 project.horizon=1 project.years=0.25"),
		"one replication": compared(t, "base", 1, nil, "group.focus=0", "group.focus=1"),
		"one variant":     compared(t, "base", 20, nil, "group.focus=0.5"),
	} {
		text := w.plainly()
		for _, line := range strings.Split(text, "\n") {
			if !strings.HasSuffix(line, ".") || regexp.MustCompile(`NaN|n/a|Inf|%!|  `).MatchString(line) {
				t.Errorf("%s: not a sentence: %q", what, line)
			}
		}
		if what == "one variant" && !strings.Contains(text, "a group has sold") {
			t.Errorf("of one variant: %s", text)
		}
	}
}
