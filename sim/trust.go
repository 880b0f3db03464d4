package sim

// Trust of one SME in another is a beta reputation: good experiences over all
// experiences, each in weight. It is easier lost than won, and drifts back to
// where the pair began.

// experience adds one experience of SME i with SME j.
func (g *Group) experience(i, j int, good bool, weight float64) {
	if good {
		g.pairs.Good[i][j] += weight
	} else {
		g.pairs.Bad[i][j] += float64(g.p.Trust.Loss * weight)
	}
}

// badPrior is the weight of the bad experiences an SME starts with.
func (p *Params) badPrior() float64 { return float64(2 * p.Trust.Prior * (1 - p.Trust.Start)) }

// driftTrust lets every pair's experiences fade towards its beginning, and
// brings trust up to date.
func (g *Group) driftTrust() {
	q, prior, keep := &g.pairs, g.p.badPrior(), 1-g.p.Trust.Drift
	for i := range g.n {
		good, bad, first, trust := &q.Good[i], &q.Bad[i], &q.Prior[i], &q.Trust[i]
		for j := range g.n {
			if i == j {
				continue
			}
			good[j] = first[j] + float64(keep*(good[j]-first[j]))
			bad[j] = prior + float64(keep*(bad[j]-prior))
			trust[j] = good[j] / (good[j] + bad[j])
		}
		g.members[i].Trusting = g.trustOf(i)
	}
}

// trustOf returns SME i's mean trust in the other active members; one half
// when it is alone.
func (g *Group) trustOf(i int) float64 {
	sum, n := 0.0, 0
	for j := range g.n {
		if j != i && g.members[j].Active {
			sum += g.pairs.Trust[i][j]
			n++
		}
	}
	if n == 0 {
		return 0.5
	}
	return sum / float64(n)
}
