package sim

import (
	"math"
	"slices"
	"testing"
)

// study runs a group many times and gives an outcome of each replication, and
// the mean value sold by the end of each year.
func study(changes map[string]float64, off []string, n int) (values [NOutcomes][]float64, byYear [MaxYears]float64) {
	p := at(changes)
	for _, name := range off {
		MechanismNamed(name).SwitchOff(&p)
	}
	g := NewGroup()
	for r := range uint64(n) {
		result := g.Run(&p, 1, r)
		for o := range values {
			values[o] = append(values[o], result.Values[o])
		}
		for y, v := range result.ValueByYear {
			byYear[y] += v / float64(n)
		}
	}
	return values, byYear
}

// median of the values; a missing one counts as later than all others.
func median(values []float64) float64 {
	sorted := slices.Clone(values)
	for k, v := range sorted {
		if math.IsNaN(v) {
			sorted[k] = math.Inf(1)
		}
	}
	slices.Sort(sorted)
	return sorted[len(sorted)/2]
}

// At the defaults, the three usual groups take about the time, and win about
// the number of customers, that one would expect of them.
func TestPlausibleMagnitudes(t *testing.T) {
	within := func(what string, x, lo, hi float64) {
		t.Helper()
		if !(x >= lo && x <= hi) {
			t.Errorf("%s is %.3g, want %v to %v", what, x, lo, hi)
		}
	}
	const n = 300
	market, marketYears := study(map[string]float64{"group.focus": 0, "group.technology": 0.2, "project.years": 10, "project.followup": 0}, nil, n)
	within("market focus: weeks to the first deal", median(market[FirstDealWeek]), 20, 36)
	perYear, _ := study(map[string]float64{"group.focus": 0, "group.technology": 0.2}, nil, n)
	sum := 0.0
	for _, d := range perYear[DealsProject] {
		sum += d / n / 5 / 3
	}
	within("market focus: new customers per SME and project year", sum, 1, 2)

	customer, customerYears := study(map[string]float64{"group.focus": 0.5, "group.technology": 0.5, "project.years": 10, "project.followup": 0}, nil, n)
	within("customer focus: weeks to the first deal", median(customer[FirstDealWeek]), 56, 74)

	system, systemYears := study(map[string]float64{"group.focus": 1, "group.technology": 0.85, "project.years": 10, "project.followup": 0}, nil, n)
	within("system focus: weeks to the first deal", median(system[FirstDealWeek]), 130, 182)
	late, never := 0.0, 0.0
	for _, w := range system[FirstDealWeek] {
		if !(w <= 156) {
			late += 1.0 / n
		}
		if math.IsNaN(w) {
			never += 1.0 / n
		}
	}
	within("system focus: share without a deal at 36 months", late, 0.33, 0.6)
	within("system focus: share without a deal in 10 years", never, 0, 0.1)

	within("market focus: share of 8-year value closed by year 3", marketYears[2]/marketYears[7], 0.2, 0.3)
	within("customer focus: share of 8-year value closed by year 3", customerYears[2]/customerYears[7], 0.13, 0.21)
	within("system focus: share of 8-year value closed by year 3", systemYears[2]/systemYears[7], 0.04, 0.09)
}

// The headline: a three-year project closes the smallest share of the 8-year
// value in system focus, at typical and at equal technology, and most of the
// gap goes when joint hours and extra complexity are switched off.
func TestShortProjectsCutMostFromSystemFocus(t *testing.T) {
	const n = 300
	share := func(focus, technology float64, off ...string) float64 {
		_, years := study(map[string]float64{"group.focus": focus, "group.technology": technology, "project.years": 8, "project.followup": 0}, off, n)
		return years[2] / years[7]
	}
	if m, c, s := share(0, 0.2), share(0.5, 0.5), share(1, 0.85); s >= c || s >= m {
		t.Errorf("typical technology: market %.3f, customer %.3f, system %.3f", m, c, s)
	}
	m, c, s := share(0, 0.5), share(0.5, 0.5), share(1, 0.5)
	if s >= c || s >= m {
		t.Errorf("equal technology: market %.3f, customer %.3f, system %.3f", m, c, s)
	}
	off := []string{"joint-hours", "extra-complexity"}
	if m0, s0 := share(0, 0.5, off...), share(1, 0.5, off...); math.Abs(m0-s0) > (m-s)/3 {
		t.Errorf("market %.3f, system %.3f; without joint hours and extra complexity still %.3f and %.3f", m, s, m0, s0)
	}
}
