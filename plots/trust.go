package plots

import (
	"fmt"
	"math"
	"strings"

	"epgsim/sim/analysis"
)

// TrustInput is what the figure of trust and co-operation shows.
type TrustInput struct {
	Forms []TrustForm // at most 4; all of the same length

	// ProjectYears is when the project ends, in years; 0 draws no line.
	ProjectYears float64
}

// TrustForm is one form's weekly means over groups. Mean and the 95 %
// interval Low, High are used; NaN leaves a gap.
type TrustForm struct {
	Form Form

	// Trust is the mean trust among a group's SMEs, 0 to 1, in week t.
	Trust analysis.Band

	// Joint is the co-operation intensity in week t: the share (0..1) of all
	// project hours that are joint hours of several SMEs.
	Joint analysis.Band
}

// TrustAndCooperation draws mean trust among the SMEs and, below it on the
// same time axis, how much of the work is joint work.
func TrustAndCooperation(in TrustInput) (*Figure, error) {
	n, err := in.check()
	if err != nil {
		return nil, err
	}
	const title = "Trust among the SMEs and intensity of co-operation, by organisational form"
	f := newFigure("trust-and-cooperation", title, 372, nil)
	f.Alt = in.alt(n)
	f.draw = func(p pen, r rect) {
		r = p.header(r, title, "Mean over groups; shaded around each line: 95"+nbsp+"% interval of the mean", nil)
		in.drawRows(p, r, n)
	}
	return f, nil
}

