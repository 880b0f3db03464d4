package sim

import (
	"math"
	"testing"
)

// started is a group at week 0 of its first replication.
func started(changes map[string]float64) *Group {
	p := at(changes)
	g := NewGroup()
	g.Reset(&p, 1, 0)
	return g
}

// bind sets what two SMEs are to each other.
func (g *Group) bind(i, j int, trust, complementarity, joint float64) {
	q := &g.pairs
	for _, k := range [2][2]int{{i, j}, {j, i}} {
		q.good[k[0]][k[1]], q.bad[k[0]][k[1]] = 4*trust, 4*(1-trust)
		q.trust[k[0]][k[1]], q.complementarity[k[0]][k[1]], q.joint[k[0]][k[1]] = trust, complementarity, joint
	}
}

func TestComplementarityIsHighestInBetween(t *testing.T) {
	p := Defaults()
	for _, c := range []struct{ distance, want float64 }{{0.45, 1}, {0.15, 0}, {0.75, 0}, {0, 0}, {1, 0}, {0.30, 0.75}, {0.60, 0.75}} {
		if got := complementarity(c.distance, &p); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("complementarity at distance %v is %v, want %v", c.distance, got, c.want)
		}
	}
}

// The mean distance of candidates is 1 - similarity, as long as few pairs are
// so far apart that the distance is cut at 1.
func TestSimilaritySetsTheMeanDistance(t *testing.T) {
	for _, similarity := range []float64{0.5, 0.7, 0.9} {
		sum, n := 0.0, 0
		g := NewGroup()
		p := at(map[string]float64{"group.similarity": similarity})
		for r := range uint64(100) {
			g.Reset(&p, 1, r)
			for i := range g.nPool {
				for j := range i {
					sum += distance(&g.pool[i], &g.pool[j])
					n++
				}
			}
		}
		if mean := sum / float64(n); math.Abs(mean-(1-similarity)) > 0.02 {
			t.Errorf("similarity %v: mean distance %.3f", similarity, mean)
		}
	}
}

// A group is most compatible at a similarity of about 0.6, however well its members
// were chosen: ODD.md says so.
func TestCompatibilityIsHighestAtMiddlingSimilarity(t *testing.T) {
	for _, screening := range []float64{0, 0.5} {
		best, at06 := 0.0, 0.0
		for _, similarity := range []float64{0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8} {
			p, g, mean := at(map[string]float64{"group.similarity": similarity, "formation.screening": screening}), NewGroup(), 0.0
			for r := range uint64(1000) {
				g.Reset(&p, 1, r)
				mean += g.composition[0] / 1000
			}
			if best = max(best, mean); similarity == 0.6 {
				at06 = mean
			}
		}
		if at06 < best {
			t.Errorf("screening %v: mean complementarity is %.3f at 0.6 and %.3f elsewhere", screening, at06, best)
		}
	}
}

// Screening finds complementary members, and a larger group is a less
// compatible one.
func TestScreeningAndSizeShapeCompatibility(t *testing.T) {
	mean := func(changes map[string]float64) float64 {
		p, g, sum := at(changes), NewGroup(), 0.0
		for r := range uint64(200) {
			g.Reset(&p, 1, r)
			sum += g.composition[0] / 200
		}
		return sum
	}
	blind, seeing := mean(map[string]float64{"formation.screening": 0}), mean(map[string]float64{"formation.screening": 1})
	if seeing < blind+0.1 {
		t.Errorf("screening brings complementarity from %.3f to %.3f only", blind, seeing)
	}
	small := mean(map[string]float64{"formation.screening": 1, "group.size": 3})
	large := mean(map[string]float64{"formation.screening": 1, "group.size": 10})
	if large > small-0.05 {
		t.Errorf("complementarity is %.3f in groups of 3 and %.3f in groups of 10", small, large)
	}
}

