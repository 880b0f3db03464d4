package plots

import (
	"math"
	"slices"

	"epgsim/sim/analysis"
)

// ClaimInput is what the figure of one claim of the literature shows.
type ClaimInput struct {
	ID    string      // as in the ledger of claims, e.g. "C104"
	Parts []ClaimPart // at most 12, drawn from top to bottom
}

// ClaimPart is one number that the claim asserts to be greater than zero.
type ClaimPart struct {
	Name, Unit string // the unit "" is a pure number

	analysis.Interval // at 95 %; NaN is a missing value

	// Left is the same with the mechanism believed to cause it switched off;
	// NaN where none was.
	Left analysis.Interval

	// PerSet has the estimates under random parameter sets, in any order; it
	// may be empty. NaN is a set without a value, which is not above zero.
	PerSet []float64

	Info bool // told, not judged
}

// Claim draws what the experiment of a claim came to, one row per part. Zero
// is at the same place in all rows and in all figures of claims; apart from
// that each row has a scale of its own, because units differ.
func Claim(in ClaimInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("claim")
	}
	in = in.tidy()
	rows, height := in.rows()
	return &Figure{
		Name: "claim-" + in.ID, Title: in.title(), Alt: in.alt(),
		bare: true, height: 2*margin + claimHead + height + claimFoot,
		draw: func(p pen, r rect) { in.drawRows(p, r, rows) },
	}, nil
}

// The colours of the two sides of zero; their inks are for text.
const (
	claimFor        hex = 0x00775A
	claimAgainst    hex = 0xD55E00
	claimAgainstInk hex = 0xAF4D00
	claimOpen       hex = 0x6F6F6F
	claimSets       hex = 0xCFD6DD
	claimMedian     hex = 0x8E9AA6
)

const (
	claimHead  = 15.0  // above the rows: the id and what the two sides mean
	claimFoot  = 19.0  // below them: what the signs mean
	claimName  = 168.0 // a name of 90 letters takes three lines
	claimValue = 68.0
	claimGap   = 10.0
	claimLine  = 10.0 // from one line of a name to the next
	claimBand  = 3.6  // half the height of the parameter sets’ band

	// claimLane is how far what is left with the cause switched off stands
	// below the estimate: on one line the two would often hide each other.
	claimLane = 9.0

	// claimReach is how many times as far as the rest of the row the parameter
	// sets may stretch its scale. A ratio whose denominator comes near zero in
	// some sets would otherwise press the estimate onto the zero line.
	claimReach = 6.0

	// claimNoise is what arithmetic leaves where two variants are the same.
	claimNoise = 1e-9
)

func (in ClaimInput) ok() bool { return in.ID != "" && some(in.Parts, 12) }

// tidy is a copy with clean names and sorted sets, in which noise is zero:
// else the figure would stretch a difference of nothing over the whole row.
func (in ClaimInput) tidy() ClaimInput {
	in.Parts = slices.Clone(in.Parts)
	for i := range in.Parts {
		q := &in.Parts[i]
		for _, v := range []*float64{&q.Estimate, &q.Low, &q.High, &q.Left.Estimate, &q.Left.Low, &q.Left.High} {
			*v = quiet(*v)
		}
		q.PerSet = mapped(q.PerSet, quiet)
		slices.Sort(q.PerSet)
	}
	return in
}

func quiet(v float64) float64 {
	if math.Abs(v) < claimNoise {
		return 0
	}
	return v
}

// claimSide is where an estimate stands by its 95 % interval.
type claimSide int

const (
	sideNone  claimSide = iota // no value
	sideOpen                   // the interval includes zero, or there is none
	sideAbove                  // above zero, as the claim says
	sideBelow                  // below zero
)

func sideOf(iv analysis.Interval) claimSide {
	switch {
	case !finite(iv.Estimate):
		return sideNone
	case finite(iv.High) && iv.Low > 0:
		return sideAbove
	case finite(iv.Low) && iv.High < 0:
		return sideBelow
	}
	return sideOpen
}

// words says a side in the middle of a sentence.
func (s claimSide) words() string {
	return [...]string{"without a value", "not to be told from zero", "above zero", "below zero"}[s]
}

// claimRow is a part with the lines of its name and its height.
type claimRow struct {
	ClaimPart
	lines []string
	h     float64
}

func (in ClaimInput) rows() (rows []claimRow, height float64) {
	for _, q := range in.Parts {
		lines := balanced(q.Name, claimName, sizeTick)
		if len(lines) > 4 {
			lines = lines[:4]
			lines[3] = fit(lines[3]+"…", claimName, sizeTick, false)
		}
		h := claimLine * float64(len(lines))
		if finite(q.Left.Estimate) {
			h = max(h, 2*claimLane)
		}
		h = max(h, 10) + 6
		rows, height = append(rows, claimRow{q, lines, h}), height+h
	}
	return rows, height
}

// sets are the 10, 50 and 90 % quantiles over the parameter sets; ok is false
// where there are none.
func (q ClaimPart) sets() (low, mid, high float64, ok bool) {
	vs := slices.DeleteFunc(slices.Clone(q.PerSet), func(v float64) bool { return !finite(v) })
	three := analysis.Quantiles(vs, 0.1, 0.5, 0.9)
	return three[0], three[1], three[2], len(vs) > 0
}

// setShare is the share of the parameter sets in which the part is above zero.
func (q ClaimPart) setShare() float64 {
	return float64(number(q.PerSet, func(v float64) bool { return v > 0 })) / float64(len(q.PerSet))
}

// scale is the value at either end of the row.
func (q ClaimPart) scale() float64 {
	most := func(vs ...float64) (most float64) {
		for _, v := range vs {
			if finite(v) {
				most = max(most, math.Abs(v))
			}
		}
		return most
	}
	own := most(q.Estimate, q.Low, q.High, q.Left.Estimate, q.Left.Low, q.Left.High)
	low, _, high, _ := q.sets()
	switch sets := most(low, high); {
	case own > 0:
		return max(own, min(sets, claimReach*own))
	case sets > 0:
		return sets
	}
	return 1
}
