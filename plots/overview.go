package plots

import (
	"strings"

	"epgsim/sim/analysis"
)

// OverviewInput is what the overview of one scenario's runs shows.
type OverviewInput struct {
	Words

	// Scenario is the scenario's name for the title; "" leaves it out.
	Scenario string

	Kind   FormKind        // decides the colour
	Panels []OverviewPanel // at most 12, drawn row by row

	// ProjectYears is when the project ends, in years, within the bands.
	ProjectYears float64
}

// OverviewPanel is one outcome over time.
type OverviewPanel struct {
	Title string // e.g. "Deals"
	Unit  string // what the axis measures, e.g. "k€ per group"
	Count bool   // whole things are counted: no half on the axis
	Share bool   // the axis is all of 0 to 1

	// Band has the quantiles over replications for week t at index t, in
	// Unit; NaN leaves a gap.
	Band analysis.Band
}

// RunOverview draws the weekly distribution of several outcomes of one
// scenario: median, middle half and 90 % of the simulated groups.
func RunOverview(in OverviewInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("run overview")
	}
	m := multiples{least: 80, body: 74, left: 24}
	for _, pn := range in.Panels {
		n := len(pn.Band.P50)
		m.tiles = append(m.tiles, tile{title: pn.Title, unit: pn.Unit, along: in.say("years since start"), x: yearAxis(horizon(n), 6), y: pn.axis(), data: func(g panel) {
			g.fan(weeks(n), pn.Band, in.Kind.look())
			g.projectEnd(in.ProjectYears)
			if b, t := pn.Band, weekAt(in.ProjectYears); finite(b.P50[t]) {
				g.hoverAt(g.pt(in.ProjectYears, b.P50[t]), g.say("%s when the project ends: median %s (90 %% of groups %s to %s)", pn.Title, sig(b.P50[t]), sig(b.P05[t]), sig(b.P95[t])))
			}
		}})
	}
	return m.figure(Figure{
		words: in.Words,
		Name:  "run-overview",
		Title: joined(in.say("How the simulated groups develop"), ": ", in.Scenario),
		Alt:   in.alt(), Caption: in.caption(),
		sub: in.sub(), key: in.keyFan(in.ProjectYears),
	}), nil
}

func (in OverviewInput) ok() bool {
	return some(in.Panels, 12) && every(in.Panels, func(pn OverviewPanel) bool {
		return hasQuantiles(pn.Band, len(pn.Band.P50)) && endsWithin(in.ProjectYears, len(pn.Band.P50))
	})
}

// sub says how many groups were simulated, where the bands tell.
func (in OverviewInput) sub() string {
	n := in.Panels[0].Band.N
	if n == 1 {
		return in.say("1 simulated group, the same scenario")
	}
	if n == 0 {
		return ""
	}
	return in.say("%s simulated groups, the same scenario", num(float64(n), 0))
}

// axis is the panel's own y axis: units differ between panels.
func (pn OverviewPanel) axis() axis {
	var seen span
	seen.add(pn.Band.P05...)
	seen.add(pn.Band.P95...)
	if pn.Share && seen.lo >= 0 && seen.hi <= 1 {
		return wholeAxis()
	}
	y := fromZero(seen)
	if pn.Count {
		return axisOf(y.lo, y.hi, 4, true)
	}
	return y.thinned(4)
}

// caption says of the first panels where groups stand when the project ends.
func (in OverviewInput) caption() string {
	parts := each(in.Panels[:min(3, len(in.Panels))], func(pn OverviewPanel) string {
		b, t := pn.Band, weekAt(in.ProjectYears)
		if !finite(b.P50[t]) {
			return ""
		}
		return in.say("%s, %s: %s (%s to %s)", firstLower(pn.Title), pn.Unit, whole(b.P50[t]), whole(b.P05[t]), whole(b.P95[t]))
	})
	if len(parts) == 0 {
		return ""
	}
	return sentences(in.say("the same scenario, only luck differs; the group in the middle, and in brackets nine groups in ten, when the project ends"), strings.Join(parts, "; "))
}

func (in OverviewInput) alt() string {
	return described(in.say("Small line charts over time for one scenario, each with median, middle half and 90 % of groups. "), in.Panels, ". ", func(pn OverviewPanel) string {
		b := pn.Band
		n := len(b.P50)
		s := pn.Title + " (" + pn.Unit + "): "
		if t := weekAt(in.ProjectYears); t < n-1 {
			s += in.say("median %s when the project ends (90 %% of groups %s to %s), ", sig(b.P50[t]), sig(b.P05[t]), sig(b.P95[t]))
		}
		return s + in.say("median %s in the last week (90 %% of groups %s to %s)", sig(b.P50[n-1]), sig(b.P05[n-1]), sig(b.P95[n-1]))
	})
}
