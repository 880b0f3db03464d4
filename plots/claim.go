package plots

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot/vg"

	"epgsim/sim/analysis"
)

// ClaimInput is what the figure of one claim of the literature shows.
type ClaimInput struct {
	ID    string      // as in the ledger of claims, e.g. "C104"
	Parts []ClaimPart // at most 12, drawn from top to bottom
}

// ClaimPart is one number that the claim asserts to be greater than zero.
type ClaimPart struct {
	Name, Unit string // the unit "1" is not printed

	// Estimate has its 95 % interval Low, High; NaN is a missing value.
	Estimate, Low, High float64

	// Left is the same with the mechanism believed to cause it switched off;
	// NaN where none was.
	Left, LeftLow, LeftHigh float64

	// PerSet has the estimates under random parameter sets, in any order; it
	// may be empty. NaN is a set without a value, which is not above zero.
	PerSet []float64

	Info bool // told, not judged
}

// Claim draws what the experiment of a claim came to, one row per part. Zero
// is at the same place in all rows and in all figures of claims; apart from
// that each row has a scale of its own, because units differ.
func Claim(in ClaimInput) (*Figure, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	in = in.tidy()
	rows, height := in.rows()
	f := newFigure("claim-"+in.ID, "Claim "+in.ID, 2*margin+claimHead+height+claimFoot, nil)
	f.Alt, f.Caption = in.alt(), in.caption()
	f.draw = func(p pen, r rect) { in.drawRows(p, r, rows) }
	return f, nil
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
	claimMark  = 2.7  // the radius of the signs
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

func (in ClaimInput) check() error {
	if clean(in.ID) == "" {
		return bad("claim: it has no id")
	}
	what := "claim " + clean(in.ID)
	if err := checkCount(what+": parts", len(in.Parts), 12); err != nil {
		return err
	}
	for i, q := range in.Parts {
		w := fmt.Sprintf("%s: part %d (%s)", what, i+1, clean(q.Name))
		if clean(q.Name) == "" {
			return bad("%s: it has no name", w)
		}
		if err := checkInterval(w, q.Estimate, q.Low, q.High); err != nil {
			return err
		}
		if err := checkInterval(w+", cause switched off", q.Left, q.LeftLow, q.LeftHigh); err != nil {
			return err
		}
	}
	return nil
}

// checkInterval wants the estimate within its interval, up to rounding.
func checkInterval(what string, v, low, high float64) error {
	slack := 1e-9 * (math.Abs(low) + math.Abs(high))
	if low > high+slack {
		return bad("%s: the interval runs from %v down to %v", what, low, high)
	}
	if v < low-slack || v > high+slack {
		return bad("%s: %v is not within its interval %v to %v", what, v, low, high)
	}
	return nil
}

// tidy is a copy with clean names and sorted sets, in which noise is zero:
// else the figure would stretch a difference of nothing over the whole row.
func (in ClaimInput) tidy() ClaimInput {
	in.ID = clean(in.ID)
	in.Parts = slices.Clone(in.Parts)
	for i := range in.Parts {
		q := &in.Parts[i]
		q.Name, q.Unit = clean(q.Name), clean(q.Unit)
		if q.Unit == "1" {
			q.Unit = ""
		}
		q.PerSet = slices.Clone(q.PerSet)
		for _, v := range []*float64{&q.Estimate, &q.Low, &q.High, &q.Left, &q.LeftLow, &q.LeftHigh} {
			*v = quiet(*v)
		}
		for k, v := range q.PerSet {
			q.PerSet[k] = quiet(v)
		}
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

func sideOf(v, low, high float64) claimSide {
	switch {
	case !finite(v):
		return sideNone
	case finite(high) && low > 0:
		return sideAbove
	case finite(low) && high < 0:
		return sideBelow
	}
	return sideOpen
}

func (q ClaimPart) side() claimSide     { return sideOf(q.Estimate, q.Low, q.High) }
func (q ClaimPart) leftSide() claimSide { return sideOf(q.Left, q.LeftLow, q.LeftHigh) }

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
		if finite(q.Left) {
			h = max(h, 2*claimLane)
		}
		h = max(h, 10) + 6
		rows, height = append(rows, claimRow{q, lines, h}), height+h
	}
	return rows, height
}

// balanced breaks s into as few lines as fit into w, of about equal length: a
// last word alone on a line looks like a row of its own.
func balanced(s string, w, size float64) []string {
	lines := wrap(s, w, size, false)
	for w -= 4; w > 40; w -= 4 {
		next := wrap(s, w, size, false)
		if len(next) > len(lines) || strings.Join(next, " ") != strings.Join(lines, " ") {
			break // it takes a line more, or a word has been cut
		}
		lines = next
	}
	return lines
}

// sets are the 10, 50 and 90 % quantiles over the parameter sets; ok is false
// where there are none.
func (q ClaimPart) sets() (low, mid, high float64, ok bool) {
	var vs []float64
	for _, v := range q.PerSet {
		if finite(v) {
			vs = append(vs, v)
		}
	}
	three := analysis.Quantiles(vs, 0.1, 0.5, 0.9)
	return three[0], three[1], three[2], len(vs) > 0
}

// setShare is the share of the parameter sets in which the part is above zero.
func (q ClaimPart) setShare() float64 {
	above := 0.0
	for _, v := range q.PerSet {
		if v > 0 {
			above++
		}
	}
	return above / float64(len(q.PerSet))
}

// scale is the value at either end of the row.
func (q ClaimPart) scale() float64 {
	most := 0.0
	grow := func(vs ...float64) {
		for _, v := range vs {
			if finite(v) {
				most = max(most, math.Abs(v))
			}
		}
	}
	grow(q.Estimate, q.Low, q.High, q.Left, q.LeftLow, q.LeftHigh)
	own := most
	if low, _, high, ok := q.sets(); ok {
		grow(low, high)
	}
	if own > 0 {
		most = min(most, claimReach*own)
	}
	if most == 0 {
		return 1
	}
	return most
}

func (in ClaimInput) drawRows(p pen, r rect, rows []claimRow) {
	_, body := r.cutTop(claimHead)
	body.y0 += claimFoot
	plot := body.inset(claimName+claimGap, 0, claimValue, 0)
	zero := plot.mx()
	y := r.y1 - 8.0
	p.text(r.x0, y, fit(in.ID, claimName, sizeLabel, true), letters{size: sizeLabel, bold: true, col: ink})
	p.text(zero+4, y, "supports the claim →", letters{size: sizeNote, col: claimFor})
	p.text(zero-4, y, "← against it", letters{size: sizeNote, col: claimAgainstInk, align: 1})

	// The bands lie below the zero line, the signs on it. What looks the same
	// in all rows is one path, for the weight of the page.
	p.rect(claimFor.tint(0.055), rect{zero, plot.y0, plot.x1, plot.y1})
	var panels []panel
	var guides, medians []point
	top, up := body.y1, point{math.NaN(), math.NaN()}
	for _, q := range rows {
		s := q.scale()
		g := panel{pen: p, x: axis{lo: -s, hi: s}, r: rect{plot.x0 + 6, top - q.h, plot.x1 - 6, top}}
		panels = append(panels, g)
		lane := q.lane(g)
		guides = append(guides, point{plot.x0, lane}, point{plot.x1, lane}, up)
		if _, mid, _, _ := q.sets(); math.Abs(mid) <= s {
			medians = append(medians, point{g.px(mid), lane - claimBand}, point{g.px(mid), lane + claimBand}, up)
		}
		top -= q.h
	}
	p.line(stroke{col: grid, width: widthGrid}, guides...)
	for i, q := range rows {
		q.drawSets(panels[i])
	}
	p.line(stroke{col: claimMedian, width: 1}, medians...)
	p.line(stroke{col: ink, width: 0.7}, point{zero, plot.y0}, point{zero, plot.y1 + 11})
	for i, q := range rows {
		q.draw(panels[i], r.x0, r.x1)
	}
	p.key(r, r.y0+2, in.key())
}

// lane is the height at which the estimate stands.
func (q claimRow) lane(g panel) float64 {
	if finite(q.Left) {
		return g.r.my() + claimLane/2
	}
	return g.r.my()
}

// drawSets draws the band of the parameter sets. One that reaches beyond the
// scale ends in a point.
func (q claimRow) drawSets(g panel) {
	low, _, high, ok := q.sets()
	if !ok {
		return
	}
	y := q.lane(g)
	a, b := max(g.px(low), g.r.x0), min(g.px(high), g.r.x1)
	a, b = min(a, g.r.x1-1), max(b, g.r.x0+1)
	b = max(b, a+0.8) // sets that agree are still there
	band := []point{{a, y - claimBand}, {b, y - claimBand}, {b, y + claimBand}, {a, y + claimBand}}
	if high > g.x.hi*(1+1e-9) {
		band = slices.Insert(band, 2, point{b + claimBand, y})
	}
	if low < g.x.lo*(1+1e-9) {
		band = append(band, point{a - claimBand, y})
	}
	g.fill(claimSets, band...)
}

// look is how the estimate is drawn and its number written.
func (q ClaimPart) look() (mark marker, col, text hex) {
	mark, col, text = markTriangle, claimOpen, muted
	switch q.side() {
	case sideAbove:
		mark, col, text = markCircle, claimFor, claimFor
	case sideBelow:
		mark, col, text = markSquare, claimAgainst, claimAgainstInk
	}
	if q.Info {
		mark, col, text = markHollowCircle, muted, muted
	}
	return mark, col, text
}

func (q claimRow) draw(g panel, left, right float64) {
	mark, col, text := q.look()
	name := letters{size: sizeTick, col: ink}
	if q.Info {
		name.col = muted
	}
	y := mid(g.r.my(), sizeTick) + claimLine*float64(len(q.lines)-1)/2
	for _, s := range q.lines {
		g.text(left, y, s, name)
		y -= claimLine
	}

	y = q.lane(g)
	width := 1.2
	if q.Info {
		width = 0.8
	}
	g.across(y, q.Low, q.High, stroke{col: col, width: width})
	g.claimSign(point{g.px(q.Estimate), y}, mark, col)
	g.text(right, mid(y, sizeTick), q.label(), letters{size: sizeTick, bold: !q.Info && q.side() != sideOpen, col: text, align: 1})
	if !finite(q.Left) {
		return
	}
	y -= claimLane
	g.across(y, q.LeftLow, q.LeftHigh, stroke{col: muted, width: 0.8})
	g.claimSign(point{g.px(q.Left), y}, markHollowDiamond, muted)
	g.text(right, mid(y, sizeNote), claimNum(q.Left), letters{size: sizeNote, col: muted, align: 1})
}

// across draws a horizontal interval with short caps, as one path: the page
// has forty of these figures.
func (g panel) across(y, low, high float64, s stroke) {
	if !finite(low) || !finite(high) {
		return
	}
	const cap = 2
	a, b, up := g.px(low), g.px(high), point{math.NaN(), math.NaN()}
	if b-a < 0.05 {
		return // all of it lies behind the sign
	}
	g.line(s, point{a, y - cap}, point{a, y + cap}, up, point{a, y}, point{b, y}, up, point{b, y - cap}, point{b, y + cap})
}

// claimSign draws solid signs without the white edge of marker, which the
// pale bands do not need, and hollow ones as outlines that stay thin.
func (p pen) claimSign(c point, m marker, col hex) {
	if !c.ok() {
		return
	}
	// Arcs, not the corners of disc, for the weight of the page.
	var sign vg.Path
	if m == markCircle || m == markHollowCircle {
		r := claimMark
		if m == markHollowCircle {
			r -= 0.3
		}
		sign.Move(vg.Point{X: vg.Length(c.x + r), Y: vg.Length(c.y)})
		sign.Arc(vg.Point{X: vg.Length(c.x), Y: vg.Length(c.y)}, vg.Length(r), 0, 2*math.Pi)
		sign.Close()
	} else {
		sign = path(m.corners(c, claimMark), true)
	}
	if m < markHollowCircle {
		p.c.SetColor(col)
		p.c.Fill(sign)
		return
	}
	p.c.SetColor(white)
	p.c.Fill(sign)
	p.set(stroke{col: col, width: 0.9})
	p.c.Stroke(sign)
}

// key names the signs that the figure has.
func (in ClaimInput) key() []keyItem {
	sign := func(label string, m marker, c hex) keyItem {
		return keyItem{label, func(p pen, r rect) {
			g := panel{pen: p, x: axis{lo: 0, hi: 1}, r: r}
			g.across(r.my(), 0, 1, stroke{col: c, width: 0.9})
			p.claimSign(point{r.mx(), r.my()}, m, c)
		}}
	}
	var judged, told, left bool
	for _, q := range in.Parts {
		judged, told, left = judged || !q.Info, told || q.Info, left || finite(q.Left)
	}
	var key []keyItem
	if judged {
		key = append(key, sign("estimate, 95"+nbsp+"% interval", markCircle, ink))
	}
	if told {
		key = append(key, sign("told, not judged", markHollowCircle, muted))
	}
	if left {
		key = append(key, sign("cause switched off", markHollowDiamond, muted))
	}
	if n, any := in.setCount(); any {
		s := "80" + nbsp + "% of parameter sets, median"
		if n > 0 {
			s = fmt.Sprintf("80%s%% of %d parameter sets, median", nbsp, n)
		}
		key = append(key, keyItem{s, func(p pen, r rect) {
			p.rect(claimSets, rect{r.x0, r.my() - 3.2, r.x1, r.my() + 3.2})
			p.line(stroke{col: claimMedian, width: 1}, point{r.mx(), r.my() - 3.2}, point{r.mx(), r.my() + 3.2})
		}})
	}
	return key
}

// setCount is the number of parameter sets, 0 where parts differ in it.
func (in ClaimInput) setCount() (n int, any bool) {
	same := true
	for _, q := range in.Parts {
		k := len(q.PerSet)
		if k == 0 {
			continue
		}
		same, n, any = same && (n == 0 || n == k), k, true
	}
	if !same {
		n = 0
	}
	return n, any
}

// claimNum writes v with three figures, whatever its size; sig would make zero
// of a small difference between shares.
func claimNum(v float64) string {
	a := math.Abs(v)
	switch {
	case !finite(v) || a == 0:
		return num(v, 0)
	case a >= 1e7 || a < 1e-6:
		s := strconv.FormatFloat(a, 'e', 1, 64)
		if v < 0 {
			s = minus + s
		}
		return strings.Replace(s, "e-", "e"+minus, 1)
	case a >= 999.5:
		return whole(v)
	}
	return trimZero(num(v, min(7, max(0, 2-int(math.Floor(math.Log10(a)))))))
}

// value is v with its unit.
func (q ClaimPart) value(v float64) string {
	if q.Unit == "" || !finite(v) {
		return claimNum(v)
	}
	return claimNum(v) + nbsp + q.Unit
}

// label is the estimate as it stands at the right. A unit that is too long is
// cut, a number never.
func (q ClaimPart) label() string {
	if !finite(q.Estimate) {
		return "no value"
	}
	s := claimNum(q.Estimate)
	if unit := fit(q.Unit, claimValue-8-textWidth(s+nbsp, sizeTick, true), sizeTick, true); unit != "" {
		s += nbsp + unit
	}
	return s
}

// judged are the parts that count.
func (in ClaimInput) judged() (out []ClaimPart) {
	for _, q := range in.Parts {
		if !q.Info {
			out = append(out, q)
		}
	}
	return out
}

// caption says how the judged parts stand, what is left of them without their
// cause, and how often they are above zero under other parameters.
func (in ClaimInput) caption() string {
	judged := in.judged()
	switch len(judged) {
	case 0:
		return sentences(fmt.Sprintf("told, not judged: what the experiment came to in %d numbers", len(in.Parts)))
	case 1:
		return judged[0].caption()
	}
	var n, left [4]int
	shares := span{}
	for _, q := range judged {
		n[q.side()]++
		left[q.leftSide()]++
		if len(q.PerSet) > 0 {
			shares.add(q.setShare())
		}
	}
	first := fmt.Sprintf("all %d judged parts are above zero by their 95%s%% intervals", len(judged), nbsp)
	if len(judged) == 2 {
		first = "both judged parts are above zero by their 95" + nbsp + "% intervals"
	}
	if n[sideAbove] < len(judged) {
		parts := []string{fmt.Sprintf("above zero by their 95%s%% intervals: %d of %d judged parts", nbsp, n[sideAbove], len(judged))}
		for _, s := range []claimSide{sideBelow, sideOpen, sideNone} {
			if n[s] > 0 {
				parts = append(parts, fmt.Sprintf("%s: %d", s.words(), n[s]))
			}
		}
		first = strings.Join(parts, "; ")
	}
	second := ""
	if all := len(judged) - left[sideNone]; all > 0 {
		second = fmt.Sprintf("with the mechanism believed to cause it switched off, above zero: %d of %d", left[sideAbove], all)
	}
	third := ""
	if shares.any {
		third = "each is above zero in " + pct(shares.lo) + " of the random parameter sets"
		if pct(shares.lo) != pct(shares.hi) {
			third = "part by part, they are above zero in " + pctRange(shares.lo, shares.hi) + " of the random parameter sets"
		}
	}
	return sentences(first, second, third)
}

// caption is that of a claim with one judged part.
func (q ClaimPart) caption() string {
	if q.side() == sideNone {
		return sentences("the experiment came to no value: none of the runs has what the claim compares")
	}
	first := "the estimate is " + q.value(q.Estimate) + q.interval(q.Low, q.High) + ", " + q.side().words()
	second, third := "", ""
	if q.leftSide() != sideNone {
		second = "with the mechanism believed to cause it switched off, " + q.value(q.Left) + q.interval(q.LeftLow, q.LeftHigh) + " is left, " + q.leftSide().words()
	}
	if len(q.PerSet) > 0 {
		third = fmt.Sprintf("under random parameter sets, it is above zero in %s of %d", pct(q.setShare()), len(q.PerSet))
	}
	return sentences(first, second, third)
}

// interval is a 95 % interval in brackets, "" where there is none.
func (q ClaimPart) interval(low, high float64) string {
	if !finite(low) || !finite(high) {
		return ""
	}
	return fmt.Sprintf(" (95%s%% interval %s to %s)", nbsp, claimNum(low), claimNum(high))
}

func (in ClaimInput) alt() string {
	var parts []string
	for _, q := range in.Parts {
		s := q.Name + ": no value"
		if q.side() != sideNone {
			s = q.Name + ": " + q.value(q.Estimate) + q.interval(q.Low, q.High) + ", " + q.side().words()
		}
		if q.Info {
			s += ", told, not judged"
		}
		if q.leftSide() != sideNone {
			s += "; " + claimNum(q.Left) + q.interval(q.LeftLow, q.LeftHigh) + " with the cause switched off"
		}
		if low, _, high, ok := q.sets(); ok {
			s += fmt.Sprintf("; the middle 80%s%% of parameter sets (%d) %s to %s, above zero in %s", nbsp, len(q.PerSet), claimNum(low), claimNum(high), pct(q.setShare()))
		}
		parts = append(parts, s)
	}
	return "Dot chart with one row per part of the claim; right of the zero line supports it, each row has a scale of its own. " +
		strings.Join(parts, ". ") + "."
}
