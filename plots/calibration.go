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
	for _, row := range in.Rows {
		c.add(Factor{Label: row.Name, Name: row.Name}, false, row.draw, threeFigures(row.Value)+"\u2009±\u2009"+threeFigures(row.Error), when(row.Conflict, "! ")+threeFigures(row.After[1]))
	}
	c.x = newAxis(-targetsReach, targetsReach, 7)
	f := Figure{
		words: in.Words,
		Name:  "targets", Title: in.say("What is known, and the worlds"), Alt: in.alt(), Caption: in.caption(),
		sub: in.say("Where the statistic of a world lies, in standard errors of what is known; the worlds found were simulated anew"),
		key: []keyItem{
			{in.say("90 % of plausible worlds"), func(p pen, r rect) { p.rect(senseSpan.tint(0.6), r) }},
			{in.say("90 % of the worlds found, median"), func(p pen, r rect) {
				p.rect(sensePale, rect{r.x0, r.my() - 2, r.x1, r.my() + 2})
				p.rect(senseDot, rect{r.mx() - 1, r.my() - 4, r.mx() + 1, r.my() + 4})
			}},
			{in.say("known, ± 2 errors"), func(p pen, r rect) {
				p.line(stroke{col: ink, width: 0.8, dash: []float64{2, 2}}, point{r.mx(), r.y0}, point{r.mx(), r.y1})
			}},
		},
	}
	return c.figure(f).Headed(in.Finding), nil
}

// targetsReach is how many errors of a target are drawn.
const targetsReach = 6.0

// z is a value in errors of the target, cut to what is drawn.
func (row TargetRow) z(v float64) float64 {
	return min(max((v-row.Value)/row.Error, -targetsReach), targetsReach)
}

func (row TargetRow) draw(g panel) {
	y := g.r.my()
	if finite(row.Before[0]) && finite(row.Before[2]) {
		g.rect(senseSpan.tint(0.6), rect{g.px(row.z(row.Before[0])), y - 6, g.px(row.z(row.Before[2])), y + 6})
	}
	g.rect(sensePale, rect{g.px(row.z(row.After[0])), y - 2, g.px(row.z(row.After[2])), y + 2})
	at := g.px(row.z(row.After[1]))
	g.rect(senseDot, rect{at - 1, y - 4, at + 1, y + 4})
	for _, z := range []float64{-2, 2} {
		g.line(stroke{col: ink, width: 0.8, dash: []float64{2, 2}}, point{g.px(z), g.r.y0}, point{g.px(z), g.r.y1})
	}
	g.line(stroke{col: ink, width: widthAxis}, point{g.px(0), g.r.y0}, point{g.px(0), g.r.y1})
}

func (in TargetsInput) caption() string {
	var off []string
	for _, row := range in.Rows {
		if row.Conflict {
			off = append(off, "“"+row.Name+"”")
		}
	}
	return sentences("bars end at the 5 and 95 % quantiles of worlds; each row is in units of its own error",
		when(len(off) > 0, "in conflict with the model or with the other targets (!): %s", few(off)),
		when(len(off) == 0, "no target is in conflict with the model or with the others"))
}

