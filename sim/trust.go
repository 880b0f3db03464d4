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
// brings trust up to date, with each SME's mean trust in the other active
// members: one half when it is alone.
func (g *Group) driftTrust() {
	q, prior, keep := &g.pairs, g.p.badPrior(), 1-g.p.Trust.Drift
	members := g.members[:g.n]
	n := len(members)
	for i := range members {
		good, bad, first, trust := q.Good[i][:n], q.Bad[i][:n], q.Prior[i][:n], q.Trust[i][:n]
		sum, others := 0.0, 0.0
		for j := range members {
			if i == j {
				continue
			}
			won := first[j] + float64(keep*(good[j]-first[j]))
			lost := prior + float64(keep*(bad[j]-prior))
			t := won / (won + lost)
			good[j], bad[j], trust[j] = won, lost, t
			if members[j].Active {
				sum += t
				others++
			}
		}
		members[i].Trusting = 0.5
		if others > 0 {
			members[i].Trusting = sum / others
		}
	}
}
