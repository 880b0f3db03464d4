package programme

import "epgsim/sim/sampling"

// decision names what is decided by luck before anything is simulated.
type decision uint64

// The decisions. Their numbers are part of every result: new ones go to the end.
const (
	drawKind   decision = iota // of which kind the applicant is
	drawValue                  // by the name of a parameter: where in its range
	drawTicket                 // the applicant's place in a lottery
	drawSeen                   // by what is seen: the error with which it is
)

// luck returns a number within (0,1): a pure function of the seed and of what is
// decided about which applicant of which draw, so that all policies meet the same
// and another applicant changes nobody's.
func luck(seed uint64, d decision, draw, applicant int, of uint64) float64 {
	return sampling.Unit(sampling.Absorb(sampling.Address(seed, uint64(d), draw, applicant), of))
}

// named is a name as a number.
func named(name string) (h uint64) {
	for _, b := range []byte(name) {
		h = sampling.Absorb(h, uint64(b))
	}
	return h
}

// replication is the number, for the model's luck, of an applicant in a draw.
func replication(draw, applicant int) uint64 { return uint64(draw)<<32 | uint64(applicant) }
