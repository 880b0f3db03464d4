package plots

import (
	"math"
	"testing"
)

func TestSensitivityRefuses(t *testing.T) {
	tornado := func(f func(*TornadoInput)) builder { return after(Tornado, testTornado(4, 1), f) }
	morris := func(f func(*MorrisInput)) builder { return after(MorrisPlot, testMorris(4, 1), f) }
	sobol := func(f func(*SobolInput)) builder { return after(SobolBars, testSobol(4, 0.1), f) }
	effects := func(f func(*EffectsInput)) builder { return after(MainEffects, testEffects(4), f) }
	interaction := func(f func(*InteractionInput)) builder { return after(Interaction, testInteraction(3, 2), f) }
	nan := math.NaN()
	for _, c := range []struct {
		want  string
		build builder
	}{
		{"tornado: the outcome has no label", tornado(func(in *TornadoInput) { in.Outcome.Label = " " })},
		{"tornado: factors: none given", tornado(func(in *TornadoInput) { in.Rows = nil })},
		{"tornado: base: NaN", tornado(func(in *TornadoInput) { in.Base.Estimate = nan })},
		{"factor 2 has neither", tornado(func(in *TornadoInput) { in.Rows[1].Factor = Factor{} })},
		{"factors 1 and 3 are both", tornado(func(in *TornadoInput) { in.Rows[2].Factor = in.Rows[0].Factor })},
		{"customer.trust_rate: effect of the high level: the interval runs", tornado(func(in *TornadoInput) { in.Rows[1].High.Effect.Low = 1e6 })},
		{"manager.hours: no effect is given", tornado(func(in *TornadoInput) { in.Rows[0].Low.Effect, in.Rows[0].High.Effect = missing(), missing() })},
		{"manager.hours: mean size of the effects: NaN", morris(func(in *MorrisInput) { in.Factors[0].MuStar.Estimate = nan })},
		{"must not be negative", morris(func(in *MorrisInput) { in.Factors[0].Sigma = about(-1, 1) })},
		{"must not be negative", morris(func(in *MorrisInput) { in.Factors[0].Floor = -1 })},
		{"morris plot: factors: none given", morris(func(in *MorrisInput) { in.Factors = nil })},
		{"sobol: factors: none given", sobol(func(in *SobolInput) { in.Factors = nil })},
		{"manager.hours: total index: NaN", sobol(func(in *SobolInput) { in.Factors[0].Total = missing() })},
		{"share of luck: the interval runs", sobol(func(in *SobolInput) { in.Luck.Low = 2 })},
		{"pairs: none given", of(SobolPairs, SobolPairsInput{Outcome: testMeasure})},
		{"pair 1: factors 1 and 2 are both", after(SobolPairs, testPairs(3, 0.1), func(in *SobolPairsInput) { in.Pairs[0].B = in.Pairs[0].A })},
		{"is not within −1..1", after(RankCorrelations, testRank(3, 0.1, 0.9), func(in *RankInput) { in.Factors[0].Partial = about(1.2, 0.1) })},
		{"is not within 0..1", of(RankCorrelations, testRank(3, 0.1, 83))},
		{"at most 12", effects(func(in *EffectsInput) { *in = testEffects(13) })},
		{"1 effects for 2 levels", effects(func(in *EffectsInput) { in.Factors[0].Effects = in.Factors[0].Effects[:1] })},
		{"effect of 10: NaN", effects(func(in *EffectsInput) { in.Factors[0].Effects[0] = missing() })},
		{"is not above the one before", effects(func(in *EffectsInput) { in.Factors[0].Levels.At = []float64{2, 2} })},
		{"values where 2 are needed", effects(func(in *EffectsInput) { in.Factors[0].Levels.At = []float64{2} })},
		{"levels of project.years: none given", interaction(func(in *InteractionInput) { in.X.Texts = nil })},
		{"at most 6", interaction(func(in *InteractionInput) { *in = testInteraction(7, 0) })},
		{"means of 1 panels where 2", interaction(func(in *InteractionInput) { in.Means = in.Means[:1] })},
		{"panel 2 has 1 lines where 3", interaction(func(in *InteractionInput) { in.Means[1] = in.Means[1][:1] })},
		{"panel 1, line 2: 3 means for 5", interaction(func(in *InteractionInput) { in.Means[0][1] = in.Means[0][1][:3] })},
	} {
		checkRefusal(t, c.want, c.build)
	}
}
