package plots

import (
	"cmp"
	"fmt"
	"slices"

	"epgsim/sim/analysis"
)

// LedgerInput is how far all claims of a ledger reach.
type LedgerInput struct {
	Claims []LedgerClaim // at most 60
	Limit  float64       // share from which on a claim is robust, 0..1
}

// LedgerClaim is one claim: the shares of worlds in which all its parts are above
// zero, 0..1, at 95 %. NaN is a missing value.
type LedgerClaim struct {
	ID, Statement, Verdict string
	Plausible              analysis.Interval // of the random parameter sets
	Fitted                 analysis.Interval // of the calibrated worlds; NaN where there are none
}

const (
	ledgerRow   = 11.5 // the height of a row
	ledgerHead  = 15.0 // that of the name of a verdict
	ledgerID    = 30.0 // the width of ids
	ledgerCells = 84.0 // that of the numbers
	ledgerLane  = 2.3  // how far the two signs of a row stand from its middle
)

// ledgerFitted is the colour of calibrated worlds.
const ledgerFitted hex = 0x1F5AA6

// Ledger draws the share of plausible worlds, and of calibrated ones beside it, in
// which each claim holds. Claims come by their verdicts, in the order in which these
// first appear, and the robust ones of each first.
func Ledger(in LedgerInput) (*Figure, error) {
	ok := some(in.Claims, 60) && areShares(in.Limit) && every(in.Claims, func(c LedgerClaim) bool {
		return c.ID != "" && drawable(c.Plausible) && areShares(c.Plausible.Estimate, c.Fitted.Estimate)
	})
	if !ok {
		return nil, unusable("ledger of claims")
	}
	var verdicts []string
	for _, c := range in.Claims {
		if !slices.Contains(verdicts, c.Verdict) {
			verdicts = append(verdicts, c.Verdict)
		}
	}
	in.Claims = slices.Clone(in.Claims)
	slices.SortStableFunc(in.Claims, func(a, b LedgerClaim) int {
		return cmp.Or(slices.Index(verdicts, a.Verdict)-slices.Index(verdicts, b.Verdict), cmp.Compare(b.Plausible.Estimate, a.Plausible.Estimate))
	})
	f := Figure{Name: "ledger", Title: "In how many worlds each claim holds", Alt: in.alt(), Caption: in.caption(), draw: in.draw,
		sub: "Share of worlds in which every judged part of the claim is truly above zero; the verdict goes by the defaults too"}
	f.key = []keyItem{keyEstimate("plausible worlds, 95"+nbsp+"% interval", markCircle, senseDot)}
	if in.fitted() {
		f.key = append(f.key, keyEstimate("calibrated worlds", markDiamond, ledgerFitted))
	}
	f.key = append(f.key, keyLine(pct(in.Limit)+": robust from here on", stroke{col: claimFor, width: 0.8}))
	height := rowsHead + ledgerHead*float64(len(verdicts)) + ledgerRow*float64(len(in.Claims)) + footX(true)
	return f.sized(func(float64) float64 { return height }), nil
}

// fitted says whether there are calibrated worlds.
func (in LedgerInput) fitted() bool {
	return slices.ContainsFunc(in.Claims, func(c LedgerClaim) bool { return finite(c.Fitted.Estimate) })
}

func (in LedgerInput) draw(p pen, r rect) {
	ends := []float64{r.x1 - ledgerCells/2, r.x1}
	heads := [][2]string{{"plausible", ""}, {"calibrated", ""}}
	if !in.fitted() {
		ends, heads = []float64{r.x1}, heads[:1]
	}
	top := r.y1 - rowsHead
	p.heads(heads, ends, top+13, false)
	right := r.x1 - ledgerCells*float64(len(ends))/2 - 2
	g := panel{pen: p, x: percentAxis(0, 20, 40, 60, 80, 100), r: rect{r.x0 + ledgerID, r.y0 + footX(true), right, top}}
	g.frameAcross("share of worlds", g.r.x0, r.x1)
	limit := g.px(100 * in.Limit)
	g.line(stroke{col: claimFor, width: 0.8}, point{limit, g.r.y0}, point{limit, g.r.y1})
	verdict := ""
	for _, c := range in.Claims {
		if c.Verdict != verdict {
			verdict = c.Verdict
			n := number(in.Claims, func(o LedgerClaim) bool { return o.Verdict == verdict })
			g.rect(white, rect{r.x0, top - ledgerHead + 1, r.x0 + textWidth(verdict+": 00", sizeTick, true), top - 1})
			g.text(r.x0, top-ledgerHead+4, fmt.Sprintf("%s: %d", verdict, n), letters{size: sizeTick, bold: true, col: ink})
			top -= ledgerHead
		}
		row := g
		row.r.y1, row.r.y0 = top, top-ledgerRow
		c.draw(row, r.x0, ends)
		top -= ledgerRow
	}
}

