package sim

// Trust of one SME in another is a beta reputation: good experiences over all
// experiences, each in weight. It is easier lost than won, and drifts back to
// where the pair began.

// experience adds one experience of SME i with SME j.
func (g *Group) experience(i, j int, good bool, weight float64) {
	if good {
		g.pairs.good[i][j] += weight
	} else {
		g.pairs.bad[i][j] += float64(g.p.Trust.Loss * weight)
	}
}

// letDown gives the rest of a team a bad experience with one of its members.
func (g *Group) letDown(t *Team, by uint8) {
	for _, s := range t.Members() {
		if s != by {
			g.experience(int(s), int(by), false, g.p.Trust.Weight)
		}
	}
}

// goodPrior and badPrior are the weights of the experiences an SME starts with:
// together twice trust.prior, and so shared out that trust begins at trust.start.
func (p *Params) goodPrior() float64 { return float64(2 * p.Trust.Prior * p.Trust.Start) }
func (p *Params) badPrior() float64  { return float64(2 * p.Trust.Prior * (1 - p.Trust.Start)) }

// driftTrust lets every pair's experiences fade towards its beginning, and
// brings trust up to date, with each SME's mean trust in the other active members.
func (g *Group) driftTrust() {
	q, prior, keep := &g.pairs, g.p.badPrior(), 1-trustDrift
	members := g.members[:g.n]
	n := len(members)
	for i := range members {
		good, bad, first, trust := q.good[i][:n], q.bad[i][:n], q.prior[i][:n], q.trust[i][:n]
		sum, others := 0.0, 0.0
		for j := range members {
			if i == j {
				continue
			}
			won := first[j] + float64(keep*(good[j]-first[j]))
			lost := prior + float64(keep*(bad[j]-prior))
			t := won / (won + lost)
			good[j], bad[j], trust[j] = won, lost, t
			if members[j].active {
				sum += t
				others++
			}
		}
		members[i].trusting = aloneTrust
		if others > 0 {
			members[i].trusting = sum / others
		}
	}
}
