package plots

import (
	"fmt"
	"math"
	"strings"
)

// TargetsInput is how plausible worlds, and those that a calibration found, come out at
// what is known from outside.
type TargetsInput struct {
	Words

	Rows    []TargetRow
	Finding string // what may surely be said, as a title; "" is nothing
}

// TargetRow is one target; at most 24. Quantiles are of worlds, 5, 50 and 95 %; NaN
// where there are none.
type TargetRow struct {
	Name          string
	Value, Error  float64 // what is known, with its standard error
	Before, After [3]float64
	Conflict      bool
}

// TargetsMet draws each target in units of its own error, from what is known: where
// plausible worlds lie, and where those lie that were found.
func TargetsMet(in TargetsInput) (*Figure, error) {
	if !some(in.Rows, mostRows) || !every(in.Rows, func(r TargetRow) bool {
		return finite(r.Value) && finite(r.Error) && r.Error > 0 && finite(r.After[1])
	}) {
		return nil, unusable("targets")
	}
	c := rowChart{heads: [][2]string{{in.say("known"), ""}, {in.say("found"), in.say("worlds")}}, title: in.say("Errors of the target from what is known; beyond six cut off"), guides: true}
	var off []string
	for _, row := range in.Rows {
		known, at := threeFigures(row.Value)+"\u2009±\u2009"+threeFigures(row.Error), row.After
		told := fmt.Sprintf("%s, in the worlds found %s (%s to %s)", known, threeFigures(at[1]), threeFigures(at[0]), threeFigures(at[2]))
		c.add(Factor{Label: row.Name}, false, told, row.draw, known, when(row.Conflict, "! ")+threeFigures(at[1]))
		if row.Conflict {
			off = append(off, "“"+row.Name+"”")
		}
	}
	c.x = newAxis(-targetsReach, targetsReach, 7)
	return c.figure(Figure{
		words: in.Words,
		Name:  "targets", Title: in.say("What is known, and the worlds"),
		Alt: "Dot chart of targets in units of their errors, with the range of plausible worlds and of the worlds found. ",
		Caption: sentences("bars end at the 5 and 95 % quantiles of worlds; each row is in units of its own error",
			named(off, "in conflict with the model or with the other targets (!): ", "no target is in conflict with the model or with the others")),
		sub: in.say("Where the statistic of a world lies, in standard errors of what is known; the worlds found were simulated anew"),
		key: []keyItem{
			keyArea(in.say("90 % of plausible worlds"), senseWide),
			keyQuantiles(in.say("90 % of the worlds found, median"), false, true),
			{label: in.say("known, ± 2 errors"), sign: func(p pen, r rect) { p.line(targetStroke(), point{r.mx(), r.y0}, point{r.mx(), r.y1}) }},
		},
	}).Headed(in.Finding), nil
}

// targetsReach is how many errors of a target are drawn.
const targetsReach = 6.0

func targetStroke() stroke { return stroke{col: ink, width: 0.8, dash: []float64{2, 2}} }

func (row TargetRow) draw(g panel) {
	at := func(v float64) float64 { // in errors of the target, cut to what is drawn
		return g.px(min(max((v-row.Value)/row.Error, -targetsReach), targetsReach))
	}
	y := g.r.my()
	g.rect(senseWide, rect{at(row.Before[0]), y - 6, at(row.Before[2]), y + 6})
	g.quantileBar(y, [5]float64{at(row.After[0]), math.NaN(), at(row.After[1]), math.NaN(), at(row.After[2])})
	for _, z := range []float64{-2, 2} {
		g.line(targetStroke(), point{g.px(z), g.r.y0}, point{g.px(z), g.r.y1})
	}
	g.zero(ink)
}

// MarginalsInput is what targets say about the parameters that nobody knows.
type MarginalsInput struct {
	Words

	Rows    []MarginalRow // in the order to be drawn
	Finding string
}

// MarginalRow is one parameter. Shares are places in its plausible range, 0..1.
type MarginalRow struct {
	Factor
	Shares  [5]float64 // 5, 25, 50, 75 and 95 % of the worlds found lie below
	Low     string     // the 5 % quantile, as a value
	High    string     // the 95 % quantile
	Touched bool       // the targets say something about it, luck apart
}