// Entry screening takes SMEs below the level only when all above it are members.
func TestEntryScreening(t *testing.T) {
	for _, level := range []float64{0.45, 0.55, 1} {
		g := started(map[string]float64{"formation.entry_experience": level})
		below, left := 0, 0 // members below the level; others who are not
		for i := range g.nPool {
			switch c := &g.pool[i]; {
			case c.taken && c.experience < level:
				below++
			case !c.taken && c.experience >= level:
				left++
			}
		}
		if g.n != 5 || below > 0 && left > 0 {
			t.Errorf("entry level %v: %d of %d members are below it though %d other candidates are not", level, below, g.n, left)
		}
		if level == 0.45 && below > 0 || level == 1 && below < g.n {
			t.Errorf("entry level %v: %d of %d members are below it", level, below, g.n)
		}
	}
}

// The kinds of opportunities follow the mix as closely as whole numbers can.
func TestKindsFollowTheMix(t *testing.T) {
	p := Defaults()
	p.Mix = [3]float64{0.5, 0.3, 0.2}
	g := NewGroup()
	g.Reset(&p, 1, 0)
	for n := 1; n <= 1000; n++ {
		k, ok := g.nextKind(func(OpportunityKind) bool { return true })
		if !ok {
			t.Fatalf("after %d approaches no kind can be had", n-1)
		}
		g.tried[k]++
		for k, w := range p.Mix {
			if math.Abs(g.tried[k]-w*float64(n)) > 1 {
				t.Fatalf("after %d approaches %v of them are of kind %s, want about %v", n, g.tried[k], OpportunityKind(k), w*float64(n))
			}
		}
	}
	if k, ok := g.nextKind(func(k OpportunityKind) bool { return k == SystemSale }); !ok || k != SystemSale {
		t.Errorf("only system sales are allowed, chosen is %s, %v", k, ok)
	}
}

func TestFocusIsAContinuum(t *testing.T) {
	for _, c := range []struct {
		focus float64
		want  [3]float64
	}{{0, [3]float64{1, 0, 0}}, {0.25, [3]float64{0.5, 0.5, 0}}, {0.5, [3]float64{0, 1, 0}}, {0.75, [3]float64{0, 0.5, 0.5}}, {1, [3]float64{0, 0, 1}}} {
		p := at(map[string]float64{"group.focus": c.focus})
		if got := p.Weights(); got != c.want {
			t.Errorf("focus %v is the mix %v, want %v", c.focus, got, c.want)
		}
	}
}

// Joint customers take only well-tied SMEs; systems always their number.
func TestTeamsAreGathered(t *testing.T) {
	g := started(nil)
	for i := range g.n {
		for j := range i {
			g.bind(i, j, 0.5, 0, 0)
		}
	}
	if team, ok := g.gather(&g.kinds[CustomerSale], 0, 0); !ok || team.n != 1 {
		t.Errorf("without complementarity a joint customer gets %d SMEs", team.n)
	}
	if team, ok := g.gather(&g.kinds[SystemSale], g.hub, 0); !ok || team.n != 4 || team.lead() != g.hub {
		t.Errorf("a system is offered by %d SMEs led by %d", team.n, team.lead())
	}
	g.bind(0, 3, 0.9, 1, 0)
	if team, _ := g.gather(&g.kinds[CustomerSale], 0, 0); team.n != 2 || !team.has(3) {
		t.Errorf("the only complementary SME is not taken: %v", team.Members())
	}
	// A third SME must be tied to both who are in.
	g.bind(0, 2, 0.9, 1, 0)
	if team, _ := g.gather(&g.kinds[CustomerSale], 0, 0); team.n != 2 {
		t.Errorf("an SME without ties to a partner was taken: %v", team.Members())
	}
	g.members[3].openOffers = int(g.p.Manager.OpenLimit)
	if team, _ := g.gather(&g.kinds[CustomerSale], 0, 0); team.has(3) {
		t.Error("an SME with too many open opportunities was taken")
	}
	for i := 1; i < g.n; i++ {
		g.members[i].active = i == 1
	}
	if team, ok := g.gather(&g.kinds[SystemSale], 0, 0); !ok || team.n != 2 {
		t.Errorf("with two active members a system gets %d SMEs, %v", team.n, ok)
	}
}

