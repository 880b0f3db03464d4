package experiment

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"epgsim/sim"
)

// worths is a game as the design wants it: the worth of every coalition run.
func (d *design) worths(game func(set uint64) float64) []float64 {
	out := make([]float64, len(d.sets))
	for k, set := range d.sets {
		out[k] = game(set)
	}
	return out
}

func allNear(a, b []float64, eps float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) <= eps })
}

func total(xs []float64) (s float64) {
	for _, x := range xs {
		s += x
	}
	return s
}

// Games whose Shapley values are known from the books.
func TestShapleyOfKnownGames(t *testing.T) {
	has := func(set uint64, i int) float64 { return float64(set >> i & 1) }
	for _, c := range []struct {
		name string
		game func(uint64) float64
		want []float64
	}{
		{"additive", func(s uint64) float64 { return 3*has(s, 0) - 2*has(s, 1) + 0.5*has(s, 2) + 7 }, []float64{3, -2, 0.5}},
		{"glove: one left, two right", func(s uint64) float64 { return has(s, 0) * max(has(s, 1), has(s, 2)) }, []float64{2. / 3, 1. / 6, 1. / 6}},
		{"majority of three", func(s uint64) float64 {
			if bits.OnesCount64(s) >= 2 {
				return 1
			}
			return 0
		}, []float64{1. / 3, 1. / 3, 1. / 3}},
		{"weighted majority 2, 1, 1, 1", func(s uint64) float64 {
			if 2*has(s, 0)+has(s, 1)+has(s, 2)+has(s, 3) >= 3 {
				return 1
			}
			return 0
		}, []float64{1. / 2, 1. / 6, 1. / 6, 1. / 6}},
		{"a dummy beside a pair", func(s uint64) float64 { return 6 * has(s, 0) * has(s, 2) }, []float64{3, 0, 3}},
		{"one player", func(s uint64) float64 { return 4 * has(s, 0) }, []float64{4}},
		{"airport 1, 2, 5", func(s uint64) float64 { return max(has(s, 0), 2*has(s, 1), 5*has(s, 2)) }, []float64{1. / 3, 5. / 6, 23. / 6}},
	} {
		d := newDesign(len(c.want), 1)
		if got := d.shapley(d.worths(c.game), d.pairs); !allNear(got, c.want, 1e-12) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// randomGame has some order to it and a lot of chance: its players interact.
func randomGame(seed uint64, n int) func(uint64) float64 {
	luck := rand.New(rand.NewPCG(seed, 5))
	worth := make([]float64, 1<<n)
	for set := range worth {
		worth[set] = luck.NormFloat64() + 2*float64(bits.OnesCount(uint(set)&5))
	}
	return func(set uint64) float64 { return worth[set] }
}

// Contributions add up to the whole, exact or sampled; the axioms hold.
func TestShapleyAxioms(t *testing.T) {
	for n := 1; n <= 11; n++ {
		d, game := newDesign(n, 3), randomGame(uint64(n), n)
		all := uint64(1)<<n - 1
		if got, want := total(d.shapley(d.worths(game), d.pairs)), game(all)-game(0); math.Abs(got-want) > 1e-11 {
			t.Errorf("%d players: the contributions make %v of %v", n, got, want)
		}
		if d.sets[0] != 0 || d.sets[d.all] != all {
			t.Errorf("%d players: the coalitions of nobody and everybody are misplaced", n)
		}
		for i, k := range d.without {
			if d.sets[k] != all&^(1<<i) {
				t.Errorf("%d players: without[%d] is %b", n, i, d.sets[k])
			}
		}
		if n < 3 {
			continue
		}
		// Players 0 and 1 made alike, and the last made a dummy.
		sym := func(s uint64) float64 {
			if s&3 == 1 || s&3 == 2 {
				s = s&^3 | 1
			}
			return game(s &^ (1 << (n - 1)))
		}
		phi := d.shapley(d.worths(sym), d.pairs)
		if phi[n-1] != 0 {
			t.Errorf("%d players: the dummy has %v", n, phi[n-1])
		}
		if n <= mostExact && math.Abs(phi[0]-phi[1]) > 1e-12 {
			t.Errorf("%d players: two who are alike have %v and %v", n, phi[0], phi[1])
		}
	}
}

// exactly is the Shapley value by its definition, over all coalitions.
func exactly(n int, game func(uint64) float64) []float64 {
	d := design{n: n}
	for set := range uint64(1) << n {
		d.sets = append(d.sets, set)
	}
	return d.shapley(d.worths(game), nil)
}

// Sampled orders come near the exact values, and the interval that comes of
// resampling their pairs holds them about as often as it says.
func TestSampledOrders(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and arithmetic alone")
	}
	const n, games = 10, 60
	inside, tries := 0, 0
	for seed := range uint64(games) {
		game := randomGame(seed+1, n)
		e := fake(n, seed, func(set uint64, _ int) float64 { return game(set) })
		if err := e.judge(e.Arms()); err != nil {
			t.Fatal(err)
		}
		for i, want := range exactly(n, game) {
			tries++
			if c := e.Parts[i].Contribution; c.Low <= want && want <= c.High {
				inside++
			}
		}
		if games := len(e.design.sets); games > 2*orderPairs*n {
			t.Fatalf("%d coalitions", games)
		}
	}
	if share := float64(inside) / float64(tries); share < 0.92 || share > 0.99 {
		t.Errorf("95 %% intervals of sampled orders hold %.3f of exact values", share)
	}
}

// fake is an explanation whose runs came to what worth says, for a coalition
// and a replication: A has nothing, B has the worth.
func fake(n int, seed uint64, worth func(set uint64, replication int) float64) *Explanation {
	const replications = 40
	e := &Explanation{Players: make([]Player, n), Plan: Plan{Seed: seed, Replications: replications}, design: newDesign(n, seed)}
	for _, set := range e.design.sets {
		a, b, ones := make([]float64, replications), make([]float64, replications), slices.Repeat([]float64{1}, replications)
		for r := range b {
			b[r] = worth(set, r)
		}
		e.part, e.whole = append(e.part, a, b), append(e.whole, ones, ones)
	}
	return e
}

// Intervals over replications hold the true values about as often as they say.
func TestIntervalsCover(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and arithmetic alone")
	}
	const n, studies = 3, 150
	inside := 0
	for seed := range uint64(studies) {
		luck := rand.New(rand.NewPCG(seed, 9))
		noise := make([]float64, 40)
		for r := range noise {
			noise[r] = luck.ExpFloat64() - 1
		}
		e := fake(n, seed, func(set uint64, r int) float64 {
			return float64(set&1)*(2+noise[r]) + float64(set>>1&1*(set>>2&1))*(1+0.5*noise[(r+7)%40])
		})
		if err := e.judge(e.Arms()); err != nil {
			t.Fatal(err)
		}
		for i, want := range []float64{2, 0.5, 0.5} {
			if c := e.Parts[i].Contribution; c.Low <= want && want <= c.High {
				inside++
			}
		}
		if r := e.Parts[n].Contribution; r.Estimate != 0 || r.Low != 0 || r.High != 0 {
			t.Fatalf("nothing is left over, but %v", r)
		}
	}
	if share := float64(inside) / (n * studies); share < 0.90 || share > 0.985 {
		t.Errorf("95 %% intervals hold %.3f of true values", share)
	}
}

