package plots

import (
	"slices"

	"epgsim/sim/analysis"
)

// TrustInput is what the figure of trust and cooperation shows.
type TrustInput struct {
	Words

	Forms []TrustForm // at most MostVariants; all of the same length

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
		words: in.Words,
		Name:  "trust-and-cooperation",
		Title: in.say("Trust among the SMEs and intensity of cooperation") + in.byWhat(in.By, len(in.Forms)),
		Alt:   in.local(in.alt()), Caption: in.local(in.caption()),
		sub:  in.say("Mean over groups; shaded: 95" + nbsp + "% interval of the mean; cooperation as a centred moving average over 13 weeks"),
		size: in.height, draw: in.drawAll,
	}, nil
}

func (in TrustInput) ok() bool {
	return some(in.Forms, MostVariants) && endsWithin(in.ProjectYears, in.weeks()) && every(in.Forms, func(f TrustForm) bool {
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
		share = newAxis(0, min(102, 1.05*seen.hi), maxTicks)
	}
	share.percent = true
	unit := in.say("mean over all pairs of active SMEs, of 0 (none) to 1 (full)")
	if y.lo > 0 {
		unit += in.say("; the axis begins at %s", num(y.lo, 1))
	}
	return []trustRow{
		{in.say("Trust"), unit, y, trust, two},
		{in.say("Cooperation"), in.say("joint hours, % of the hours the SMEs had for the project"), share, joint, percent},
	}
}

func two(v float64) string { return num(v, 2) }

// many says that lines in one panel would tangle: each form has its own.
func (in TrustInput) many() bool { return len(in.Forms) > 4 }

func (in TrustInput) height(w float64) float64 {
	if in.many() {
		return in.facetsHeight(w)
	}
	h := 316.0
	if narrow(w) {
		h = 270 + in.legend(w)
		for _, row := range in.rows() {
			h += titleLead * float64(len(wrap(row.unit, w, sizeTick, false)))
		}
	}
	return h
}

func (in TrustInput) drawAll(p pen, r rect) {
	if in.many() {
		in.drawFacets(p, r)
		return
	}
	in.drawRows(p, r)
}

// names are the labels of the lines alone, for a legend.
func (in TrustInput) names() []endLabel {
	return mapped(in.Forms, func(f TrustForm) endLabel { return formLabel(f.Form, "") })
}

// legend is its height.
func (in TrustInput) legend(w float64) float64 {
	return heightOf(func(p pen) float64 { return -p.key(rect{x1: w}, 0, labelKey(in.names())) }) + 4
}

// labels are those at the ends of a row's lines; in a column, where a legend
// names the lines, only what they come to.
func (row trustRow) labels(column bool) []endLabel {
	labels := meanLabels(row.lines, row.text)
	if column {
		for i := range labels {
			labels[i].name = nil
		}
	}
	return labels
}

func (in TrustInput) drawRows(p pen, r rect) {
	n, rows := in.weeks(), in.rows()
	column := narrow(r.w())
	left, right := 0.0, 0.0
	for _, row := range rows {
		left = max(left, gutter(row.axis))
		right = max(right, labelRoom(row.labels(column)))
	}
	if column {
		right = max(right, textWidth(in.atYear(), sizeTick, false)+4)
		h := in.legend(r.w())
		p.key(r, r.y0+h-sizeTick-2, labelKey(in.names()))
		r.y0 += h
	}
	r.y0 += footX(true)
	for i, tile := range r.tiles(2, 1, 0, 8) {
		row := rows[i]
		g := panel{pen: p, x: yearAxis(horizon(n), 11), y: row.axis, r: tile.inset(left, 8, right, 30)}
		if units := wrap(row.unit, r.w(), sizeTick, false); column {
			g.r.y1 -= titleLead * float64(len(units))
			p.text(tile.x0, tile.y1-15, row.title, letters{size: sizeLabel, bold: true, col: ink})
			p.textLines(tile.x0, tile.y1-25, titleLead, units, letters{size: sizeTick, col: muted})
		} else {
			p.rowTitle(tile.x0, g.r.y1+15, row.title, row.unit)
		}
		g.frame(i == 1, true)
		labels := row.labels(column)
		g.meanLines(weeks(n), row.lines, widthData+0.3, labels)
		g.projectEnd(in.ProjectYears)
		if i == 0 && g.inX(in.ProjectYears) {
			in.endNote(g)
		} else if i == 1 {
			p.xTitle(g.r, p.say(termYears))
		}
		if bunched(labels) {
			in.atEnd(g, row, labels)
			top := g.r.y1 + 6
			if column {
				top = g.r.y1 - 2
				g.text(g.r.x1+4, g.r.y1+4, in.atYear(), letters{size: sizeTick, col: muted})
			}
			g.sideLabels(g.r.x1, g.r.y0-4, top, labels)
		} else {
			g.endLabels(g.r.x1, g.r.y0-4, g.r.y1+6, labels)
		}
	}
}

// atYear says when the project ends, where that is when values are printed.
func (in TrustInput) atYear() string { return in.say("at year %s", sig(in.ProjectYears)) }

// atEnd moves the labels to where the lines are when the project ends, for
// rows in which all lines end in the same place.
func (in TrustInput) atEnd(g panel, row trustRow, labels []endLabel) {
	for i, l := range row.lines {
		ys := l.Band.Mean
		if k := last(ys[:weekAt(in.ProjectYears)+1]); k >= 0 {
			labels[i].at = g.pt(float64(k+1)/weeksPerYear, ys[k])
			labels[i].value = row.text(ys[k]) + when(len(labels[i].name) > 0, " %s", in.atYear())
		}
	}
}

// endNote names the line of the project's end, above the upper panel.
func (in TrustInput) endNote(g panel) {
	words := letters{size: sizeTick, col: ink, align: 0.5}
	s := g.say(termEnds, g.inYears(in.ProjectYears))
	half := textWidth(s, words.size, false) / 2
	x := max(g.r.x0+half, min(g.px(in.ProjectYears), g.r.x1-half))
	g.text(x, g.r.y1+3, s, words)
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
	second := in.say("then this much of the SMEs’ hours is joint work: %s", in.valuesOf(joint, pct))
	if r := ranking(joint); len(r) == 0 || r[0].v.Estimate < 1e-9 {
		second = in.say("then nobody works jointly")
	}
	return sentences(in.say("trust among the active SMEs begins at %s; when the project ends after %s it stands at: %s", two(start), in.inYears(in.ProjectYears), in.valuesOf(trust, two)), second)
}

func (in TrustInput) alt() string {
	end, after := weekAt(in.ProjectYears), in.inYears(in.ProjectYears)
	return described(in.say("Two line charts over time, trust among the active SMEs above and the share of joint hours below, "+
		"one line per form with its 95 % interval. "), in.Forms, ". ", func(f TrustForm) string {
		return in.say("%s: trust %s at the start, %s when the project ends after %s, %s at the end of the chart; joint hours %s of the hours the SMEs had when the project ends after %[4]s",
			f.Form.name(), two(f.Trust.Mean[0]), two(f.Trust.Mean[end]), after, two(f.Trust.Mean[in.weeks()-1]), pct(f.Joint.Mean[end]))
	})
}
