package sim

import "math/bits"

// luck gives every draw an address (ODD.md, 7.1). A draw is a pure function of seed,
// replication, decision, agent and serial number (a week, or the n-th of its
// kind); no generator state is carried from one draw to the next. So adding
// an SME, watching a run or changing the organisational form leaves every
// unrelated draw as it was, and variants of a scenario meet the same luck.
//
// The generator is Philox 2x64-10 (Salmon, Moraes, Dror and Shaw, "Parallel
// random numbers: as easy as 1, 2, 3", SC11), a counter-based one: seed and
// replication make the key, the rest of the address is the counter.
type luck struct{ keys [10]uint64 } // one for each round

// decision names what is decided by a draw.
type decision uint32

// The decisions that luck takes part in. The order is part of every result: new
// ones go to the end, before nDraws. Beside each stand agent and serial number of
// its addresses and what the first and the second draw decide; ν counts the
// customers of a lead SME. The table in ODD-supplement.md is made of it.
const (
	drawSeed       decision = iota // – | – | the key, see above | –
	drawNiche                      // candidate id | 0 | niche, first coordinate | niche, second coordinate
	drawTechnology                 // candidate id | 0 | technology | experience
	drawHours                      // candidate id | 0 | hours | rhythm
	drawComponent                  // candidate id | 0 | components or finished goods | η, how well it fills the detected need
	drawPerceived                  // pair(lower id, higher id) | 0 | luck of how complementary they look | whether they have worked together
	drawWorkload                   // id | week | shock of workload | –
	drawJointWork                  // pair(lower id, higher id) | week | what share the SME of the lower id contributes | what share that of the higher id does
	drawActivity                   // id | week | whether it comes along to the fair or trip | error of seen fairness
	drawExistence                  // lead's id | ν | whether such a customer exists | whether one is left
	drawDoor                       // lead's id | ν | whether the door opens | –
	drawNeed                       // pair(lead's id, partner's id) | ν | how far this customer needs the partner | –
	drawValue                      // lead's id | ν | luck of the value | whether the deal is closed
	drawOrder                      // lead's id | order(ν, n) | how soon the next order is due | whether it comes
	drawChurn                      // lead's id | order(ν, n) | whether the customer has gone | –
	drawFollowUp                   // lead's id | ν | whether a contact that is not wholly followed up is lost | –
	drawTurnover                   // id | week | whether it leaves for reasons of its own | whether it leaves when it has outgrown the group
	drawMarket                     // market | 0 | what all offers have in common there | –
	drawOffer                      // id | market | how well its offer fits there | –
	drawSharing                    // id | 0 | how it weighs shared interest | what it wants of the group
	drawTurn                       // id | ν | whose turn it is among equals | –
	drawManager                    // 0 | week | whether the manager leaves for another post | –
	nDraws
)

// newLuck returns the luck of one replication.
func newLuck(seed, replication uint64) luck {
	l := withKey(uint64(drawSeed))
	key, _ := l.philox(seed, replication)
	return withKey(key)
}

// withKey returns the luck of a key: the keys of the rounds, which are the
// same for all its draws.
func withKey(key uint64) (l luck) {
	for k := range l.keys {
		l.keys[k] = key + uint64(k)*philoxWeyl
	}
	return l
}

// pair returns the two independent draws, uniform on (0,1), at an address.
func (l *luck) pair(d decision, agent, serial int) (float64, float64) {
	a, b := l.philox(address(d, agent), uint64(serial))
	return unit(a), unit(b)
}

// one returns the first of the two draws at an address.
func (l *luck) one(d decision, agent, serial int) float64 {
	a, _ := l.philox(address(d, agent), uint64(serial))
	return unit(a)
}

// address is the part of an address before the serial number.
func address(d decision, agent int) uint64 { return uint64(d)<<32 | uint64(uint32(agent)) }

// unit maps 64 random bits to the middle of one of 2^52 equal parts of (0,1),
// so that neither 0 nor 1 can come out.
func unit(x uint64) float64 { return float64((float64(int64(x>>12)) + 0.5) * (1.0 / (1 << 52))) }

// pairOf is the agent in the address of what two SMEs do: the one of the lower id
// first, or the one that leads.
func pairOf(i, j int) int { return i<<8 | j }

const (
	philoxMultiplier = 0xD2B74407B1CE6E93
	philoxWeyl       = 0x9E3779B97F4A7C15
)

// philox is the published 2x64 function with ten rounds.
// Its rounds are written out because that is faster than a loop.
func (l *luck) philox(c0, c1 uint64) (uint64, uint64) {
	k := &l.keys
	c0, c1 = philoxRound(c0, c1, k[0])
	c0, c1 = philoxRound(c0, c1, k[1])
	c0, c1 = philoxRound(c0, c1, k[2])
	c0, c1 = philoxRound(c0, c1, k[3])
	c0, c1 = philoxRound(c0, c1, k[4])
	c0, c1 = philoxRound(c0, c1, k[5])
	c0, c1 = philoxRound(c0, c1, k[6])
	c0, c1 = philoxRound(c0, c1, k[7])
	c0, c1 = philoxRound(c0, c1, k[8])
	return philoxRound(c0, c1, k[9])
}

func philoxRound(c0, c1, key uint64) (uint64, uint64) {
	hi, lo := bits.Mul64(c0, philoxMultiplier)
	return hi ^ (key ^ c1), lo // so bracketed that little waits for the product
}