// Where the difference might be none, no share of it is given.
func TestNoShareOfNothing(t *testing.T) {
	luck := rand.New(rand.NewPCG(1, 1))
	noise := make([]float64, 40)
	for r := range noise {
		noise[r] = luck.NormFloat64()
	}
	e := fake(2, 1, func(set uint64, r int) float64 { return float64(set&1) * noise[r] })
	if err := e.judge(e.Arms()); err != nil {
		t.Fatal(err)
	}
	if s := e.Parts[0].Share; !math.IsNaN(s.Estimate) || !math.IsNaN(s.Low) {
		t.Errorf("a share of %v is %v", e.Total, s)
	}
}

func marketAndSystem() (a, b Variant) {
	vs := PureForms(sim.Defaults())
	return vs[0], vs[2]
}

// explainFor runs a small real explanation.
func explainFor(t *testing.T, m Measure, players []string, workers int) *Explanation {
	t.Helper()
	ps, err := PlayersNamed(players, nil)
	if err != nil {
		t.Fatal(err)
	}
	a, b := marketAndSystem()
	e := NewExplanation(a, b, m, ps, Plan{Seed: 7, Replications: 20, Workers: workers})
	runs := 0
	if err := e.Run(context.Background(), func(n int) { runs += n }); err != nil {
		t.Fatal(err)
	}
	if want := 20 * len(e.Arms()); runs != want {
		t.Errorf("%d runs, want %d", runs, want)
	}
	return e
}

