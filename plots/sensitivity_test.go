package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"epgsim/sim/analysis"
)

// sensible is every figure of sensitivity with few and many factors, clear and
// drowned in noise.
func sensible() map[string]builder {
	out := map[string]builder{
		"sobol, noise":          of(SobolBars, testSobol(8, 0.5)),
		"rank, poor fit":        of(RankCorrelations, testRank(32, 0.1, 0.43)),
		"interaction, 3 panels": of(Interaction, testInteraction(3, 3)),
	}
	for _, n := range []int{1, 3, 16, 60} {
		for scale, kind := range map[float64]string{1: "", 0.005: ", noise"} {
			out[fmt.Sprintf("tornado %d%s", n, kind)] = of(Tornado, testTornado(n, scale))
			out[fmt.Sprintf("morris %d%s", n, kind)] = of(Morris, testMorris(n, scale))
		}
		out[fmt.Sprintf("sobol %d", n)] = of(SobolBars, testSobol(n, 0.03))
		out[fmt.Sprintf("pairs %d", n+1)] = of(SobolPairs, testPairs(n+1, 0.02))
		out[fmt.Sprintf("rank %d", n)] = of(RankCorrelations, testRank(n, 0.1, 0.83))
	}
	for _, n := range []int{1, 3, 4, 12} {
		out[fmt.Sprintf("effects %d", n)] = of(MainEffects, testEffects(n))
	}
	for _, n := range []int{1, 2, 4, 6} {
		out[fmt.Sprintf("interaction %d", n)] = of(Interaction, testInteraction(n, 0))
		out[fmt.Sprintf("interaction %d panels", n)] = of(Interaction, testInteraction(7-n, n))
	}
	return out
}

// spoiled is every figure of sensitivity from intervals made by v.
func spoiled(v func(i int) analysis.Interval) map[string]builder {
	to, mo, so, pa, ra := testTornado(8, 1), testMorris(8, 1), testSobol(8, 0.1), testPairs(5, 0.1), testRank(8, 0.1, 0.9)
	ef, it := testEffects(4), testInteraction(3, 2)
	for i := range 8 {
		row := &to.Rows[i]
		row.Levels[0], row.Levels[len(row.Levels)-1], row.Highest = v(i), v(i+1), v(i)
		f := &mo.Factors[i]
		f.MuStar.Interval, f.Sigma, f.Mu.Interval, f.Floor = v(i), v(i), v(i), v(i).Estimate
		so.Factors[i].First, so.Factors[i].Total = v(i), v(i+1)
		pa.Pairs[i].Second, ra.Factors[i].Partial = v(i), v(i)
	}
	for i := range ef.Factors {
		ef.Factors[i].Share = missing()
		for k := range ef.Factors[i].Effects {
			ef.Factors[i].Effects[k] = v(k)
		}
	}
	for _, lines := range it.Means {
		for _, line := range lines {
			for j := range line {
				line[j] = v(j)
			}
		}
	}
	return map[string]builder{
		"tornado":     of(Tornado, to),
		"morris":      of(Morris, mo),
		"sobol":       of(SobolBars, so),
		"pairs":       of(SobolPairs, pa),
		"rank":        of(RankCorrelations, ra),
		"effects":     of(MainEffects, ef),
		"interaction": of(Interaction, it),
	}
}

// TestSensitivityPoorData draws what can be drawn and refuses the rest with a
// word, whatever the numbers.
func TestSensitivityPoorData(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for name, c := range map[string]struct {
		v     func(i int) analysis.Interval
		draws string // figures that must be drawn; "all" is each
	}{
		"zero": {func(int) analysis.Interval { return about(0, 0) }, "all"},
		"no intervals": {func(i int) analysis.Interval {
			return analysis.Interval{Estimate: float64(i) / 10, Low: nan, High: nan, N: 1}
		}, "all"},
		"one end":  {func(i int) analysis.Interval { return analysis.Interval{Estimate: float64(i) / 10, Low: nan, High: 1} }, "all"},
		"tiny":     {func(i int) analysis.Interval { return about(float64(i)*1e-300, 1e-301) }, "all"},
		"outside":  {func(i int) analysis.Interval { return analysis.Interval{Estimate: 0.1, Low: 0.2, High: 0.3} }, "all"},
		"negative": {func(i int) analysis.Interval { return about(-float64(i)/10, 0.05) }, "all"},
		"large":    {func(i int) analysis.Interval { return about(float64(i)*1e13, 1e12) }, "all"},
		"gap":      {func(i int) analysis.Interval { return []analysis.Interval{about(0.5, 0.1), missing()}[i%2] }, "tornado interaction"},
		"missing":  {func(int) analysis.Interval { return missing() }, "interaction"},
		"infinite": {func(int) analysis.Interval { return about(inf, 1) }, ""},
		"open end": {func(int) analysis.Interval { return analysis.Interval{Estimate: 0.1, Low: 0, High: inf} }, ""},
	} {
		for fig, build := range spoiled(c.v) {
			t.Run(fig+"/"+name, func(t *testing.T) {
				f, err := build()
				want := c.draws == "all" || strings.Contains(c.draws, fig)
				if want != (err == nil) {
					t.Fatalf("drawn: %v, want %v (%v)", err == nil, want, err)
				}
				if err == nil {
					checkSVG(t, f, false)
				} else if !strings.HasPrefix(err.Error(), "plots: ") {
					t.Errorf("the error is %q", err)
				}
			})
		}
	}
}

