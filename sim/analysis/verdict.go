package analysis

import (
	"math"
)

// Kind says what of an alternative is compared.
type Kind int

// The kinds of comparisons.
const (
	Means  Kind = iota // of Values
	Ratios             // of the sum of Values to the sum of Over
	Shares             // of the replications in which Values is not 0
)

// Alternative is one of those compared: by replication, the same luck at the
// same index in all. Over is of Ratios only.
type Alternative struct{ Values, Over []float64 }

// Finding is what may be said of two alternatives.
type Finding int

// What may be said. Only Open is worth more replications.
const (
	Open       Finding = iota // neither sure nor surely too small to matter
	Ahead                     // the first is surely ahead
	Behind                    // the first is surely behind
	Immaterial                // whatever the difference is, it does not matter
	Same                      // equal in every replication: what differs between them changes nothing
	Unlike                    // over different groups, see Comparable: nothing may be said
)

// Comparison is one sentence of a verdict, as data.
type Comparison struct {
	Finding    Finding
	A, B       float64  // mean, ratio or share of either, over the N replications of Difference
	Difference Interval // A less B, at the level that the whole verdict needs
	Threshold  float64  // size of a difference that matters, in the unit of A

	// More is about how many further replications would settle an Open one, see
	// MoreNeeded; Settles is false when no such number is worth saying.
	More    int
	Settles bool
}

// Family is all that one verdict may say. Each of its sentences is tested at a
// level so strict that all of them err together in at most 5 % of verdicts
// (Bonferroni's; Holm's tests a little more sharply, but has no intervals to
// show beside its sentences).
//
// Sentences counts what might have been said, not what is: where the best of k
// alternatives is looked for, any pair might have been the one told, so that
// one ranking counts as Pairs(k) sentences, at each date and for each measure.
//
// A difference matters from Matters times the larger of the two sizes on.
type Family struct {
	Sentences int
	Matters   float64
}

// DefaultMatters is the share of the best below which a difference does not
// matter, unless the user says otherwise.
const DefaultMatters = 0.05

// Pairs is the number of pairs of k alternatives.
func Pairs(k int) int { return k * (k - 1) / 2 }

// MostAsked is beyond what anybody would want to run to settle a question.
const MostAsked = 100_000

// Compare says what may be said of a against b. It panics when samples of the
// same replications differ in length.
func (f Family) Compare(kind Kind, a, b Alternative) Comparison {
	c := Comparison{A: math.NaN(), B: math.NaN(), Difference: unknown(math.NaN(), 0), Threshold: math.NaN()}
	samples := [][]float64{a.Values, b.Values}
	if kind == Ratios {
		samples = append(samples, a.Over, b.Over)
	}
	rows := completeRows(samples...)
	if len(rows[0]) == 0 {
		c.Finding = Unlike
		return c
	}
	c.A, c.B, c.Difference = difference(kind, rows, f.upper())
	c.Threshold = f.Matters * max(math.Abs(c.A), math.Abs(c.B))
	switch {
	case !Comparable(a.Values, b.Values):
		c.Finding, c.Difference = Unlike, unknown(c.Difference.Estimate, c.Difference.N)
	case same(rows[0], rows[1]) && (kind != Ratios || same(rows[2], rows[3])):
		c.Finding, c.Difference = Same, Interval{N: c.Difference.N}
	case -c.Threshold < c.Difference.Low && c.Difference.High < c.Threshold:
		c.Finding = Immaterial
	case c.Difference.Low > 0:
		c.Finding = Ahead
	case c.Difference.High < 0:
		c.Finding = Behind
	default:
		c.More, c.Settles = settledBy(c.Difference, c.Threshold, MostAsked)
	}
	return c
}

// upper is the probability below the upper end of an interval of the family.
func (f Family) upper() float64 { return 1 - (1-upper95)/float64(max(f.Sentences, 1)) }

// difference returns what is compared of complete rows: values of a and of b,
// and for ratios what they are over.
func difference(kind Kind, rows [][]float64, upper float64) (a, b float64, d Interval) {
	switch kind {
	case Ratios:
		d = differenceOfRatios(rows[0], rows[2], rows[1], rows[3], upper)
		return ratioWithin(rows[0], rows[2], upper).Estimate, ratioWithin(rows[1], rows[3], upper).Estimate, d
	case Shares:
		d = differenceOfShares(rows[0], rows[1], upper)
		return shareWithin(yes(rows[0]), d.N, upper).Estimate, shareWithin(yes(rows[1]), d.N, upper).Estimate, d
	}
	a, _ = meanAndSD(rows[0])
	b, _ = meanAndSD(rows[1])
	return a, b, differenceOfMeans(rows[0], rows[1], upper)
}

// differenceOfMeans is the t interval of pairs. Where pairs are equal and but a
// few differ, it would be sure of what a few coins show: it has ends only when
// so many differ that all of them on one side would be sure by the sign test.
func differenceOfMeans(a, b []float64, upper float64) Interval {
	d := differences(a, b)
	differ := 0
	for _, v := range d {
		if v != 0 {
			differ++
		}
	}
	if differ < len(d) && math.Pow(0.5, float64(differ)) > 1-upper {
		mean, _ := meanAndSD(d)
		return unknown(mean, len(d))
	}
	return meanWithin(d, upper)
}

// yes counts the values that are not zero.
func yes(values []float64) int {
	n, _ := count(values)
	return n
}

// differenceOfShares is the difference of two shares in pairs, with the
// interval of Bonett and Price, Journal of Educational and Behavioral
// Statistics 37 (2012): Wald's with one pair of either kind added, so that it
// is never without width where nothing was seen to differ.
func differenceOfShares(a, b []float64, upper float64) Interval {
	onlyA, onlyB := 0.0, 0.0
	for i := range a {
		switch {
		case a[i] != 0 && b[i] == 0:
			onlyA++
		case a[i] == 0 && b[i] != 0:
			onlyB++
		}
	}
	n := float64(len(a))
	p, q := (onlyA+1)/(n+2), (onlyB+1)/(n+2)
	half := normal(upper) * math.Sqrt((p+q-float64((p-q)*(p-q)))/(n+2))
	return Interval{Estimate: (onlyA - onlyB) / n, Low: p - q - half, High: p - q + half, N: len(a)}
}

// rounding is the share of a value below which a difference is none, but the
// order in which numbers were added.
const rounding = 1e-12

// same reports whether two samples are equal in every replication, but for
// rounding.
func same(a, b []float64) bool {
	for i := range a {
		if a[i] != b[i] && !(math.Abs(a[i]-b[i]) <= rounding*max(math.Abs(a[i]), math.Abs(b[i]))) {
			return false
		}
	}
	return true
}

// settledBy returns how many further replications would make a difference sure
// with an 80 % chance, or show it to lie within the threshold, whichever takes
// fewer; see MoreNeeded.
func settledBy(iv Interval, threshold float64, most int) (more int, ok bool) {
	more, ok = MoreNeeded(iv, most)
	half := max(iv.High-iv.Estimate, iv.Estimate-iv.Low)
	left := threshold - math.Abs(iv.Estimate)
	if !(left > 0) || math.IsNaN(half) || math.IsInf(half, 0) {
		return more, ok
	}
	within := float64(iv.N) * (half / left) * (half / left) // replications in all
	if !(within <= float64(min(most, 1_000_000_000))) {
		return more, ok
	}
	enough := humane(max(int(math.Ceil(within))-iv.N, 1))
	if iv.N+enough <= most && (!ok || enough < more) {
		return enough, true
	}
	return more, ok
}
