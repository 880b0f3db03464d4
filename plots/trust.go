package plots

import (
	"fmt"
	"math"
	"slices"

	"epgsim/sim/analysis"
)

// TrustInput is what the figure of trust and cooperation shows.
type TrustInput struct {
	Forms []TrustForm // at most 4; all of the same length

	// ProjectYears is when the project ends, in years, within the series.
	ProjectYears float64

	// By is what the forms differ in; "" is the organisational form.
	By string
}

// TrustForm is one form's weekly means over groups. Mean and the 95 %
// interval Low, High are used; NaN leaves a gap.
type TrustForm struct {
	Form Form

	// Trust is the mean trust among a group's active SMEs, 0 to 1, in week t.
	Trust analysis.Band

	// Joint is the cooperation intensity in week t: joint hours of several
	// SMEs as a share (0..1) of the hours the SMEs had for the project. It is
	// drawn as a moving average, because single weeks jump.
	Joint analysis.Band
}

// TrustAndCooperation draws mean trust among the active SMEs and, below it on the
// same time axis, how much of the work is joint work.
func TrustAndCooperation(in TrustInput) (*Figure, error) {
	if !in.ok() {
		return nil, unusable("trust and cooperation")
	}
	in = in.smoothed()
	return &Figure{
		Name:  "trust-and-cooperation",
		Title: "Trust among the SMEs and intensity of cooperation" + byWhat(in.By, len(in.Forms)),
		Alt:   in.alt(), Caption: in.caption(),
		sub:    "Mean over groups; shaded: 95" + nbsp + "% interval of the mean; cooperation as a centred moving average over 13 weeks",
		height: 372, draw: in.drawRows,
	}, nil
}

func (in TrustInput) ok() bool {
	return some(in.Forms, 4) && endsWithin(in.ProjectYears, in.weeks()) && every(in.Forms, func(f TrustForm) bool {
		return hasMean(f.Trust, in.weeks()) && areShares(f.Trust.Mean...) && hasMean(f.Joint, in.weeks()) && areShares(f.Joint.Mean...)
	})
}

// weeks is the length of all series.
func (in TrustInput) weeks() int { return len(in.Forms[0].Trust.Mean) }

// trustRow is one of the two panels.
type trustRow struct {
	title, unit string
	axis        axis
	lines       []FormBand
	text        func(float64) string
}

func (in TrustInput) rows() []trustRow {
	var trust, joint []FormBand
	var seen span
	for _, f := range in.Forms {
		j := analysis.Band{Mean: scaled(f.Joint.Mean, 100), Low: scaled(f.Joint.Low, 100), High: scaled(f.Joint.High, 100)}
		trust, joint = append(trust, FormBand{f.Form, f.Trust}), append(joint, FormBand{f.Form, j})
		seen.add(j.Mean...)
		seen.add(j.High...)
	}
	y, share := in.trustAxis(), newAxis(0, 10, maxTicks)
	if seen.any && seen.hi > 0 {
		share = newAxis(0, math.Min(102, 1.05*seen.hi), maxTicks)
	}
	share.percent = true
	unit := "mean over all pairs of active SMEs, of 0 (none) to 1 (full)" + when(y.lo > 0, "; the axis begins at %s", num(y.lo, 1))
	return []trustRow{
		{"Trust", unit, y, trust, two},
		{"Cooperation", "joint hours, % of the hours the SMEs had for the project", share, joint, percent},
	}
}

func two(v float64) string { return num(v, 2) }

func (in TrustInput) drawRows(p pen, r rect) {
	n, rows := in.weeks(), in.rows()
	left, right := 0.0, 0.0
	for _, row := range rows {
		left = max(left, gutter(row.axis))
		right = max(right, labelRoom(meanLabels(row.lines, row.text)))
	}
	r.y0 += footX(true)
	for i, tile := range r.tiles(2, 1, 0, 8) {
		row := rows[i]
		g := panel{pen: p, x: yearAxis(horizon(n), 11), y: row.axis, r: tile.inset(left, 8, right, 30)}
		g.frame(i == 1, true)
		p.rowTitle(tile.x0, g.r.y1+15, row.title, row.unit)
		labels := meanLabels(row.lines, row.text)
		g.meanLines(weeks(n), row.lines, widthData+0.3, labels)
		g.projectEnd(in.ProjectYears)
		if i == 0 && g.inX(in.ProjectYears) {
			in.endNote(g)
		} else if i == 1 {
			p.xTitle(g.r, "years since the project’s start")
		}
		if bunched(labels) {
			in.atEnd(g, row, labels)
			g.sideLabels(g.r.x1, g.r.y0-4, g.r.y1+6, labels)
		} else {
			g.endLabels(g.r.x1, g.r.y0-4, g.r.y1+6, labels)
		}
	}
}

