package sanity

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"

	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
)

const (
	seed       = 1     // of all luck, but for tests of the battery itself
	alpha      = 0.001 // probability that a check fails by luck, at most
	firstSight = 0.2   // of a comparison: the level at which it is worth a second look
	mostAgain  = 6     // comparisons that get one: those that looked worst
	again      = 6     // times the replications
)

// lab runs what a check compares.
type lab struct {
	long         bool
	replications int // of each variant, at first sight
	seed         uint64
	trial        trial
	pairs        uint64 // so far
}

// trial is a test of the battery itself.
type trial int

const (
	earnest  trial = iota
	null           // the second of a pair is the first with other luck, or places are exchanged by lot: nothing may be found
	reversed       // the two of a pair change places, or one place is unlike the others: the fault must be found
)

// pair is two variants, the second of which the check changed.
func (l *lab) pair(a, b setting) []setting {
	switch l.trial {
	case null: // each pair with luck of its own, so that pairs are independent
		l.pairs += 2
		b = a
		a.luck, b.luck = l.pairs, l.pairs+1
	case reversed:
		a, b = b, a
	}
	return []setting{a, b}
}

// tolerance is what a check lets pass: nothing under the null, so that the level
// of its test is seen.
func (l *lab) tolerance(x float64) float64 {
	if l.trial == null {
		return 0
	}
	return x
}

// comparison is a few variants on common luck and what must be so of them.
type comparison struct {
	what string
	arms []setting
	see  *sight
	// excess, of the means of what is seen, by variant, is at least 0 when all is well.
	excess func(m [][]float64) float64
	// shown is the number for people, with what it must keep to in limit.
	shown func(m [][]float64) float64
	limit string
	must  bool // it has to be shown that excess is above 0, not only not refuted
}

// sight is what is seen of a replication of one variant.
type sight struct {
	name  string
	weeks bool // weekly series are wanted
	of    func(experiment.Row) []float64
}

// finding is what a comparison came to.
type finding struct {
	*comparison
	number analysis.Interval // of shown, 95 %
	t      float64           // excess in standard errors
	below  float64           // probability of so small an excess if it were 0
}

// line is the comparison with its number.
func (f *finding) line() string {
	return fmt.Sprintf("%s: %.3g [%.3g, %.3g], z %.1f", f.what, f.number.Estimate, f.number.Low, f.number.High, f.t)
}

// command is how to run again what is compared, the first two variants.
func (f *finding) command() string {
	lines := []string{f.arms[0].String()}
	if len(f.arms) > 1 {
		lines = append(lines, f.arms[1].String())
	}
	return strings.Join(lines, "\n")
}

// verdict is what a check came to.
type verdict struct {
	holds bool
	asks  string    // what it asks for
	says  string    // the number that looked worst, and how many did
	looks []finding // what got a second look, the worst first
	rerun string    // the command of the worst

	made, wrong int // comparisons, and how many of them looked wrong at first sight
}

// judge makes comparisons, and those that look wrong again.
func (l *lab) judge(cs []comparison) verdict {
	found := l.compare(cs, 0, l.replications)
	var suspects []comparison
	for _, f := range found {
		if f.must && f.below < 1-alpha/float64(len(cs)) || !f.must && f.below < firstSight {
			suspects = append(suspects, *f.comparison)
		}
	}
	wrong, confirmed := len(suspects), 0
	var looks []finding
	if suspects = suspects[:min(mostAgain, wrong)]; wrong > 0 {
		looks = l.compare(suspects, l.replications, again*l.replications)
		found = looks
	}
	for _, f := range looks {
		if f.must && f.below < 1-alpha/float64(len(cs)) || !f.must && f.below < alpha/float64(len(suspects)) {
			confirmed++
		}
	}
	worst := &found[0]
	return verdict{
		made: len(cs), wrong: wrong, holds: confirmed == 0, asks: worst.limit, looks: looks, rerun: worst.command(),
		says: fmt.Sprintf("%s; %d of %d looked wrong, %d of %d confirmed", worst.line(), wrong, len(cs), confirmed, len(suspects)),
	}
}

