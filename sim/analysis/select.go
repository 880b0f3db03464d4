package analysis

import (
	"fmt"
	"math"
	"slices"
)

// Selection finds the best of several options, more being better, while rows of
// results come in. A row holds the value of every option in one world under one
// luck, the same for all options; rows are independent of one another. An
// option that is out needs no more runs.
//
// The rule looks at pairs, and at the variance of their DIFFERENCES over the
// rows, so what options share costs nothing. An option goes out in one of two
// ways, each of which errs with at most half of Alpha.
//
//   - It is worse: its difference to a survivor is below zero by a confidence
//     sequence, which holds at all rows at once (Robbins, Annals of Mathematical
//     Statistics 41 (1970), the normal mixture, with the variance so far).
//   - It is not better by as much as Delta: the fully sequential rule of Kim and
//     Nelson, ACM TOMACS 11 (2001), with the variance brought up to date at every
//     row, as in their KN++ (Kim and Nelson, Operations Research 54 (2006)).
//
// The first is the quicker one where options are more than about three times
// Delta apart. Either level is shared out over all options but one: Bonferroni.
//
// Both rest on sums that are near to normal. Values from deals are not: many
// are zero, a few are large. So nothing goes out before First rows, nor before
// the pair differed often enough (see differing). Measured on 1500 problems a
// kind (TestSelectionErrs, long form), wrong ends were at most 1.8 % with normal
// values and rare successes, and 4.7 % with values as of deals, each where all
// but the best are behind by just Delta; elsewhere below 0.5 %.
type Selection struct {
	rule      SelectionRule
	survivors []int
	means     []float64     // of each option, over the rows it was in
	pairs     [][]spreadout // pairs[i][l], l < i: of the differences i-l
	rows      int
	leftOut   int
	runs      int
	within    bool // an option went out that may be the better one, by less than Delta
	end       Ending
}

// SelectionRule says when a Selection may stop. Zero stands for the default.
type SelectionRule struct {
	Delta float64 // the least difference that matters, above 0, in the unit of the values
	Alpha float64 // chance of a wrong end, at most; default 0.05
	First int     // rows before the first look, at least 2, more where they repeat; default 96
	Every int     // rows from one look to the next; default 1
	Most  int     // rows that may be added, those left out included; default: no limit

	// Repeats is how many of the first so many rows say as much as one that is
	// independent of all others; default: each is.
	Repeats func(rows int) float64
}

// Ending says why a Selection stopped.
type Ending int

const (
	NotEnded    Ending = iota // more rows are wanted
	BestKnown                 // Best is the best, with 1-Alpha
	WithinDelta               // no option is better than Best by more than Delta, with 1-Alpha
	RowsUsedUp                // the budget is used; each of Survivors may be the best
)

// firstRows is how many rows come before the first look unless the caller says
// otherwise. With 32, one selection in eight among skewed values was wrong in
// the hardest case, with 64 one in sixteen (TestSelectionErrs, deals): a few
// rows without a large deal make an option look poor and steady at once.
const firstRows = 96

// differing is how often the difference of a pair must have changed from one row
// to the next before either goes out. A pair that never differed looks equal with
// no doubt at all, and may have been waiting for a rare success; after settled
// rows it is taken to be equal, or to differ in less than about one row of 40.
const differing, settled = 24, 128

// looking is the number of rows at which the confidence sequence is narrowest.
const looking = 128

// NewSelection begins with all options. It panics without an option, with a
// Delta that is not above 0, or an Alpha not within 0..1.
func NewSelection(options int, rule SelectionRule) *Selection {
	if rule.Alpha == 0 {
		rule.Alpha = 0.05
	}
	if options < 1 || !(rule.Delta > 0) || !(rule.Alpha > 0 && rule.Alpha < 1) {
		panic(fmt.Sprintf("analysis: selection among %d options with delta %g and alpha %g", options, rule.Delta, rule.Alpha))
	}
	if rule.First == 0 {
		rule.First = firstRows
	}
	rule.First, rule.Every = max(rule.First, 2), max(rule.Every, 1)
	if rule.Repeats == nil {
		rule.Repeats = func(int) float64 { return 1 }
	}
	s := &Selection{rule: rule, means: make([]float64, options)}
	for i := range options {
		s.survivors = append(s.survivors, i)
		s.pairs = append(s.pairs, make([]spreadout, i))
	}
	if options == 1 {
		s.end = BestKnown
	}
	return s
}

// Add takes in one row, the value of every option; those of options that are
// out are not read. A row in which a survivor's value is missing or infinite is
// left out. Nothing changes after the end. It panics when the row does not have
// a value for every option.
func (s *Selection) Add(row []float64) {
	mustPair(len(s.means), len(row))
	if s.end != NotEnded {
		return
	}
	s.runs += len(s.survivors)
	for _, i := range s.survivors {
		if math.IsNaN(row[i]) || math.IsInf(row[i], 0) {
			s.leftOut++
			s.lookAtBudget()
			return
		}
	}
	s.rows++
	for at, i := range s.survivors {
		s.means[i] += (row[i] - s.means[i]) / float64(s.rows)
		for _, l := range s.survivors[:at] {
			s.pairs[i][l].add(row[i] - row[l])
		}
	}
	if float64(s.rows) >= float64(s.rule.First)*s.rule.Repeats(s.rows+s.leftOut) && (s.rows-s.rule.First)%s.rule.Every == 0 {
		s.look()
	}
	s.lookAtBudget()
}