// TestSensitivityNames puts what must not be printed and what is far too long
// where people's names and phrases stand.
func TestSensitivityNames(t *testing.T) {
	const nasty = "<b>\x00\x1b\"&'\xff]]> a name that is far too long to stand beside a line without being cut 中 × another one of the same length"
	m := Measure{nasty, nasty, "k€", nasty}
	for _, n := range []int{3, 25} {
		to, mo, so, ra := testTornado(n, 1), testMorris(n, 1), testSobol(n, 0.1), testRank(n, 0.1, 0.9)
		pa, ef, it := testPairs(4, 0.1), testEffects(4), testInteraction(3, 2)
		to.Outcome, mo.Outcome, so.Outcome, ra.Outcome, pa.Outcome, ef.Outcome, it.Outcome = m, m, m, m, m, m, m
		f := Factor{nasty, nasty, nasty}
		to.Rows[1].Factor, mo.Factors[1].Factor, so.Factors[1].Factor, ra.Factors[1].Factor = f, f, f, f
		to.Rows[0].Texts, pa.Pairs[0].A = []string{nasty, nasty}, f
		ef.Factors[0].Levels.Factor, ef.Factors[0].Levels.Texts[1] = f, nasty
		it.X.Factor, it.Lines.Factor, it.Panels.Factor = f, f, f
		it.X.Texts[4], it.Lines.Texts[1], it.Panels.Texts[0] = nasty, nasty, nasty
		for _, build := range []builder{
			of(Tornado, to),
			of(Morris, mo),
			of(SobolBars, so),
			of(SobolPairs, pa),
			of(RankCorrelations, ra),
			of(MainEffects, ef),
			of(Interaction, it),
		} {
			f := must(t, build)
			checkSVG(t, f, false)
			if n == 3 {
				pngOf(t, f)
			}
		}
	}
}

// texts are the pieces of text of a figure from the top down.
func texts(t *testing.T, f *Figure) (out []string) {
	t.Helper()
	boxes, _, _ := parseSVG(t, f, svgOf(t, f))
	slices.SortStableFunc(boxes, func(a, b textBox) int { return int(math.Copysign(1, a.r.y0-b.r.y0)) })
	for _, b := range boxes {
		out = append(out, b.s)
	}
	return out
}

func TestTornadoOrderAndNoise(t *testing.T) {
	in := testTornado(8, 1)
	before := fmt.Sprint(in.Rows)
	f := must(t, of(Tornado, in))
	var names []string
	for _, s := range texts(t, f) {
		if strings.Contains(s, ".") && !strings.Contains(s, " ") {
			names = append(names, s)
		}
	}
	want := []string{"manager.hours", "trust.start", "group.prior_ties", "customer.trust_rate", "market.decision_weeks", "opportunity.value", "joint.learning", "norms.ambition"}
	if !slices.Equal(names, want) {
		t.Errorf("from the top: %v, want %v", names, want)
	}
	if n := strings.Count(strings.Join(texts(t, f), "|"), "~ 0"+nbsp+"±"); n != 1 {
		t.Errorf("the factor that is noise is marked %d times", n)
	}
	if fmt.Sprint(in.Rows) != before {
		t.Error("the input was changed")
	}
	if !strings.Contains(f.Caption, "between the ends of the range: learning to work together") {
		t.Errorf("the caption does not name the factor that is bent: %q", f.Caption)
	}
	// Levels between count for how far a factor reaches.
	row := testRow(about(-2, 1), about(6, 1), about(-3, 1))
	if row.reach() != 9 || !row.sameWay() || !row.stacked() {
		t.Errorf("from −3 to 6 it reaches over %v", row.reach())
	}
}

