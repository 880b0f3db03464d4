package report

import (
	"fmt"
	"strings"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
)

func (f *finding) morris(seen *Observed, o *experiment.Observed) error {
	effects, err := o.Effects()
	if err != nil {
		return err
	}
	_, of := seen.Design.Groups()
	members, several := make([]int, len(o.Groups)), make([]bool, len(o.Groups))
	for _, g := range of {
		members[g]++
		several[g] = members[g] > 1
	}
	s := analysis.Morris(analysis.MorrisRuns{Effects: effects, Several: several})
	for g, name := range o.Groups {
		e := &s.Factors[g]
		f.note("mu_star", name, "", "", e.MuStar.Interval)
		f.note("mu", name, "", "", e.Mu.Interval)
		f.note("sigma", name, "", "", e.Sigma)
		f.note("sigma_luck", name, "", "", point(e.SigmaLuck, e.MuStar.N))
		f.note("floor", name, "", "", point(e.Floor, e.MuStar.N))
	}
	if f.leftOut(s.LeftOut, seen.Design.Points, "trajectories") {
		return nil
	}
	names := seen.names(o.Groups)
	f.say("%s", f.morrisVerdict(seen, names, &s))
	f.tables = append(f.tables, f.morrisTable(names, &s))
	in := plots.MorrisInput{Outcome: f.measure(seen, seen.rowsText())}
	for g, name := range o.Groups {
		in.Factors = append(in.Factors, plots.MorrisFactor{Factor: seen.factor(name), ElementaryEffects: s.Factors[g]})
	}
	f.add(plots.Morris(in))
	return nil
}

// morrisTable ranks the factors by the mean size of their effects.
func (f *finding) morrisTable(names []string, s *analysis.Screening) table {
	info := f.outcome.Info()
	t := table{Title: fmt.Sprintf("%s: effects of moving a factor over its range, %s (± half a 95 %% interval; σ with both ends)", info.Label, cmpUnit(info.Unit)),
		Header: []string{"", "mean size μ*  ", "luck alone  ", "with its sign μ  ", "spread σ"},
		Note:   "~ not told apart from luck, or from none"}
	for _, g := range s.Order {
		e := &s.Factors[g]
		mu := change(e.Mu.Interval)
		if e.Unsigned {
			mu = "–  "
		}
		t.Rows = append(t.Rows, []string{names[g], mark(cell(e.MuStar.Interval), e.OnlyLuck), plain(e.Floor) + "  ", mu, ranged(e.Sigma)})
	}
	return t
}

// cmpUnit is a unit for a heading.
func cmpUnit(unit string) string {
	if unit == "1" {
		return "on its own scale"
	}
	return unit
}

// morrisVerdict says what matters and what cannot be told from luck.
func (f *finding) morrisVerdict(seen *Observed, names []string, s *analysis.Screening) string {
	var clear []int // ranks of those that are more than luck
	var most, luck, unsure, bent, idle []string
	for rank, g := range s.Order {
		e := &s.Factors[g]
		if e.MuStar.Estimate == 0 {
			idle = append(idle, names[g])
			continue
		}
		if e.OnlyLuck {
			luck = append(luck, names[g])
			if e.MuStar.Estimate > 1.5*e.Floor {
				unsure = append(unsure, names[g])
			}
			continue
		}
		if clear = append(clear, rank); len(most) < 3 {
			most = append(most, fmt.Sprintf("%s (μ* %s)", names[g], cell(e.MuStar.Interval)))
		}
		if !e.Unsigned && e.Sigma.Low > e.MuStar.Estimate {
			bent = append(bent, names[g])
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "of %d factors, what surely moves it most: %s.", len(names), list(most))
	if n := len(luck); n > 0 {
		fmt.Fprintf(&b, " %d cannot be told from luck", n)
		if n <= 8 {
			fmt.Fprintf(&b, ": %s", list(luck))
		}
		b.WriteString(".")
	}
	b.WriteString(byChance(s.ByChance, len(names), "luck"))
	b.WriteString(told("Of these %s may yet matter, being larger than luck alone would make them: run more before forgetting them.", unsure) +
		told("Nothing at all comes of %s.", idle) +
		told("How much %s matter depends on where one stands: on its own value or on the others.", bent))
	for k := 1; k < min(4, len(clear)); k++ {
		rank := clear[k-1]
		if gap := s.Gaps[rank]; clear[k] == rank+1 && analysis.Noise(gap.Interval) {
			fmt.Fprintf(&b, " %s and %s cannot be ranked: %s.", tell.Capital(names[s.Order[rank]]), names[s.Order[rank+1]], neededText(gap, seen.Design.Points, "trajectories"))
			break
		}
	}
	return b.String()
}