// draw draws a row whose id begins at left.
func (c LedgerClaim) draw(g panel, left float64, ends []float64) {
	y, base := g.r.my(), mid(g.r.my(), sizeTick)
	words := letters{size: sizeTick, col: ink}
	g.line(stroke{col: grid, width: widthGrid}, point{g.r.x0, g.r.y0}, point{g.r.x1, g.r.y0})
	g.text(left, base, c.ID, words)
	up, cells := 0.0, []string{shareCell(c.Plausible), shareCell(c.Fitted)}
	if finite(c.Fitted.Estimate) {
		up = ledgerLane
		g.dot(y-up, hundred(c.Fitted), markDiamond, ledgerFitted)
	}
	g.dot(y+up, hundred(c.Plausible), markCircle, senseDot)
	g.cells(cells[:len(ends)], ends, base, false, words)
	g.hover(rect{left, g.r.y0, ends[len(ends)-1], g.r.y1}, c.told())
}

func shareCell(iv analysis.Interval) string {
	if !finite(iv.Estimate) {
		return enDash
	}
	return pct(iv.Estimate)
}

func (c LedgerClaim) told() string {
	s := fmt.Sprintf("%s, %s (%s): ", c.ID, c.Statement, c.Verdict)
	if !finite(c.Plausible.Estimate) {
		return s + "no plausible worlds"
	}
	return s + told(c.Plausible, pct) + " of plausible worlds" + when(finite(c.Fitted.Estimate), ", %s of calibrated ones", told(c.Fitted, pct))
}

func (in LedgerInput) alt() string {
	return described("Dot chart of shares of worlds, 0 to 100"+nbsp+"%. ", in.Claims, "; ", LedgerClaim.told)
}

// caption counts the claims that reach the limit, and names those that clearly stand
// elsewhere with calibrated worlds.
func (in LedgerInput) caption() string {
	over := func(of func(LedgerClaim) analysis.Interval) (n int) {
		return number(in.Claims, func(c LedgerClaim) bool { return of(c).Estimate >= in.Limit })
	}
	plausible := func(c LedgerClaim) analysis.Interval { return c.Plausible }
	calibrated := func(c LedgerClaim) analysis.Interval { return c.Fitted }
	ids := func(is func(LedgerClaim) bool) (found []string) {
		for _, c := range in.Claims {
			if is(c) {
				found = append(found, c.ID)
			}
		}
		return found
	}
	more := ids(func(c LedgerClaim) bool { return c.Fitted.Low > c.Plausible.High })
	less := ids(func(c LedgerClaim) bool { return c.Fitted.High < c.Plausible.Low })
	second := when(in.fitted(), "in calibrated worlds it is %d", over(calibrated))
	third := when(in.fitted() && len(more)+len(less) == 0, "no interval lies clear of the one beside it")
	clearly := func(words string, names []string) string {
		const most = 6
		if others := len(names) - most; others > 1 {
			names = append(names[:most:most], fmt.Sprintf("%d others", others))
		}
		return named(names, words, "")
	}
	return sentences(fmt.Sprintf("%d of %s hold in at least %s of plausible worlds", over(plausible), count(len(in.Claims), "claim"), pct(in.Limit)),
		second, third, clearly("clearly more often there: ", more), clearly("clearly less often there: ", less))
}
