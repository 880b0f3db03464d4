package teach

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"

	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// grants asks for the lines of an answer.
func grants(t *testing.T, ask func(body string) string, replications int, gs ...string) []Ministry {
	t.Helper()
	var ms []Ministry
	for _, line := range strings.Split(strings.TrimSpace(ask(fmt.Sprintf(`{"grants":[%s],"replications":%d,"seed":7}`, strings.Join(gs, ","), replications))), "\n") {
		var m Ministry
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%v: %.200s", err, line)
		}
		ms = append(ms, m)
	}
	return ms
}

func grantOf(name, form string, years float64, groups int) string {
	return fmt.Sprintf(`{"what":{"scenario":%q},"form":%q,"years":%g,"groups":%d}`, name, form, years, groups)
}

// What a grant brings is what a comparison of the same scenario says, in every form and
// period; what groups of one kind bring together is what one of them does.
func TestMinistryEqualsComparison(t *testing.T) {
	s, h := begin(t)
	asking := func(body string) string {
		status, text, _ := ask(t, h, "POST", "/api/ministry", body)
		if status != http.StatusOK {
			t.Fatalf("%d: %s", status, text)
		}
		return text
	}
	const n = 12
	sc, err := scenario.LoadShipped("paper-machinery")
	if err != nil {
		t.Fatal(err)
	}
	c := experiment.NewComparison(experiment.PureForms(sc.Frozen()), []float64{1, 2, 3, 5}, 3, experiment.Plan{Seed: 7, Replications: n})
	if err := c.RunAlone(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if err := c.Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	for v, variant := range c.Variants[:3] {
		for y, years := range []float64{1, 2, 3, 5} {
			ms := grants(t, asking, n, grantOf("paper-machinery", variant.Key, years, 3))
			first, last := ms[0], ms[len(ms)-1]
			if first.Replications != 0 || first.Done || first.Whole.PerEuro != nil || !last.Done || last.Replications != n {
				t.Fatalf("%d lines, from %+v to %+v", len(ms), first, last)
			}
			w, r := c.Worth(v, y), last.Grants[0]
			for what, pair := range map[string][2]interval{
				"per euro":    {*r.PerEuro, tellInterval(analysis.RatioOfMeans(w.Further, w.Public))},
				"further":     {*r.Further, tellInterval(analysis.Mean(w.Further))},
				"never sells": {*r.Never, tellInterval(analysis.Share(c.Of(v, y, sim.NeverSells)))},
				"seen":        {*r.Seen, tellInterval(c.Seen(v, years))},
				"lost":        {*r.Lost, tellInterval(c.Lost(v, y))},
				"three":       {*last.Whole.PerEuro, *r.PerEuro},
			} {
				if !close3(pair[0], pair[1]) {
					t.Errorf("%s, %g years: %s is %v, a comparison says %v", variant.Key, years, what, pair[0], pair[1])
				}
			}
			if math.Abs(float64(last.Whole.Planned-3*r.Planned)) > 1e-9 || math.Abs(float64(r.Costs[0])*years-float64(r.Planned)) > 1e-9 {
				t.Errorf("%g years are planned to cost %v, three groups %v, by period %v", years, r.Planned, last.Whole.Planned, r.Costs)
			}
			kept := len(s.funded.old)
			if more := grants(t, asking, n, grantOf("paper-machinery", variant.Key, years, 5)); len(s.funded.old) != kept || !close3(*more[len(more)-1].Whole.PerEuro, *r.PerEuro) {
				t.Errorf("%g years are run anew for two groups more", years)
			}
		}
	}
}

// close3 says whether intervals are the same but for the order in which numbers were added;
// what is missing is told as null, which reads as 0.
func close3(a, b interval) bool {
	same := func(x, y number) bool {
		if math.IsNaN(float64(y)) {
			y = 0
		}
		return math.Abs(float64(x-y)) <= 1e-9*(1+math.Abs(float64(y)))
	}
	return same(a.Mean, b.Mean) && same(a.Low, b.Low) && same(a.High, b.High)
}

// What several kinds bring together lies between what each does, weighted by its groups;
// without groups there is nothing to tell.
func TestMinistryAddsUp(t *testing.T) {
	_, h := begin(t)
	asking := func(body string) string { _, text, _ := ask(t, h, "POST", "/api/ministry", body); return text }
	ms := grants(t, asking, 8, grantOf("food-products", "market", 3, 1), grantOf("boat-building-system", "system", 3, 3), grantOf("base", "customer", 1, 0))
	m := ms[len(ms)-1]
	a, b := m.Grants[0], m.Grants[1]
	if got, want := m.Whole.Never.Mean, (a.Never.Mean+3*b.Never.Mean)/4; math.Abs(float64(got-want)) > 1e-12 {
		t.Errorf("never sell %v, not %v", got, want)
	}
	if got, want := m.Whole.Further.Mean, a.Further.Mean+3*b.Further.Mean; math.Abs(float64(got-want)) > 1e-9*math.Abs(float64(want)) {
		t.Errorf("further exports are %v, not %v", got, want)
	}
	if e := m.Whole.PerEuro.Mean; e <= min(a.PerEuro.Mean, b.PerEuro.Mean) || e >= max(a.PerEuro.Mean, b.PerEuro.Mean) || m.Whole.Groups != 4 {
		t.Errorf("%v per euro for %d groups, of %v and %v", e, m.Whole.Groups, a.PerEuro.Mean, b.PerEuro.Mean)
	}
	ms = grants(t, asking, 8, grantOf("base", "customer", 1, 0))
	if m := ms[len(ms)-1]; !m.Done || m.Whole.PerEuro != nil || m.Grants[0].PerEuro != nil || m.Grants[0].Planned == 0 {
		t.Errorf("nobody is funded: %+v", m)
	}
}

// More replications go on where fewer ended, and come to what they come to at once.
func TestMinistryGoesOn(t *testing.T) {
	var lasts [2]Ministry
	for k, before := range [][]int{{5, 21}, {}} {
		s, h := begin(t)
		asking := func(body string) string { _, text, _ := ask(t, h, "POST", "/api/ministry", body); return text }
		for _, n := range append(before, 44, 12) {
			ms := grants(t, asking, n, grantOf("base", "system", 2, 2))
			if last := ms[len(ms)-1]; n == 44 {
				lasts[k] = last
			} else if last.Replications != n || !last.Done {
				t.Errorf("asked for %d replications, told of %d", n, last.Replications)
			}
		}
		if f := s.funded.byKey[s.funded.old[0]]; len(s.funded.old) != 1 || f.replications() != 44 {
			t.Errorf("%d kinds are kept, the first with %d replications", len(s.funded.old), f.replications())
		}
	}
	if a, b := lasts[0], lasts[1]; *a.Whole.PerEuro != *b.Whole.PerEuro || *a.Whole.Lost != *b.Whole.Lost || *a.Whole.Never != *b.Whole.Never {
		t.Errorf("on the way %+v, at once %+v", a.Whole, b.Whole)
	}
}

// Wrong grants are refused in words.
func TestMinistryRefuses(t *testing.T) {
	_, h := begin(t)
	many := strings.Repeat(grantOf("base", "market", 3, 1)+",", mostGrants) + grantOf("base", "market", 3, 1)
	for body, want := range map[string]string{
		`{"grants":[],"replications":10}`:                                                                                     `must be 1..6`,
		`{"grants":[` + many + `],"replications":10}`:                                                                         `must be 1..6`,
		`{"grants":[` + grantOf("base", "market", 3, 1) + `],"replications":1}`:                                               `must be within 2..300`,
		`{"grants":[` + grantOf("base", "market", 4, 1) + `],"replications":10}`:                                              `must be among [1 2 3 5]`,
		`{"grants":[` + grantOf("base", "market", 3, -1) + `],"replications":10}`:                                             `must be within 0..1000`,
		`{"grants":[` + grantOf("base", "mark", 3, 1) + `],"replications":10}`:                                                `must be among market, customer, system`,
		`{"grants":[` + grantOf("bass", "market", 3, 1) + `],"replications":10}`:                                              `did you mean base?`,
		`{"grants":[{"what":{"scenario":"base","set":{"project.horizon":"4"}},"form":"market","years":3}],"replications":10}`: `must be at least 5 years`,
		`{"grants":[{"what":{"scenario":"base"},"form":"market","years":"3","groups":1}],"replications":10}`:                  `must be a number`,
	} {
		if status, text, _ := ask(t, h, "POST", "/api/ministry", body); status < 400 || status >= 500 || !strings.Contains(text, want) {
			t.Errorf("%.90s: %d %s, want %q", body, status, text, want)
		}
	}
}