// The number of workers changes nothing; the parts and the rest make the whole.
func TestExplanationOfTheModel(t *testing.T) {
	names := []string{"joint-hours", "extra-complexity", "motivation"}
	for _, m := range []Measure{LostByStopping(), SeenByYear(3), MeasureOf(sim.ValueProject), MeasureOf(sim.FirstDealWeek)} {
		one, three := explainFor(t, m, names, 1), explainFor(t, m, names, 3)
		if !reflect.DeepEqual(one.Parts, three.Parts) || one.From != three.From || one.To != three.To {
			// NaN is unlike itself: compare what is printed, too.
			if a, b := partsText(one), partsText(three); a != b {
				t.Errorf("%s: one worker finds\n%s\nthree find\n%s", m.Name, a, b)
			}
		}
		made := 0.0
		for _, p := range one.Parts {
			made += p.Contribution.Estimate
		}
		if d := one.To.Estimate - one.From.Estimate; math.Abs(made-d) > 1e-9*math.Abs(d) || d != one.Total.Estimate {
			t.Errorf("%s: the parts make %v of %v", m.Name, made, d)
		}
	}
}

func partsText(e *Explanation) string {
	var b strings.Builder
	for _, p := range e.Parts {
		fmt.Fprintln(&b, p.Contribution, p.Share, p.Alone)
	}
	return b.String()
}

