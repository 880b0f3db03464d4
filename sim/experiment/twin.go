package experiment

import "epgsim/sim"

// Twin returns the parameters of SME number k (from 0, in the order of
// joining) of p's group without the group: it meets the same luck, sells
// alone, and spends the same money in the same proportions on a manager's
// hours and on travel and fairs. With the subsidy that is its part of what the
// group costs; without, only what it paid of that part itself.
func Twin(p sim.Params, k int, subsidised bool) sim.Params {
	part := 1 / float64(p.Size())
	share := 1.0
	if !subsidised {
		share = 1 - p.Project.Subsidy
	}
	p.Solo = k + 1
	p.Mix = [3]float64{1, 0, 0} // alone there is nobody to sell with
	p.Manager.Hours *= part * share
	p.Money.Running *= share
	p.Money.Market *= part * share
	p.Group.Open = 0
	specs := append([]sim.MarketSpec(nil), p.MarketSpecs...)
	for j := range specs {
		specs[j].Assistant *= part * share
	}
	p.MarketSpecs, p.Markets.Assistant = specs, p.Markets.Assistant*part*share
	if !subsidised {
		p.Project.Subsidy = 0
	}
	return p
}