// compare runs the variants, each once, and says what the comparisons come to, the
// worst first.
func (l *lab) compare(cs []comparison, first, n int) []finding {
	// Variants that several comparisons share, and see alike, run once.
	columns := map[string][][]float64{}
	type run struct {
		key string
		see *sight
		arm experiment.Arm
	}
	runs := map[uint64][]run{} // by what is added to the seed
	for k := range cs {
		for _, s := range cs[k].arms {
			key := cs[k].key(s)
			if _, ok := columns[key]; ok {
				continue
			}
			columns[key] = nil
			runs[s.luck] = append(runs[s.luck], run{key, cs[k].see, experiment.Arm{Name: s.String(), Params: s.params(), Record: cs[k].see.weeks}})
		}
	}
	for luck, list := range runs {
		arms := make([]experiment.Arm, len(list))
		for k := range list {
			arms[k] = list[k].arm
		}
		plan := experiment.Plan{Seed: l.seed + luck, First: first, Replications: n}
		if err := experiment.Run(context.Background(), arms, plan, func(r experiment.Row) error {
			key := list[r.Arm].key
			for c, x := range list[r.Arm].see.of(r) {
				if c == len(columns[key]) {
					columns[key] = append(columns[key], nil)
				}
				columns[key][c] = append(columns[key][c], x)
			}
			return nil
		}); err != nil {
			panic(err)
		}
	}
	found := make([]finding, len(cs))
	for k := range cs {
		var seen [][][]float64
		for _, s := range cs[k].arms {
			seen = append(seen, columns[cs[k].key(s)])
		}
		excess := jackknife(seen, cs[k].excess)
		f := finding{comparison: &cs[k], number: jackknife(seen, cs[k].shown)}
		f.t, f.below = standing(excess)
		found[k] = f
	}
	slices.SortStableFunc(found, func(a, b finding) int { return cmp.Compare(a.t, b.t) })
	return found
}

// key is the same for variants that run alike and are seen alike.
func (c *comparison) key(s setting) string { return c.see.name + " " + s.String() }

// standing says how many standard errors an estimate is above 0, and how
// probable so small a one were if the truth was 0.
func standing(iv analysis.Interval) (t, below float64) {
	d := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(iv.N - 1)}
	se := (iv.High - iv.Low) / 2 / d.Quantile(0.975)
	switch {
	case se > 0:
		t = iv.Estimate / se
		return t, d.CDF(t)
	case iv.Estimate < 0: // the same in every replication
		return math.Inf(-1), 0
	case iv.Estimate > 0:
		return math.Inf(1), 1
	}
	return 0, 0.5 // or nothing is known
}

// jackknife is the interval of a function of the means of columns[arm][column],
// whose rows are replications, by Tukey's pseudo-values.
func jackknife(columns [][][]float64, of func(m [][]float64) float64) analysis.Interval {
	means := make([][]float64, len(columns))
	without := make([][]float64, len(columns))
	n := len(columns[0][0])
	for a := range columns {
		means[a], without[a] = make([]float64, len(columns[a])), make([]float64, len(columns[a]))
		for c := range columns[a] {
			means[a][c] = analysis.Mean(columns[a][c]).Estimate
		}
	}
	whole := of(means)
	pseudo := make([]float64, n)
	for r := range pseudo {
		for a := range columns {
			for c := range columns[a] {
				without[a][c] = means[a][c] + (means[a][c]-columns[a][c][r])/float64(n-1)
			}
		}
		pseudo[r] = float64(n)*whole - float64(n-1)*of(without)
	}
	iv := analysis.Mean(pseudo)
	half := (iv.High - iv.Low) / 2
	return analysis.Interval{Estimate: whole, Low: whole - half, High: whole + half, N: iv.N}
}