// What the funder sees and what is lost by stopping are those of the main comparison, and
// so is a mean of sales.
func TestMeasuresAreThoseOfComparisons(t *testing.T) {
	a, b := marketAndSystem()
	c := NewComparison([]Variant{a, b}, nil, 3, Plan{Seed: 7, Replications: 20})
	if err := c.Run(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	for _, m := range []struct {
		measure Measure
		want    func(v int) float64
	}{
		{SeenByYear(3), func(v int) float64 { return 100 * c.Seen(v, 3).Estimate }},
		{LostByStopping(), func(v int) float64 { return 100 * c.Lost(v, c.OwnIndex()).Estimate }},
		{MeasureOf(sim.ValueTotal), func(v int) float64 { return c.Mean(v, c.OwnIndex(), sim.ValueTotal).Estimate }},
		{MeasureOf(sim.ValueAfter), func(v int) float64 { return c.Mean(v, c.OwnIndex(), sim.ValueAfter).Estimate }},
		{MeasureOf(sim.ValueProject), func(v int) float64 { return c.Mean(v, c.OwnIndex(), sim.ValueProject).Estimate }},
		{MeasureOf(sim.DealsTotal), func(v int) float64 { return c.Mean(v, c.OwnIndex(), sim.DealsTotal).Estimate }},
	} {
		e := explainFor(t, m.measure, []string{"workload"}, 0)
		for v, got := range []float64{e.From.Estimate, e.To.Estimate} {
			if want := m.want(v); math.Abs(got-want) > 1e-9*math.Abs(want) || want == 0 {
				t.Errorf("%s, variant %d: %v, but the comparison says %v", m.measure.Name, v, got, want)
			}
		}
	}
}

// Without joint work no system is ever sold, and without own initiative nobody sells
// alone: there is no share of that.
func TestNoValue(t *testing.T) {
	ps, err := PlayersNamed([]string{"joint-work", "own-initiative"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	a, b := marketAndSystem()
	a.Params.Project.Horizon, b.Params.Project.Horizon = 2, 2 // in more years one of these groups sells something all the same
	e := NewExplanation(a, b, SeenByYear(1), ps, Plan{Seed: 1, Replications: 8})
	if err := e.Run(context.Background(), func(int) {}); !errors.Is(err, ErrNoValue) || !strings.Contains(err.Error(), "without joint-work, own-initiative") {
		t.Errorf("%v", err)
	}
}

// With the usual players off, forms and products of unlike technology sell alike, and
// niches hardly matter: nothing, or little, of a difference between them is left to
// everything else. More hours of the manager, or years, are no mechanism's doing.
func TestUsualPlayersExplainTheMainContrasts(t *testing.T) {
	players, err := PlayersNamed(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	replications := 8
	if os.Getenv("EPGSIM_LONG") != "" {
		replications = 48
	}
	measures := []Measure{MeasureOf(sim.ValueProject), MeasureOf(sim.ValueTotal), MeasureOf(sim.DealsProject),
		MeasureOf(sim.FirstDealWeek), MeasureOf(sim.Cooperation), LostByStopping(), SeenByYear(3)}
	all := func(rest Part) bool { return rest.Contribution.Estimate == 0 }
	nearly := func(rest Part) bool { // what luck may have added is not held against them
		return math.IsNaN(rest.Share.Estimate) || rest.Share.Low < 0.25 && rest.Share.High > -0.25
	}
	for _, c := range []struct {
		name      string
		values    [2]float64
		explained func(rest Part) bool
	}{
		{"group.focus", [2]float64{0, 1}, all},
		{"group.focus", [2]float64{0, 0.5}, all},
		{"group.focus", [2]float64{0.5, 1}, all},
		{"group.technology", [2]float64{0.2, 0.8}, all},
		{"group.similarity", [2]float64{0.2, 0.9}, nearly},
	} {
		a, b := twoValues(c.name, c.values)
		for _, m := range measures {
			e := endsOnly(t, a, b, m, players, replications)
			if rest := e.Parts[1]; !c.explained(rest) {
				t.Errorf("%s %v, %s: %v of a difference of %v is left to everything else", c.name, c.values, m.Name, rest.Contribution, e.Total)
			}
		}
	}
	for name, values := range map[string][2]float64{"manager.hours": {16, 32}, "project.years": {2, 4}} {
		a, b := twoValues(name, values)
		if e := endsOnly(t, a, b, MeasureOf(sim.DealsProject), players, replications); e.Unexplained() <= 1 {
			t.Errorf("%s %v: only %v of the difference in deals, %v, is unexplained", name, values, e.Unexplained(), e.Total)
		}
	}
}

func twoValues(name string, values [2]float64) (a, b Variant) {
	a, b = Variant{Name: "A", Params: sim.Defaults()}, Variant{Name: "B", Params: sim.Defaults()}
	sim.Lookup(name).SetIn(&a.Params, values[0])
	sim.Lookup(name).SetIn(&b.Params, values[1])
	return a, b
}

// endsOnly is an explanation of which only the differences with all players on and with
// all off were run: players that are one know what remains, and nothing of their parts.
func endsOnly(t *testing.T, a, b Variant, m Measure, players []Player, replications int) *Explanation {
	t.Helper()
	var all Player
	for _, p := range players {
		all.Off = append(all.Off, p.Off...)
	}
	e := NewExplanation(a, b, m, []Player{all}, Plan{Seed: 3, Replications: replications})
	if err := e.Run(context.Background(), func(int) {}); err != nil {
		t.Fatal(err)
	}
	return e
}
