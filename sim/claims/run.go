package claims

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"epgsim/sim"
	"epgsim/sim/experiment"
)

// Plan says how thoroughly the claims are tested.
type Plan struct {
	Seed            uint64
	Replications    int // of each arm, at the defaults
	Sets            int // random parameter sets over the uncertain ranges
	SetReplications int // of each arm in each set
	Workers         int // 0: as many as there are processors
}

// Quick, Standard and Full are plans for a look, for use, and for publication.
var (
	Quick    = Plan{Seed: 1, Replications: 200, Sets: 12, SetReplications: 30}
	Standard = Plan{Seed: 1, Replications: 300, Sets: 50, SetReplications: 30}
	Full     = Plan{Seed: 1, Replications: 1000, Sets: 100, SetReplications: 80}
)

// firstSet keeps the luck of the random sets apart from that of resampling.
const firstSet = 1 << 32

// resamples is how often the replications are drawn anew for a standard error.
const resamples = 300

// Units are the names of the units of a plan, in order.
func (p Plan) Units() []string {
	names := []string{"defaults", "ablations"}
	for k := range p.Sets {
		names = append(names, unitOfSet(k))
	}
	return names
}

// Runs is how many replications a unit runs, for progress.
func (p Plan) Runs(unit string, cs []Claim) int {
	switch unit {
	case "defaults":
		return len(distinct(cs)) * p.Replications
	case "ablations":
		return len(distinct(ablated(cs))) * p.Replications
	}
	return len(distinct(cs)) * p.SetReplications
}

// RunUnit does one of the plan's Units for the claims. progress, if not nil,
// hears of every run. Errors are those of experiment.Run; it panics on a name
// that is none of Units.
func (p Plan) RunUnit(ctx context.Context, unit string, cs []Claim, progress func(int)) (Unit, error) {
	base, n, withError := sim.Defaults(), p.Replications, true
	switch unit {
	case "defaults":
	case "ablations":
		cs = ablated(cs)
	default:
		base, n, withError = p.randomSet(unit), p.SetReplications, false
	}
	arms := distinct(cs)
	results, err := runArms(ctx, base, arms, experiment.Plan{Seed: p.Seed, Replications: n, Workers: p.Workers}, progress)
	if err != nil {
		return Unit{}, err
	}
	u := Unit{Name: unit, Parts: map[string][]Estimate{}}
	for k := range cs {
		u.Parts[cs[k].ID] = measure(&cs[k], results, n, p.Seed, withError)
	}
	return u, nil
}

// ablated are the claims with what is believed to produce them switched off.
func ablated(cs []Claim) []Claim {
	out := make([]Claim, len(cs))
	for k, c := range cs {
		c.Arms = off("", c.Arms, c.Ablation...)
		out[k] = c
	}
	return out
}

// distinct are the arms of all claims, equal ones once.
func distinct(cs []Claim) []Arm {
	var arms []Arm
	seen := map[string]bool{}
	for _, c := range cs {
		for _, a := range c.Arms {
			if k := a.key(); !seen[k] {
				seen[k] = true
				arms = append(arms, a)
			}
		}
	}
	return arms
}

// runArms runs the arms over the base and returns their results by key.
func runArms(ctx context.Context, base sim.Params, arms []Arm, plan experiment.Plan, progress func(int)) (map[string]*columns, error) {
	results := map[string]*columns{}
	var runs []experiment.Arm
	for k := range arms {
		p := arms[k].params(base)
		if arms[k].Twin > 0 {
			p = experiment.Twin(p, arms[k].Twin-1, arms[k].Aid)
		}
		runs = append(runs, experiment.Arm{Name: arms[k].Name, Params: p})
		results[arms[k].key()] = &columns{}
	}
	err := experiment.Run(ctx, runs, plan, func(r experiment.Row) error {
		c := results[arms[r.Arm].key()]
		for o := range sim.NOutcomes {
			c.outcomes[o] = append(c.outcomes[o], r.Result.Get(o))
		}
		for y, t := range r.Result.ByYear {
			c.years[y] = append(c.years[y], t.Value)
		}
		if progress != nil {
			progress(1)
		}
		return nil
	})
	return results, err
}

// measure computes the parts of a claim, and how far they would differ with
// other replications.
func measure(c *Claim, results map[string]*columns, n int, seed uint64, withError bool) []Estimate {
	s := &sample{arms: map[string]*columns{}, draws: make([]int, n)}
	for k := range c.Arms {
		s.arms[c.Arms[k].Name] = results[c.Arms[k].key()]
	}
	for r := range s.draws {
		s.draws[r] = r
	}
	out := make([]Estimate, len(c.Parts))
	for k := range c.Parts {
		out[k] = Estimate{finite(c.Parts[k].of(s)), math.NaN()}
	}
	if !withError {
		return out
	}
	luck := rand.New(rand.NewPCG(seed, uint64(n)))
	sums := make([][3]float64, len(c.Parts)) // count, sum, sum of squares about the estimate
	for range resamples {
		for r := range s.draws {
			s.draws[r] = luck.IntN(n)
		}
		for k := range c.Parts {
			if d := finite(c.Parts[k].of(s)) - out[k].Value; d == d {
				sums[k][0]++
				sums[k][1] += d
				sums[k][2] += d * d
			}
		}
	}
	for k, b := range sums {
		if b[0] > resamples/2 {
			out[k].Error = math.Sqrt(max(0, b[2]-b[1]*b[1]/b[0]) / (b[0] - 1))
		}
	}
	return out
}

// finite turns a ratio of nothing into a missing value.
func finite(x float64) float64 {
	if math.IsInf(x, 0) {
		return math.NaN()
	}
	return x
}

func unitOfSet(k int) string { return fmt.Sprintf("set-%03d", k) }

// randomSet draws every uncertain parameter from its plausible range.
func (p Plan) randomSet(unit string) sim.Params {
	var number uint64
	if _, err := fmt.Sscanf(unit, "set-%d", &number); err != nil {
		panic("claims: no unit " + unit)
	}
	luck := rand.New(rand.NewPCG(p.Seed, firstSet+number))
	base := sim.Defaults()
	for i := range sim.Table {
		if q := &sim.Table[i]; q.Role == sim.Uncertainty {
			q.SetIn(&base, q.Low+(q.High-q.Low)*luck.Float64())
		}
	}
	return base
}