func (in TargetsInput) alt() string {
	parts := each(in.Rows, func(row TargetRow) string {
		return fmt.Sprintf("%s %s ± %s, in the worlds found %s (%s to %s)", row.Name, threeFigures(row.Value), threeFigures(row.Error), threeFigures(row.After[1]), threeFigures(row.After[0]), threeFigures(row.After[2]))
	})
	return "Dot chart of targets in units of their errors, with the range of plausible worlds and of the worlds found. " + strings.Join(parts, "; ") + "."
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
	c := rowChart{heads: [][2]string{{"5" + nbsp + "%", ""}, {"95" + nbsp + "%", ""}}, title: in.say("Share of the plausible range"), guides: false}
	if n := len(in.Rows) - len(show); n > 0 {
		c.rest = in.say("%d more are not shown", n)
	}
	for _, row := range show {
		c.add(row.Factor, !row.Touched, row.draw, row.Low, row.High)
	}
	c.x = newAxis(0, 1, 5)
	f := Figure{
		words: in.Words,
		Name:  "marginals", Title: in.say("What the targets say about what nobody knows"), Alt: in.alt(), Caption: in.caption(),
		sub: in.say("Where in its plausible range, 0 to 1, a parameter lies in the worlds found; before, it lies anywhere in it"),
		key: []keyItem{
			{in.say("plausible"), func(p pen, r rect) { p.rect(senseSpan.tint(0.6), r) }},
			{in.say("90 % and half of the worlds found, median"), func(p pen, r rect) {
				p.rect(senseSpan, rect{r.x0, r.my() - 4, r.x1, r.my() + 4})
				p.rect(sensePale, rect{r.x0 + 4, r.my() - 4, r.x1 - 4, r.my() + 4})
				p.rect(senseDot, rect{r.mx() - 1, r.my() - 5, r.mx() + 1, r.my() + 5})
			}},
		},
	}
	return c.figure(f).Headed(in.Finding), nil
}

func (row MarginalRow) draw(g panel) {
	y, x := g.r.my(), row.Shares
	g.rect(senseSpan.tint(0.6), rect{g.px(0), y - 5, g.px(1), y + 5})
	if row.Touched {
		g.rect(senseSpan, rect{g.px(x[0]), y - 4, g.px(x[4]), y + 4})
		g.rect(sensePale, rect{g.px(x[1]), y - 4, g.px(x[3]), y + 4})
	}
	col := sensePale
	if row.Touched {
		col = senseDot
	} else {
		g.line(stroke{col: sensePale, width: 0.8}, point{g.px(x[0]), y}, point{g.px(x[4]), y})
	}
	at := g.px(x[2])
	g.rect(col, rect{at - 1, y - 5, at + 1, y + 5})
}

func (in MarginalsInput) touched() (names []string) {
	for _, r := range in.Rows {
		if r.Touched {
			names = append(names, r.Label)
		}
	}
	return names
}

func (in MarginalsInput) caption() string {
	names := in.touched()
	return sentences(when(len(names) > 0, "the targets say something about %s", few(names)),
		when(len(names) == 0, "the targets say nothing that is sure about any single parameter"),
		when(len(names) > 0 && len(names) < len(in.Rows), "of the other %d nothing that is sure: luck alone may have moved them as far", len(in.Rows)-len(names)))
}

func (in MarginalsInput) alt() string {
	parts := each(in.Rows[:min(len(in.Rows), mostRows)], func(r MarginalRow) string {
		return fmt.Sprintf("%s %s to %s%s", r.Label, r.Low, r.High, when(!r.Touched, " (not told from luck)"))
	})
	return "Bars of the range in which 90 % of the worlds found lie, by parameter. " + strings.Join(parts, "; ") + "."
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
		r := row.Correlation
		c.add(Factor{Label: row.A.Label + times + row.B.Label, Name: row.A.Name + times + row.B.Name}, false, func(g panel) {
			y := g.r.my()
			g.rect(senseSpan, rect{min(g.px(0), g.px(r)), y - 4, max(g.px(0), g.px(r)), y + 4})
			g.line(stroke{col: rule, width: widthAxis}, point{g.px(0), g.r.y0}, point{g.px(0), g.r.y1})
		}, strings.Replace(fmt.Sprintf("%+.2f", r), "-", "−", 1))
	}
	c.x = newAxis(-1, 1, 5)
	first := in.Rows[0]
	f := Figure{
		words: in.Words,
		Name:  "tied", Title: in.say("What the targets tie together"),
		sub:     in.say("Pairs of parameters that go together in the worlds found: the targets say little about each alone, and more about the two"),
		Alt:     fmt.Sprintf("Bars of %d correlations; the strongest, of %s and %s, is %.2f.", len(in.Rows), first.A.Label, first.B.Label, first.Correlation),
		Caption: sentences(fmt.Sprintf("where %s is high, %s is %s in the worlds found", first.A.Label, first.B.Label, map[bool]string{true: "low", false: "high"}[first.Correlation < 0])),
	}
	return c.figure(f), nil
}
