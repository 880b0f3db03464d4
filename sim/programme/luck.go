package programme

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
	h := absorb(absorb(absorb(absorb(absorb(0, seed), uint64(d)), uint64(draw)), uint64(applicant)), of)
	return float64((float64(int64(h>>12)) + 0.5) * (1.0 / (1 << 52)))
}

// absorb mixes one more word into a hash, as SplitMix64 does (Steele, Lea and Flood,
// "Fast splittable pseudorandom number generators", OOPSLA 2014).
func absorb(h, word uint64) uint64 {
	h = (h ^ word) + 0x9e3779b97f4a7c15
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// named is a name as a number.
func named(name string) (h uint64) {
	for _, b := range []byte(name) {
		h = absorb(h, uint64(b))
	}
	return h
}

// replication is the number, for the model's luck, of an applicant in a draw.
func replication(draw, applicant int) uint64 { return uint64(draw)<<32 | uint64(applicant) }