// Marginals draws where in its plausible range each parameter lies in the worlds
// found.
func Marginals(in MarginalsInput) (*Figure, error) {
	if len(in.Rows) == 0 || !every(in.Rows, func(r MarginalRow) bool { return areShares(r.Shares[:]...) }) {
		return nil, unusable("marginals")
	}
	show := in.Rows[:min(len(in.Rows), mostRows)]
	c := rowChart{heads: [][2]string{{"5" + nbsp + "%", ""}, {"95" + nbsp + "%", ""}}, title: in.say("Share of the plausible range")}
	if n := len(in.Rows) - len(show); n > 0 {
		c.rest = in.say("%d more are not shown", n)
	}
	for _, row := range show {
		c.add(row.Factor, !row.Touched, row.Low+" to "+row.High+when(!row.Touched, " (not told from luck)"), row.draw, row.Low, row.High)
	}
	c.x = newAxis(0, 1, 5)
	names := firstFew(in.Rows, len(in.Rows), func(r MarginalRow) bool { return r.Touched }, func(r MarginalRow) string { return r.Label })
	return c.figure(Figure{
		words: in.Words,
		Name:  "marginals", Title: in.say("What the targets say about what nobody knows"),
		Alt: "Bars of the range in which 90 % of the worlds found lie, by parameter. ",
		Caption: sentences(named(names, "the targets say something about ", "the targets say nothing that is sure about any single parameter"),
			when(len(names) > 0 && len(names) < len(in.Rows), "of the other %d nothing that is sure: luck alone may have moved them as far", len(in.Rows)-len(names))),
		sub: in.say("Where in its plausible range, 0 to 1, a parameter lies in the worlds found; before, it lies anywhere in it"),
		key: []keyItem{keyArea(in.say("plausible"), senseWide), keyQuantiles(in.say("90 % and half of the worlds found, median"), true, true)},
	}).Headed(in.Finding), nil
}

func (row MarginalRow) draw(g panel) {
	var x [5]float64
	for k, v := range row.Shares {
		x[k] = g.px(v)
	}
	y := g.r.my()
	g.rect(senseWide, rect{g.px(0), y - 5, g.px(1), y + 5})
	if row.Touched {
		g.quantileBar(y, x)
		return
	}
	g.line(stroke{col: sensePale, width: 0.8}, point{x[0], y}, point{x[4], y})
	g.rect(sensePale, rect{x[2] - 1, y - 5, x[2] + 1, y + 5})
}

// TiedInput is which pairs of parameters targets tie together.
type TiedInput struct {
	Words

	Rows []TiedRow // at most 24, the strongest first
}

// TiedRow is a pair.
type TiedRow struct {
	A, B        Factor
	Correlation float64
}

// Tied draws pairs of parameters that go together in the worlds found.
func Tied(in TiedInput) (*Figure, error) {
	if !some(in.Rows, mostRows) || !every(in.Rows, func(r TiedRow) bool { return math.Abs(r.Correlation) <= 1 }) {
		return nil, unusable("ties")
	}
	c := rowChart{heads: [][2]string{{in.say("correla-"), in.say("tion")}}, title: in.say("Correlation over the worlds found"), guides: true}
	for _, row := range in.Rows {
		r := strings.Replace(fmt.Sprintf("%+.2f", row.Correlation), "-", minus, 1)
		c.add(pairOf(row.A, row.B), false, r, func(g panel) {
			y, a, b := g.r.my(), g.px(0), g.px(row.Correlation)
			g.rect(senseSpan, rect{min(a, b), y - 4, max(a, b), y + 4})
			g.zero(rule)
		}, r)
	}
	c.x = newAxis(-1, 1, 5)
	first, way := in.Rows[0], "high"
	if first.Correlation < 0 {
		way = "low"
	}
	return c.figure(Figure{
		words: in.Words,
		Name:  "tied", Title: in.say("What the targets tie together"),
		sub:     in.say("Pairs of parameters that go together in the worlds found: the targets say little about each alone, and more about the two"),
		Alt:     "Bars of correlations between parameters over the worlds found, the strongest first. ",
		Caption: sentences(fmt.Sprintf("where %s is high, %s is %s in the worlds found", first.A.Label, first.B.Label, way)),
	}), nil
}
