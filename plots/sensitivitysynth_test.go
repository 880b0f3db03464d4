package plots

import (
	"fmt"
	"math"
	"strings"

	"epgsim/sim/analysis"
)

// testFactors are n factors like those of the model.
func testFactors(n int) (out []Factor) {
	phrases := strings.Split(`manager.hours|manager's hours
customer.trust_rate|customer trust won per meeting
group.prior_ties|prior ties between SMEs
joint.learning|learning to work together
market.decision_weeks|customers' time to decide
trust.start|trust between SMEs at the start
norms.ambition|results expected of the group
opportunity.value|value of a first order`, "\n")
	for i := range n {
		name, label, _ := strings.Cut(phrases[i%len(phrases)], "|")
		if i >= len(phrases) {
			name, label = fmt.Sprintf("%s_%d", name, i), fmt.Sprintf("%s %d", label, i)
		}
		out = append(out, Factor{Label: label, Name: name})
	}
	return out
}

var testMeasure = Measure{Name: "value_project", Label: "Value closed in the project", Unit: "k€", Context: "system focus, 3 years; 40 trajectories, 10 replications"}

// missing is an interval of nothing.
func missing() analysis.Interval {
	return analysis.Interval{Estimate: math.NaN(), Low: math.NaN(), High: math.NaN()}
}

// size is that of effect i: a few large ones, many small ones.
func size(i int) float64 { return 1 / (1 + 0.6*float64(i*7%11)*float64(i%5+1)/3) }

// testRow is a row with the given effects of its levels.
func testRow(levels ...analysis.Interval) TornadoRow {
	row := TornadoRow{Texts: make([]string, len(levels))}
	row.Levels, row.Highest = levels, about(levels[len(levels)-1].Estimate-levels[0].Estimate, 15)
	return row
}

// testTornado has effects of either sign, a factor with its best level in
// between, one whose base is its lowest level, and noise.
func testTornado(n int, scale float64) TornadoInput {
	in := TornadoInput{Outcome: testMeasure, Base: about(412, 6)}
	for i, f := range testFactors(n) {
		v := scale * 180 * size(i)
		low, high := about(-v, 9), about(0.7*v, 12)
		switch i % 8 {
		case 1:
			low, high = about(0.5*v, 8), about(-0.9*v, 14)
		case 3:
			low, high = about(-0.6*v, 9), about(-0.3*v, 9)
		case 5:
			low, high = about(0, 0), about(v, 10)
		case 6:
			low, high = about(1, 9), about(-2, 8)
		case 7:
			low = missing()
		}
		row := testRow(low, high)
		row.Factor, row.Texts = f, []string{"10 h/week", "40 h/week"}
		row.Noise = i%8 == 6 || scale < 0.1
		if i%8 == 3 {
			row.Levels = []analysis.Interval{low, about(-0.9*v, 8), about(0.2*v, 8), high}
			row.Texts, row.Bent = []string{"10 h/week", "20 h/week", "30 h/week", "40 h/week"}, !row.Noise
		}
		in.Rows = append(in.Rows, row)
	}
	return in
}

// testMorris has factors that work evenly, unevenly, and not at all.
func testMorris(n int, scale float64) MorrisInput {
	in := MorrisInput{Outcome: testMeasure}
	for i, f := range testFactors(n) {
		v := scale * 300 * size(i) * size(i)
		spread := v * []float64{0.15, 0.4, 1.4, 0.8}[i%4]
		mf := MorrisFactor{Factor: f}
		mf.MuStar.Interval, mf.Sigma, mf.Mu.Interval = about(v+6, 4+0.1*v), about(spread+5, 2+0.15*spread), about(v*[]float64{1, -1, 0.02, 0.6}[i%4], 4+0.1*v)
		mf.Floor = 11 + float64(i%3)
		mf.OnlyLuck, mf.Unsigned = mf.MuStar.Low < mf.Floor, i == 5
		in.Factors = append(in.Factors, mf)
	}
	return in
}

// testSobol has one or a few factors that make most of the variance.
func testSobol(n int, half float64) SobolInput {
	in := SobolInput{Outcome: testMeasure, Sum: about(0.64, 0.05), Luck: about(0.38, 0.03)}
	for i, f := range testFactors(n) {
		total := 0.34*size(i)*size(i) - 0.006
		first := total * []float64{0.9, 0.5, 0.3, 0.75}[i%4]
		in.Factors = append(in.Factors, SobolFactor{f, about(first, half*0.8), about(total, half)})
	}
	return in
}

func testPairs(n int, half float64) SobolPairsInput {
	in := SobolPairsInput{Outcome: testMeasure}
	fs := testFactors(n)
	for i := range fs {
		for k := range i {
			in.Pairs = append(in.Pairs, SobolPair{fs[k], fs[i], about(0.12*size(3*i+k)*size(k)-0.01, half)})
		}
	}
	return in
}

func testRank(n int, half, r2 float64) RankInput {
	in := RankInput{Outcome: testMeasure, R2: r2, Poor: r2 < 0.7}
	for i, f := range testFactors(n) {
		v := 0.85 * size(i) * float64(1-2*(i%3%2))
		in.Factors = append(in.Factors, RankFactor{f, analysis.Interval{Estimate: v, Low: max(-1, v-half), High: min(1, v+half), N: 300}})
	}
	return in
}

// testLevels are n levels of a factor.
func testLevels(f Factor, n int) Levels {
	l := Levels{Factor: f}
	for i := range n {
		l.Texts, l.At = append(l.Texts, num(float64(10*(i+1)), 0)), append(l.At, float64(10*(i+1)))
	}
	return l
}

func testEffects(n int) EffectsInput {
	in := EffectsInput{Outcome: testMeasure, Mean: about(400, 4), Together: about(0.21, 0.03)}
	for i, f := range testFactors(n) {
		l := testLevels(f, 2+i%4)
		if i%2 == 1 {
			l.At = nil
			for k := range l.Texts {
				l.Texts[k] = []string{"false", "true", "now and then", "never", "always"}[k]
			}
		}
		ef := EffectsFactor{Levels: l, Share: about(0.3*size(i), 0.02)}
		for k := range l.Texts {
			ef.Effects = append(ef.Effects, about(150*size(i)*(float64(k)-float64(len(l.Texts)-1)/2), 9))
		}
		in.Factors = append(in.Factors, ef)
	}
	return in
}

// testInteraction is value by project length and form: short projects favour
// one end of the continuum, long ones the other, the more so the higher the panel.
func testInteraction(lines, panels int) InteractionInput {
	years := Levels{Factor: Factor{"project period", "project.years", "years"}, Texts: []string{"1", "2", "3", "5", "8"}, At: []float64{1, 2, 3, 5, 8}}
	in := InteractionInput{Outcome: testMeasure, X: years, Lines: testLevels(Factor{"manager's hours", "manager.hours", "h/week"}, lines)}
	if panels > 0 {
		in.Panels = Levels{Factor: Factor{"technology of the products", "group.technology", ""}}
	}
	for i := range max(1, panels) {
		if panels > 0 {
			in.Panels.Texts = append(in.Panels.Texts, num(0.1+0.2*float64(i), 1))
		}
		var rows [][]analysis.Interval
		for k := range lines {
			s := float64(k) / float64(max(1, lines-1))
			var row []analysis.Interval
			for _, y := range years.At {
				v := growth(420+700*s*(1+0.4*float64(i)), 1.6+2.6*s, 1, y)
				row = append(row, about(v, 6+0.05*v))
			}
			rows = append(rows, row)
		}
		in.Means = append(in.Means, rows)
	}
	return in
}