// look puts out whoever is worse, or not better by Delta, and sees whether that
// is the end. All survivors are judged by the same rows, before any goes.
func (s *Selection) look() {
	var stay []int
	open := false // a pair of survivors is not settled
	repeats := s.rule.Repeats(s.rows + s.leftOut)
	for _, i := range s.survivors {
		worse, notBetter := false, false
		for _, l := range s.survivors {
			if i == l {
				continue
			}
			d := s.difference(l, i)
			if !d.enough() {
				open = true
				continue
			}
			d.squares *= repeats
			width := s.widthOfKN(d)
			open = open || width > 0
			worse = worse || d.mean > s.widthOfSequence(d)
			notBetter = notBetter || float64(d.mean*float64(d.n)) > width
		}
		s.within = s.within || notBetter && !worse
		if !worse && !notBetter {
			stay = append(stay, i)
		}
	}
	s.survivors = stay
	switch {
	case len(stay) == 1 && !s.within:
		s.end = BestKnown
	case len(stay) == 1 || !open: // survivors of settled pairs have the very same mean
		s.end = WithinDelta
	}
}

// lookAtBudget ends the selection when no further row is allowed.
func (s *Selection) lookAtBudget() {
	if s.end == NotEnded && s.rule.Most > 0 && s.rows+s.leftOut >= s.rule.Most {
		s.end = RowsUsedUp
	}
}

// difference describes the differences of option i less option l.
func (s *Selection) difference(i, l int) spreadout {
	if i > l {
		return s.pairs[i][l]
	}
	d := s.pairs[l][i]
	d.mean = -d.mean
	return d
}

// each is the level of one comparison.
func (s *Selection) each() float64 {
	return s.rule.Alpha / 2 / float64(max(len(s.means)-1, 1))
}

// widthOfKN is by how much the sum of one option must lead that of another for
// the other to go out: a triangle that narrows to nothing. Nothing is 0.
func (s *Selection) widthOfKN(d spreadout) float64 {
	return widthOfKN(scaleOfKN(s.each(), d.n), d.variance(), s.rule.Delta, d.n)
}

func widthOfKN(scale, variance, delta float64, rows int) float64 {
	return max(0, float64(scale*variance)/(2*delta)-float64(delta*float64(rows))/2)
}

// scaleOfKN is the h squared of Kim and Nelson for c = 1, at a level for one
// comparison, where the variance is that of n values.
func scaleOfKN(level float64, n int) float64 {
	freedom := float64(n - 1)
	return (math.Pow(2*level, -2/freedom) - 1) * freedom
}

// widthOfSequence is by how much the mean difference must be above zero for it
// to be so at all rows at once.
func (s *Selection) widthOfSequence(d spreadout) float64 {
	level := 2 * s.each() // one of two sides
	tail := -2 * math.Log(level)
	tuned := (tail + math.Log(tail) + 1) / looking
	grown := float64(float64(d.n)*tuned) + 1
	return math.Sqrt(d.variance() * 2 * grown / (float64(d.n*d.n) * tuned) * math.Log(math.Sqrt(grown)/level))
}

// Done returns why the selection ended, and whether it did.
func (s *Selection) Done() (Ending, bool) { return s.end, s.end != NotEnded }

// Survivors returns the options still in, ascending: those to run next.
func (s *Selection) Survivors() []int { return slices.Clone(s.survivors) }

// Best returns the survivor with the highest mean so far, the first of equals.
func (s *Selection) Best() int {
	best := s.survivors[0]
	for _, i := range s.survivors {
		if s.means[i] > s.means[best] {
			best = i
		}
	}
	return best
}

// Rows returns how many rows were used, and how many were left out because a
// value was missing.
func (s *Selection) Rows() (used, leftOut int) { return s.rows, s.leftOut }

// Runs returns how many values were needed: a row needs one for each survivor.
func (s *Selection) Runs() int { return s.runs }

// spreadout is the mean and the spread of values that come one by one, by the
// recurrence of Welford, Technometrics 4 (1962).
type spreadout struct {
	n, changes          int // values, and values unlike the one before
	last, mean, squares float64
}

func (d *spreadout) add(v float64) {
	if d.n > 0 && v != d.last {
		d.changes++
	}
	d.n, d.last = d.n+1, v
	from := v - d.mean
	d.mean += from / float64(d.n)
	d.squares += float64(from * (v - d.mean))
}

func (d spreadout) variance() float64 { return d.squares / float64(d.n-1) }

func (d spreadout) enough() bool { return d.changes >= differing || d.n >= settled }
