package plots

import (
	"fmt"
	"math"
	"strings"

	"epgsim/sim/analysis"
)

// Synthetic inputs that look like the model's output: market focus closes
// early and little, system focus late and much.

var testForms = []Form{{"", Market}, {"", Customer}, {"", System}}

func testForms4() []Form { return append(testForms[:3:3], Form{"Own mix", Own}) }

func testVariants() []Form {
	return []Form{{"group.size=4", Variant1}, {"group.size=5", Variant2}, {"group.size=6", Variant3}, {"group.size=8", Variant4}}
}

// testNamed are n variants with names for people, as long as they come.
func testNamed(n int) (out []Form) {
	for i := range n {
		out = append(out, Form{fmt.Sprintf("assistant's hours %d h/week", 5*(i+1)), VariantOf(i, n)})
	}
	return out
}

// growth is a logistic curve: total when late, half of it at year mid.
func growth(total, mid, steep, year float64) float64 {
	f := func(y float64) float64 { return 1 / (1 + math.Exp(-steep*(y-mid))) }
	return total * (f(year) - f(0)) / (f(30) - f(0))
}

type shape struct{ total, mid, steep float64 }

func shapeOf(k FormKind) shape {
	return []shape{{420, 1.9, 1.1}, {760, 3.2, 0.95}, {1650, 5.1, 1.15}, {980, 4, 0.9}}[k%4]
}

// band makes a Band of n weeks around value(year) with a relative spread.
func band(n int, spread float64, value func(year float64) float64) analysis.Band {
	b := analysis.Band{N: 200}
	for t := range n {
		y := float64(t+1) / 52
		v := value(y)
		wob := 1 + 0.01*math.Sin(float64(t)*0.7)
		s := v * spread * wob
		b.Mean = append(b.Mean, v)
		b.Low, b.High = append(b.Low, v-0.15*s), append(b.High, v+0.15*s)
		b.P05, b.P25 = append(b.P05, math.Max(0, v-1.6*s)), append(b.P25, math.Max(0, v-0.7*s))
		b.P50 = append(b.P50, 0.97*v)
		b.P75, b.P95 = append(b.P75, v+0.7*s), append(b.P95, v+1.9*s)
	}
	return b
}

func testTrust(forms []Form) TrustInput {
	in := TrustInput{ProjectYears: 3}
	for i, f := range forms {
		top := []float64{0.12, 0.2, 0.38, 0.21}[f.Kind%4] + 0.01*float64(i)
		trust := band(8*52, 0.2, func(y float64) float64 {
			return 0.35 + top*(1-math.Exp(-y/1.5)) - 0.04*math.Max(0, y-3)*float64(max(0, 3-i))/3
		})
		joint := band(8*52, 0.3, func(y float64) float64 {
			v := top * (1 - math.Exp(-2*y))
			if y > 3 {
				v *= math.Exp(-(y - 3) * 1.5)
			}
			return v
		})
		in.Forms = append(in.Forms, TrustForm{f, trust, joint})
	}
	return in
}

func testHours(forms []Form) HoursInput {
	in := HoursInput{Tasks: []string{"administration", "further markets", "guidance", "mediation", "meetings", "prospecting", "joint activities", "idle"}}
	rows := [][]float64{{5, 6, 8, 1, 2.4, 13, 2, 1}, {5, 0, 14, 1.5, 3, 11, 2, 2}, {5, 0, 6, 5, 7, 4, 11, 0.4}, {5, 2, 9, 3, 4, 8, 6, 1}}
	for _, f := range forms {
		in.Forms = append(in.Forms, HoursForm{f, rows[f.Kind%4]})
	}
	return in
}

func testStranded(forms []Form) StrandedInput {
	var in StrandedInput
	for _, y := range []float64{1, 2, 3, 5, 8} {
		pd := StrandedPeriod{Years: y}
		for _, f := range forms {
			s := shapeOf(f.Kind)
			a, b := growth(s.total, s.mid, s.steep, y), growth(s.total, s.mid, s.steep, y+1.5)
			pd.Bars = append(pd.Bars, StrandedBar{f, a, 0.4 * (b - a), 0.6*(b-a) + 20})
		}
		in.Periods = append(in.Periods, pd)
	}
	return in
}

func testResults(forms []Form) ResultsInput {
	var in ResultsInput
	for _, f := range forms {
		rf := ResultsForm{Form: f}
		per := growth(shapeOf(f.Kind).total, shapeOf(f.Kind).mid, 1, 5) / 5
		for k := range 5 {
			u := []float64{0.75, 0.6, 0.25, 0.45}[f.Kind%4]
			m := per * (1 + u*(1.2-0.6*float64(k)))
			rf.Ranks = append(rf.Ranks, RankValue{analysis.Interval{Estimate: m, Low: m - 0.07*per, High: m + 0.07*per, N: 200}, 0.7 * m, 1.25 * m})
		}
		in.Forms = append(in.Forms, rf)
	}
	return in
}