func (in TrustInput) check() (int, error) {
	const what = "trust and co-operation"
	if err := checkCount(what+": forms", len(in.Forms), 4); err != nil {
		return 0, err
	}
	if in.ProjectYears != 0 {
		if err := checkYears(what+": project", in.ProjectYears); err != nil {
			return 0, err
		}
	}
	n := len(in.Forms[0].Trust.Mean)
	for i, f := range in.Forms {
		w := fmt.Sprintf("%s: form %d (%s)", what, i+1, f.Form.name())
		if err := f.Form.check(w); err != nil {
			return 0, err
		}
		if err := checkMean(w+": trust", f.Trust, n); err != nil {
			return 0, err
		}
		if err := checkMean(w+": joint hours", f.Joint, n); err != nil {
			return 0, err
		}
		if err := checkShares(w+": trust", f.Trust.Mean); err != nil {
			return 0, err
		}
		if err := checkShares(w+": joint hours", f.Joint.Mean); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// trustRow is one of the two panels.
type trustRow struct {
	title, unit string
	scale       float64 // from the input to the axis
	axis        axis
	of          func(TrustForm) analysis.Band
}

// text writes a value of the row's input.
func (row trustRow) text(v float64) string {
	if row.axis.percent {
		return pct(v)
	}
	return num(v, 2)
}

func (in TrustInput) rows() []trustRow {
	trust := newAxis(0, 1, maxTicks)
	trust.hi = 1.02 // the line at full trust keeps its whole width
	var seen span
	for _, f := range in.Forms {
		for _, s := range [][]float64{f.Joint.Mean, f.Joint.High} {
			seen.add(s...)
		}
	}
	joint := newAxis(0, 10, maxTicks)
	if seen.any && seen.hi > 0 {
		joint = newAxis(0, math.Min(102, 105*seen.hi), maxTicks)
	}
	joint.percent = true
	return []trustRow{
		{"Trust", "mean over all pairs of SMEs; 0 none, 1 full", 1, trust, func(f TrustForm) analysis.Band { return f.Trust }},
		{"Co-operation", "joint hours, % of all project hours", 100, joint, func(f TrustForm) analysis.Band { return f.Joint }},
	}
}

func (in TrustInput) drawRows(p pen, r rect, n int) {
	rows := in.rows()
	left, right := 0.0, 0.0
	for _, row := range rows {
		left = max(left, gutter(row.axis))
		right = max(right, labelRoom(in.labels(row)))
	}
	xs := weeks(n)
	horizon := float64(n-1) / weeksPerYear
	r.y0 += footX(true)
	for i, tile := range r.tiles(2, 1, 0, 8) {
		row := rows[i]
		g := panel{pen: p, x: yearAxis(horizon, 11), y: row.axis, r: tile.inset(left, 8, right, 30)}
		g.frame(i == 1, true)
		t := p.text(tile.x0, g.r.y1+15, row.title, letters{size: sizeLabel, bold: true, col: ink})
		p.text(t.x1+6, g.r.y1+15, row.unit, letters{size: sizeTick, col: muted})
		labels := in.labels(row)
		for _, f := range in.Forms {
			b := row.of(f)
			g.band(xs, scaled(b.Low, row.scale), scaled(b.High, row.scale), f.Form.look().fill.alpha(alphaOuter))
		}
		for k, f := range in.Forms {
			ys := scaled(row.of(f).Mean, row.scale)
			c := f.Form.look()
			g.curve(xs, ys, stroke{col: c.fill, width: widthData + 0.3, dash: c.dash})
			labels[k].at = point{math.NaN(), math.NaN()}
			if j := last(ys); j >= 0 {
				labels[k].at = g.pt(xs[j], ys[j])
			}
		}
		g.projectEnd(in.ProjectYears)
		if i == 0 && g.inX(in.ProjectYears) && in.ProjectYears > 0 {
			in.endNote(g)
		} else if i == 1 {
			p.xTitle(g.r, "years since the project’s start")
		}
		if bunched(labels) && in.atEnd(g, row, labels) {
			g.sideLabels(g.r.x1, g.r.y0-4, g.r.y1+6, labels)
		} else {
			g.endLabels(g.r.x1, g.r.y0-4, g.r.y1+6, labels)
		}
	}
}

// atEnd moves the labels to where the lines are when the project ends, for
// rows in which all lines end in the same place; false if that is not in view.
func (in TrustInput) atEnd(g panel, row trustRow, labels []endLabel) bool {
	if in.ProjectYears <= 0 || !g.inX(in.ProjectYears) {
		return false
	}
	t := int(in.ProjectYears*weeksPerYear + 0.5)
	for i, f := range in.Forms {
		ys := row.of(f).Mean
		k := last(ys[:min(t+1, len(ys))])
		if k < 0 {
			continue
		}
		labels[i].at = g.pt(float64(k)/weeksPerYear, row.scale*ys[k])
		labels[i].lines[1] = row.text(ys[k]) + " at year " + sig(in.ProjectYears)
	}
	return true
}

// endNote names the line of the project's end, above the upper panel.
func (in TrustInput) endNote(g panel) {
	words := letters{size: sizeTick, col: ink, align: 0.5}
	s := "project ends (" + years(in.ProjectYears) + ")"
	half := textWidth(s, words.size, false) / 2
	x := max(g.r.x0+half, min(g.px(in.ProjectYears), g.r.x1-half))
	g.text(x, g.r.y1+3, s, words)
}

// labels are the direct labels of a row: name and last value.
func (in TrustInput) labels(row trustRow) []endLabel {
	var out []endLabel
	for _, f := range in.Forms {
		v := math.NaN()
		if k := last(row.of(f).Mean); k >= 0 {
			v = row.of(f).Mean[k]
		}
		out = append(out, formLabel(f.Form, point{}, row.text(v)))
	}
	return out
}

// scaled is vs times s, in a new slice.
func scaled(vs []float64, s float64) []float64 {
	out := make([]float64, len(vs))
	for i, v := range vs {
		out[i] = s * v
	}
	return out
}

func (in TrustInput) alt(n int) string {
	end := n - 1
	when := "after " + years(float64(end)/weeksPerYear)
	if t := int(in.ProjectYears*weeksPerYear + 0.5); in.ProjectYears > 0 && t < n {
		end, when = t, "when the project ends after "+years(in.ProjectYears)
	}
	var parts []string
	for _, f := range in.Forms {
		parts = append(parts, fmt.Sprintf("%s: trust %s at the start, %s %s, %s at the end of the chart; joint hours %s of all project hours %s",
			f.Form.name(), num(f.Trust.Mean[0], 2), num(f.Trust.Mean[end], 2), when, num(f.Trust.Mean[n-1], 2), pct(f.Joint.Mean[end]), when))
	}
	return "Two line charts over time, trust among the SMEs above and the share of joint hours below, one line per form with its 95 % interval. " +
		strings.Join(parts, ". ") + "."
}