// Lack of hours is not shirking: without an hour left nobody learns anything.
func TestLackOfHoursIsNotShirking(t *testing.T) {
	g := started(map[string]float64{"group.focus": 1})
	s, ok := g.planSearch(g.leadFor)
	if !ok {
		t.Fatal("no search can be planned in the first week")
	}
	g.openOpportunity(&s, 0.5)
	g.findWantedLinks()
	if g.pairs.nLinks != 3 {
		t.Fatalf("%d links are wanted, want a star of 3", g.pairs.nLinks)
	}
	before := g.pairs
	for i := range g.n {
		g.members[i].left = 0.9
	}
	g.workJointly()
	if g.pairs != before {
		t.Error("joint work without hours changed something between the SMEs")
	}
	for i := range g.n {
		g.members[i].left = 10
	}
	g.workJointly()
	if g.pairs == before {
		t.Error("with hours nobody works jointly or shirks either")
	}
}

// Who contributes: more with trust and complementarity, less with rivalry, and
// mediation helps.
func TestContributionFollowsTheThreeInterests(t *testing.T) {
	g := started(nil)
	threshold := func() float64 { // chance to contribute, by bisection over luck
		lo, hi := 0.0, 1.0
		for range 50 {
			if m := (lo + hi) / 2; g.contributes(0, 1, m) {
				lo = m
			} else {
				hi = m
			}
		}
		return lo
	}
	g.bind(0, 1, 0.5, 0.5, 0)
	g.pairs.rivalry[0][1] = 0
	base := threshold()
	g.pairs.mediated[0][1] = true
	if mediated := threshold(); mediated <= base {
		t.Errorf("mediation changes the chance from %.3f to %.3f", base, mediated)
	}
	g.pairs.mediated[0][1] = false
	g.pairs.rivalry[0][1] = 0.5
	if rival := threshold(); rival >= base {
		t.Errorf("rivalry changes the chance from %.3f to %.3f", base, rival)
	}
	g.pairs.rivalry[0][1] = 0
	g.bind(0, 1, 0.8, 0.5, 0)
	if trusting := threshold(); trusting <= base {
		t.Errorf("trust changes the chance from %.3f to %.3f", base, trusting)
	}
}

// Trust is easier lost than won, and drifts back to where the pair began.
func TestTrustIsEasierLostThanWon(t *testing.T) {
	g := started(map[string]float64{"group.prior_ties": 0})
	g.experience(0, 1, true, 1)
	g.experience(0, 2, false, 1)
	g.driftTrust()
	won, lost := g.pairs.trust[0][1]-0.5, 0.5-g.pairs.trust[0][2]
	if won <= 0 || lost <= won {
		t.Errorf("a good experience wins %.3f of trust, a bad one loses %.3f", won, lost)
	}
	for range 1000 {
		g.driftTrust()
	}
	if math.Abs(g.pairs.trust[0][1]-0.5) > 1e-3 || math.Abs(g.pairs.trust[0][2]-0.5) > 1e-3 {
		t.Errorf("after long, trust is %.4f and %.4f", g.pairs.trust[0][1], g.pairs.trust[0][2])
	}
}

// A round needs every member's hours; the others hold it against the one that
// lacks them, and the round is a week later.
func TestMissingMemberPutsTheRoundOff(t *testing.T) {
	g := started(nil)
	s := search{kind: CustomerSale}
	s.team.add(0)
	s.team.add(1)
	o := g.openOpportunity(&s, 0.5)
	o.stage, o.roundsLeft, o.nextRound = StageNegotiation, 2, 0
	g.members[0].left, g.members[1].left = 10, 1
	bad := g.pairs.bad[0][1]
	g.holdRounds()
	if o.roundsLeft != 2 || o.nextRound != 1 || g.members[0].left != 10 || g.pairs.bad[0][1] <= bad || g.pairs.bad[1][0] != bad {
		t.Errorf("the missed round: %d left, want 2; next in week %d, want 1; %v hours used, want 0; bad experiences go from %v to %v with whom missed it, want more, and %v with whom did not",
			o.roundsLeft, o.nextRound, 10-g.members[0].left, bad, g.pairs.bad[0][1], g.pairs.bad[1][0])
	}
	g.members[1].left = 10
	g.week = 1
	g.holdRounds()
	if o.roundsLeft != 1 || o.nextRound != 1+int(g.p.Deal.RoundEvery) || g.members[1].left != 10-g.p.Deal.RoundHours {
		t.Errorf("the held round: %d left, next in week %d", o.roundsLeft, o.nextRound)
	}
}