func testScorecard(forms []Form) ScorecardInput {
	in := ScorecardInput{Forms: forms}
	lines := func(forms []Form, n int, from, to float64) (ls []ScorecardLine) {
		for i, f := range forms {
			l := ScorecardLine{Form: f}
			for k := range n {
				m := from + (to-from)*float64(k)/float64(n) + 0.02*float64(i)*from
				l.Values = append(l.Values, analysis.Interval{Estimate: m, Low: 0.9 * m, High: 1.1 * m, N: 200})
			}
			ls = append(ls, l)
		}
		return ls
	}
	years, ranks := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, []float64{1, 2, 3, 4, 5, 6}
	in.Panels = []ScorecardPanel{
		{Title: "Groups alive", Unit: "share of groups", Along: "years since start", Share: true, X: years, Lines: lines(forms, 10, 0.9, 0.5)},
		{Title: "Members that leave in a year", Unit: "share of members of living groups", Along: "years since they joined", Own: true, X: years,
			Lines: lines([]Form{{"Disappointed", Variant2}, {"Outgrew the group", Variant3}}, 10, 0.05, 0.01)},
		{Title: "Sales of a member", Unit: "k€", Along: "rank in the group", Whole: true, X: ranks, Lines: lines(forms, 6, 4000, 300)},
		{Title: "Satisfaction of a member", Unit: "0 none, 1 full", Along: "rank in the group", Whole: true, Share: true, X: ranks, Lines: lines(forms, 6, 0.8, 0.4)},
	}
	in.Panels[2].Lines[0].Values[5] = missing()
	return in
}

func testBestForm() BestFormInput {
	in := BestFormInput{Forms: testForms}
	for i := range 7 {
		in.Tech = append(in.Tech, float64(i)/6)
		in.Compat = append(in.Compat, float64(i)/6)
	}
	for _, y := range []float64{3, 8} {
		t := BestFormTile{ProjectYears: y}
		for i := range in.Compat {
			var row []BestFormCell
			for k := range in.Tech {
				v := []float64{0.75 - 0.6*in.Tech[k], 0.35 + 0.35*in.Tech[k] - 0.1*in.Compat[i], (0.1 + 0.9*in.Tech[k]*in.Compat[i]) * y / 5}
				best := 0
				for f := range v {
					if v[f] > v[best] {
						best = f
					}
				}
				second := -1.0
				for f := range v {
					if f != best && v[f] > second {
						second = v[f]
					}
				}
				lead := 100 * (v[best]/second - 1)
				row = append(row, BestFormCell{FormKind(best), lead > 12, lead, 100})
			}
			t.Cells = append(t.Cells, row)
		}
		t.Cells[0][6].N = 0
		in.Panels = append(in.Panels, t)
	}
	return in
}

func testNetwork(n int) NetworkInput {
	in := NetworkInput{Form: Form{"", System}}
	for t, caption := range []string{"project starts", "mid-project", "project ends", "two years later"} {
		s := Snapshot{Week: []int{0, 78, 156, 260}[t], Caption: caption, Manager: t < 3}
		for i := range n {
			s.SMEs = append(s.SMEs, NetworkSME{
				Name: "SME " + string(rune('A'+i)), Commitment: 0.3 + 0.1*float64(t*(i%3)), Passive: i == 3 && t > 1,
				ManagerHours: float64((i*3+t)%5) * float64(min(t+1, 2)), Customers: t * ((i + 1) % 4),
			})
			for k := range i {
				j := float64((i + k) % 4 * t)
				if t == 3 {
					j = float64((i + k) % 2)
				}
				s.Pairs = append(s.Pairs, NetworkPair{i, k, 0.3 + 0.07*float64(t*((i*k)%3)), j})
			}
		}
		in.Snapshots = append(in.Snapshots, s)
	}
	return in
}

func testOverview() OverviewInput {
	in := OverviewInput{Scenario: "food cluster", Kind: System, ProjectYears: 3}
	for i, s := range []string{"Deals|deals per group", "Value|k€ per group", "Trust|0 none, 1 full", "Cooperation|joint hours, % of all hours", "Commitment|mean over SMEs, 0–1", "Open opportunities|number per group"} {
		title, unit, _ := strings.Cut(s, "|")
		in.Panels = append(in.Panels, OverviewPanel{Title: title, Unit: unit, Count: i == 0, Share: i == 4, Band: band(8*52, 0.4, func(y float64) float64 {
			switch i {
			case 0:
				return growth(25, 5, 1.1, y)
			case 1:
				return growth(1650, 5, 1.1, y)
			case 3:
				return 40 * y * math.Exp(-y)
			case 5:
				return 9 * y * math.Exp(-y*0.8)
			}
			return 0.35 + 0.2*(1-math.Exp(-y))
		})})
	}
	return in
}

func testDistribution() DistributionInput {
	in := DistributionInput{Scenario: "food cluster", Kind: System}
	for i, s := range []string{"Value closed in the project|k€ per group", "Weeks to the first deal|weeks since start", "Mean trust at the end|0 none, 1 full"} {
		title, unit, _ := strings.Cut(s, "|")
		pn := DistributionPanel{Title: title, Unit: unit, Never: "no deal"}
		for k := range 200 {
			u := (float64(k*37%200) + 0.5) / 200
			v := []float64{260 * math.Pow(-math.Log(u), 0.8), 40 + 90*u*u, 0.4 + 0.3*u - 0.1*u*u}[i]
			if i == 1 && k%9 == 0 {
				v = math.NaN()
			}
			pn.Values = append(pn.Values, v)
		}
		in.Panels = append(in.Panels, pn)
	}
	return in
}
