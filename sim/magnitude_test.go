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
		for y, t := range result.ByYear {
			byYear[y] += t.Value / float64(n)
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

// usual are the three groups that the outside numbers speak of, each with the
// technology that suits its form.
var usual = []struct {
	name              string
	focus, technology float64
}{{"market", 0, 0.2}, {"customer", 0.5, 0.5}, {"system", 1, 0.85}}

// magnitudes is what many runs of a group came to, as studies count it.
type magnitudes struct {
	firstDeal, none36, noneAtAll float64 // weeks, median; share of groups
	perSMEYear                   float64 // new customers per SME and project year
	dealsPer100, weeksToDeal     float64 // of 100 approaches; from the door to the deal, mean
	slow                         float64 // share of deals that took over half a year
	overdispersion               float64 // variance/mean of deals per SME
	withoutDeal, gini            float64 // share of SMEs in the project; mean
	lost                         float64 // share of members, in the project
	selling                      float64 // meetings and approaches, of the manager's hours
}

// magnitudesOf runs a group n times.
func magnitudesOf(changes map[string]float64, n int) (m magnitudes) {
	p := at(changes)
	g := NewGroup()
	approaches, deals, slow, weeks := 0.0, 0.0, 0.0, 0.0
	g.Watch(func(e Event) {
		switch e.Kind {
		case EventNoSuchCustomer, EventNobodyLeft, EventDoorClosed, EventDoorOpened:
			approaches++
		case EventDeal:
			deals++
			weeks += e.Numbers[2]
			if e.Numbers[2] > 26 {
				slow++
			}
		}
	})
	var first, perSME []float64
	size, runs := float64(p.Size()), float64(n)
	for r := range uint64(n) {
		v := g.Run(&p, 1, r)
		first = append(first, v.Get(FirstDealWeek))
		if !(v.Get(FirstDealWeek) <= 156) {
			m.none36 += 1 / runs
		}
		if math.IsNaN(v.Get(FirstDealWeek)) {
			m.noneAtAll += 1 / runs
		}
		m.perSMEYear += v.Get(DealsProject) / size / p.Project.Years / runs
		m.lost += (v.Get(WithdrawnResults) + v.Get(WithdrawnUnfair) + v.Get(WithdrawnDistrust) + v.Get(WithdrawnOwn)) / size / runs
		m.selling += (v.Get(MeetingShare) + v.Get(ProspectingShare)) / runs
		if gini := v.Get(Inequality); !math.IsNaN(gini) {
			m.gini += gini / runs
		}
		for i := range v.Members {
			perSME = append(perSME, float64(v.SMEs[i].Deals))
			if v.SMEs[i].Deals == 0 {
				m.withoutDeal += 1 / size / runs
			}
		}
	}
	mean, square := 0.0, 0.0
	for _, d := range perSME {
		mean += d / float64(len(perSME))
		square += d * d / float64(len(perSME))
	}
	m.firstDeal, m.overdispersion = median(first), (square-mean*mean)/mean
	m.dealsPer100, m.weeksToDeal, m.slow = 100*deals/approaches, weeks/deals, slow/deals
	return m
}

// single is the share of single firms that win a deal in the years of a project of
// their own, with a part of the manager, as subsidised export projects have it.
func single(technology float64, n int) float64 {
	p := at(map[string]float64{"group.focus": 0, "group.technology": technology})
	p.Solo = 1
	p.Manager.CarryOver *= p.Group.Size
	p.Manager.Hours /= p.Group.Size
	g, won := NewGroup(), 0.0
	for r := range uint64(n) {
		if g.Run(&p, 1, r).Get(DealsProject) > 0 {
			won += 1 / float64(n)
		}
	}
	return won
}

// At the defaults the three usual groups take about the time, and win about the number
// of customers, that studies elsewhere found; where the defaults were set by one of
// these numbers ODD.md, 1, says so. With EPGSIM_LONG it also prints all of them.
func TestPlausibleMagnitudes(t *testing.T) {
	n := 200
	if long {
		n = 1000
	}
	within := func(what string, x, lo, hi float64) {
		t.Helper()
		if !(x >= lo && x <= hi) {
			t.Errorf("%s is %.3g, want %v to %v", what, x, lo, hi)
		}
	}
	var all [3]magnitudes
	for k, u := range usual {
		all[k] = magnitudesOf(map[string]float64{"group.focus": u.focus, "group.technology": u.technology}, n)
		if long {
			t.Logf("%-8s %+v", u.name, all[k])
		}
	}
	market, customer, system := &all[0], &all[1], &all[2]
	within("market focus: weeks to the first deal", market.firstDeal, 20, 36)
	within("market focus: new customers per SME and project year", market.perSMEYear, 1, 2)
	within("customer focus: weeks to the first deal", customer.firstDeal, 56, 74)
	within("system focus: weeks to the first deal", system.firstDeal, 130, 182)
	within("system focus: share without a deal at 36 months", system.none36, 0.35, 0.6)
	within("system focus: weeks from first contact to deal", system.weeksToDeal, 60, 90)
	within("customer focus: deals per 100 approaches", customer.dealsPer100, 3, 7)
	ones := 0.0
	for _, tau := range []float64{0.1, 0.3, 0.5, 0.7, 0.9} {
		share := single(tau, n/2)
		ones += share / 5
		if long {
			t.Logf("single firms at technology %v: %.2f with a deal", tau, share)
		}
	}
	within("share of single firms with a deal", ones, 0.4, 0.6)
	for k, u := range usual {
		within(u.name+" focus: variance/mean of deals per SME", all[k].overdispersion, 2, 20)
		within(u.name+" focus: share of members lost", all[k].lost, 0.05, 0.3)
	}
}

// The headline: a three-year project closes the smallest share of the 8-year
// value in system focus, at typical and at equal technology, and most of the
// gap goes when joint hours and extra complexity are switched off.
func TestShortProjectsCutMostFromSystemFocus(t *testing.T) {
	const n = 300
	share := func(focus, technology float64, off ...string) float64 {
		_, years := study(map[string]float64{"group.focus": focus, "group.technology": technology, "project.years": 8, "project.horizon": 8}, off, n)
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