// The chance of a deal is fit times coverage times experience times the customer's
// trust, as far as it falls short of what the offer needed.
func TestChanceOfADeal(t *testing.T) {
	for _, c := range []struct{ trust, experience, want float64 }{
		{1, 1, 0.4}, {0.5, 1, 0.2}, {2, 1, 0.4}, {1, 0, 0.16}, {0, 1, 0},
	} {
		g := started(map[string]float64{"deal.experience_floor": 0.4})
		s := search{kind: MarketSale}
		s.team.add(0)
		o := g.openOpportunity(&s, 0.5)
		g.members[0].experience = c.experience
		o.fit, o.coverage, o.needed, o.trust = 0.8, 0.5, 0.3, 0.3*c.trust
		chance := math.NaN()
		g.Watch(func(e Event) {
			if e.Kind == EventDecision {
				chance = e.Numbers[2]
			}
		})
		g.decide(o)
		if math.Abs(chance-c.want) > 1e-12 {
			t.Errorf("with %v of the trust needed and experience %v the chance is %v, want %v", c.trust, c.experience, chance, c.want)
		}
	}
}

// Coverage: no single firm masters complex systems; complementary partners
// with joint hours do, and simple products need nobody.
func TestCoverageNeedsPartnersOnlyForComplexSystems(t *testing.T) {
	g := started(nil)
	var team Team
	for i := range 4 {
		team.add(i)
	}
	for j := 1; j < 4; j++ {
		g.bind(0, j, 0.5, 1, 0)
	}
	if c := g.coverage(&team, 0.1); c < 0.99 {
		t.Errorf("a simple product is covered to %.2f", c)
	}
	without := g.coverage(&team, 0.9)
	for j := 1; j < 4; j++ {
		g.bind(0, j, 0.5, 1, g.p.Deal.FullSystem)
	}
	if with := g.coverage(&team, 0.9); without > 0.2 || with < 0.99 {
		t.Errorf("a complex system is covered to %.2f without joint work and to %.2f with it", without, with)
	}
}

// Expectations grow from the realistic lead time on for a realistic SME, and
// much sooner for a naive one.
func TestRealismDelaysExpectations(t *testing.T) {
	lag := func(realism float64) float64 {
		g := started(map[string]float64{"group.focus": 1, "norms.realism": realism, "norms.role_clarity": 0, "group.technology": 0.9})
		s, _ := g.planSearch(g.leadFor)
		g.openOpportunity(&s, 0.5)
		return g.members[g.hub].lag
	}
	naive, realistic := lag(0), lag(1)
	if naive > 60 || realistic < 100 {
		t.Errorf("a naive hub expects results after %.0f weeks, a realistic one after %.0f", naive, realistic)
	}
}

// Commitment follows satisfaction, faster down than up.
func TestCommitmentFallsFasterThanItRises(t *testing.T) {
	change := func(satisfied bool) float64 {
		g := started(map[string]float64{"commitment.weight_fairness": 0, "commitment.weight_trust": 0})
		m := &g.members[0]
		m.commitment, m.expectations = 0.5, 1
		if satisfied {
			m.results = 1
		}
		g.updateCommitment()
		return m.commitment - 0.5
	}
	p := Defaults().Commitment
	if up, down := change(true), -change(false); math.Abs(up-0.5*p.Up) > 1e-9 || math.Abs(down-0.5*p.Down) > 1e-9 || down <= up {
		t.Errorf("commitment rises by %v and falls by %v, want %v and %v", up, down, 0.5*p.Up, 0.5*p.Down)
	}
}