// atEnd moves the labels to where the lines are when the project ends, for
// rows in which all lines end in the same place.
func (in TrustInput) atEnd(g panel, row trustRow, labels []endLabel) {
	for i, l := range row.lines {
		ys := l.Band.Mean
		if k := last(ys[:weekAt(in.ProjectYears)+1]); k >= 0 {
			labels[i].at = g.pt(float64(k+1)/weeksPerYear, ys[k])
			labels[i].lines[1] = row.text(ys[k]) + " at year " + sig(in.ProjectYears)
		}
	}
}

// endNote names the line of the project's end, above the upper panel.
func (in TrustInput) endNote(g panel) {
	words := letters{size: sizeTick, col: ink, align: 0.5}
	s := "project ends (" + years(in.ProjectYears) + ")"
	half := textWidth(s, words.size, false) / 2
	x := max(g.r.x0+half, min(g.px(in.ProjectYears), g.r.x1-half))
	g.text(x, g.r.y1+3, s, words)
}

// trustAxis begins at the last tenth below all values, or at 0 where that is
// near: a line of 0.6 to 0.7 on an axis from 0 shows no differences. It spans
// at least 0.3, lest it make much of next to nothing.
func (in TrustInput) trustAxis() axis {
	var seen span
	for _, f := range in.Forms {
		seen.add(f.Trust.Mean...)
		seen.add(f.Trust.Low...)
		seen.add(f.Trust.High...)
	}
	if !seen.any {
		seen.hi = 1
	}
	lo := math.Floor(10*(seen.lo-0.02)) / 10
	hi := math.Ceil(10*(seen.hi+0.02)) / 10
	for hi-lo < 0.3 && hi < 1 {
		hi += 0.1
	}
	lo, hi = math.Max(0, math.Min(lo, hi-0.3)), math.Min(1, hi)
	if lo < 0.25 {
		lo = 0
	}
	a := newAxis(math.Round(10*lo)/10, math.Round(10*hi)/10, maxTicks)
	a.hi += 0.02 * (a.hi - a.lo) // a line at the top keeps its whole width
	return a
}

// smoothWeeks is how many weeks the moving average of cooperation covers.
const smoothWeeks = 13

// smoothed averages cooperation over a quarter. The ends of the intervals are
// averaged alike: weeks of one group resemble each other, so that the interval
// of the average is hardly narrower, and never wider.
func (in TrustInput) smoothed() TrustInput {
	in.Forms = slices.Clone(in.Forms)
	cut := weekAt(in.ProjectYears) + 1
	for i := range in.Forms {
		j := &in.Forms[i].Joint
		*j = analysis.Band{N: j.N, Mean: movingMean(j.Mean, cut), Low: movingMean(j.Low, cut), High: movingMean(j.High, cut)}
	}
	return in
}

// movingMean is the centred moving average of vs. It does not reach across
// cut, the first week after the project, which would blur what its end does,
// and it leaves gaps where they are.
func movingMean(vs []float64, cut int) []float64 {
	out := make([]float64, len(vs))
	for t, v := range vs {
		from, to := 0, len(vs)
		if t < cut {
			to = cut
		} else {
			from = cut
		}
		sum, n := 0.0, 0
		for k := max(from, t-smoothWeeks/2); k <= min(to-1, t+smoothWeeks/2); k++ {
			if finite(vs[k]) {
				sum += vs[k]
				n++
			}
		}
		out[t] = sum / float64(n)
		if !finite(v) {
			out[t] = math.NaN()
		}
	}
	return out
}

// caption says who trusts most, and who works together most, at the end.
func (in TrustInput) caption() string {
	t := weekAt(in.ProjectYears)
	trust := mapped(in.Forms, func(f TrustForm) stand { return stand{f.Form, at(f.Trust, t)} })
	joint := mapped(in.Forms, func(f TrustForm) stand { return stand{f.Form, at(f.Joint, t)} })
	known := slices.IndexFunc(in.Forms, func(f TrustForm) bool { return finite(f.Trust.Mean[0]) })
	start := in.Forms[max(0, known)].Trust.Mean[0]
	if len(ranking(trust)) == 0 {
		return ""
	}
	second := "then this much of the SMEs’ hours is joint work: " + valuesOf(joint, pct)
	if r := ranking(joint); len(r) == 0 || r[0].v.Estimate < 1e-9 {
		second = "then nobody works jointly"
	}
	return sentences(fmt.Sprintf("trust among the active SMEs begins at %s; when the project ends after %s it stands at: %s", two(start), years(in.ProjectYears), valuesOf(trust, two)), second)
}

func (in TrustInput) alt() string {
	end, when := weekAt(in.ProjectYears), "when the project ends after "+years(in.ProjectYears)
	return described("Two line charts over time, trust among the active SMEs above and the share of joint hours below, "+
		"one line per form with its 95 % interval. ", in.Forms, ". ", func(f TrustForm) string {
		return fmt.Sprintf("%s: trust %s at the start, %s %s, %s at the end of the chart; joint hours %s of the hours the SMEs had %s",
			f.Form.name(), two(f.Trust.Mean[0]), two(f.Trust.Mean[end]), when, two(f.Trust.Mean[in.weeks()-1]), pct(f.Joint.Mean[end]), when)
	})
}