func TestTornadoLevelsStandOnTheirSides(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		left      [2]bool // low, high
	}{{-5, 5, [2]bool{true, false}}, {5, -5, [2]bool{false, true}}, {0, 5, [2]bool{true, false}}, {0, -5, [2]bool{false, true}},
		{-5, -3, [2]bool{true, true}}, {4, 0, [2]bool{false, true}}, {0, 0, [2]bool{true, false}}} {
		row := testRow(about(c.low, 0), about(c.high, 0))
		row.Texts = []string{"low", "high"}
		ls := row.levels(300)
		if ls[0].left != c.left[0] || ls[1].left != c.left[1] {
			t.Errorf("%v and %v: left %v, %v, want %v", c.low, c.high, ls[0].left, ls[1].left, c.left)
		}
	}
	row := testRow(about(-5, 3), about(6, 2), about(-1, 4))
	row.Texts = []string{"low", "", "high"}
	if ls := row.levels(300); ls[0].at != -8 || ls[1].at != -8 {
		t.Errorf("levels at %v and %v lie on an interval that reaches to -8", ls[0].at, ls[1].at)
	}
}

func TestMorrisDirection(t *testing.T) {
	for _, c := range []struct {
		mu, half, star float64
		want           string
	}{{9.5, 1, 10, "raises"}, {-9.5, 1, 10, "lowers"}, {6, 1, 10, "mostly raises"}, {-6, 1, 10, "mostly lowers"}, {1, 2, 10, "both ways"}, {math.NaN(), 1, 10, ""}, {1, 0.1, 1.5, ""}} {
		var f MorrisFactor
		f.MuStar.Interval, f.Mu.Interval, f.OnlyLuck = about(c.star, 0.5), about(c.mu, c.half), c.star < 2
		if got := f.direction(); got != c.want {
			t.Errorf("mean %v ± %v of size %v: %q, want %q", c.mu, c.half, c.star, got, c.want)
		}
	}
}

func TestSobolTellsLuckApart(t *testing.T) {
	f := must(t, of(SobolBars, testSobol(40, 0.03)))
	all := strings.Join(texts(t, f), "|")
	order := []string{"manager's hours", "16\u00a0factors ranked lower are not shown", "variance of the expected outcome", "plain luck", "variance of a single run"}
	for i := 1; i < len(order); i++ {
		if a, b := strings.Index(all, order[i-1]), strings.Index(all, order[i]); a < 0 || b < a {
			t.Errorf("%q does not stand above %q: %s", order[i-1], order[i], all)
		}
	}
	for _, want := range []string{"below zero is zero", "16\u00a0factors ranked lower are not shown", "64\u00a0%", "38\u00a0%"} {
		if !strings.Contains(f.Caption, want) {
			t.Errorf("the caption lacks %q: %q", want, f.Caption)
		}
	}
	in := testSobol(4, 0.03)
	in.Luck, in.Sum = missing(), missing()
	f = must(t, of(SobolBars, in))
	if s := svgOf(t, f) + f.Caption; strings.Contains(s, "luck") || strings.Contains(s, "one by one") {
		t.Error("luck or a sum is spoken of where none is known")
	}
}

// TestInteractionCaption calls a line highest only where its interval lies
// above all others.
func TestInteractionCaption(t *testing.T) {
	in := testInteraction(3, 0)
	f := must(t, of(Interaction, in))
	if !strings.Contains(f.Caption, "10 at 1, 30 at 8") {
		t.Errorf("%q", f.Caption)
	}
	in.Means[0][0][0] = about(80, 60)
	if in.most(0, 0) != -1 || in.most(0, 4) != 2 {
		t.Error("a lead within the intervals is taken for sure")
	}
	in.Means[0][2][4] = missing()
	if in.most(0, 4) != 1 {
		t.Error("a missing mean is taken for the highest, or hides it")
	}
}

// TestLevelColours keeps the levels of a factor apart on a grey printer and
// their labels readable.
func TestLevelColours(t *testing.T) {
	for n := 2; n <= 6; n++ {
		looks := testLevels(Factor{Label: "a"}, n).looks()
		for i, c := range looks {
			if c.ink.lightness() > 0.2 {
				t.Errorf("%d levels: text of level %d is too pale", n, i+1)
			}
			if i > 0 && c.fill.lightness() > 0.85*looks[i-1].fill.lightness() {
				t.Errorf("%d levels: %d and %d are hard to tell apart in grey", n, i, i+1)
			}
		}
	}
}
