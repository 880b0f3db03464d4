package sampling

import "math/bits"

// decision names what is being decided by luck.
type decision uint64

// The decisions. Their numbers are part of every design: new ones go to the end.
const (
	drawBin    decision = iota // Latin hypercube, dimension: which row has which bin
	drawJitter                 // Latin hypercube, dimension, row: where in its bin
	drawFlip                   // Sobol', dimension, node: whether the next bit is flipped
	drawOrder                  // Morris, trajectory: which group moves when
	drawLevel                  // Morris, trajectory, dimension: where it starts
	drawBatch                  // Saltelli, batch: the seed of its scrambling
	drawShift                  // resampling: where the even marks begin
	drawRow                    // resampling: the order of the rows along the marks
	drawPick                   // resampling: the order of what is drawn
)

// address returns the key of one decision: a hash of the seed, of what is
// decided and of the numbers that tell it from others of its kind.
func address(seed uint64, d decision, numbers ...int) uint64 {
	return Address(seed, uint64(d), numbers...)
}

// Address is address for decisions of other packages.
func Address(seed, decision uint64, numbers ...int) uint64 {
	h := Absorb(Absorb(0, seed), decision)
	for _, n := range numbers {
		h = Absorb(h, uint64(n))
	}
	return h
}

// Unit maps a hash to a number within (0,1): the middle of one of 2^52 equal parts.
func Unit(h uint64) float64 { return float64((float64(int64(h>>12)) + 0.5) * (1.0 / (1 << 52))) }

// Absorb mixes one more word into a hash. The mixing is that of SplitMix64
// (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
// OOPSLA 2014).
func Absorb(h, word uint64) uint64 {
	h = (h ^ word) + 0x9e3779b97f4a7c15
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// below maps a hash to a number in 0..n-1, all equally likely to within n/2^64.
func below(h uint64, n int) int {
	high, _ := bits.Mul64(h, uint64(n))
	return int(high)
}

// shuffleRounds leaves the place of an element, and the distance of two, off
// uniform by 2^-40: a round moves an element with chance 1/2, and then anywhere.
const shuffleRounds = 40

// shuffled returns the place of element x in a random order of 0..n-1, the key
// being that of the order. No order is stored: a round pairs every x with
// some k-x modulo n, and swaps the two or leaves them ("swap or not": Hoang,
// Morris and Rogaway, "An enciphering scheme based on a card shuffle", 2012).
func shuffled(key uint64, n, x int) int {
	for round := range uint64(shuffleRounds) {
		h := Absorb(key, round)
		other := below(h, n) - x
		if other < 0 {
			other += n
		}
		coin := Absorb(h, uint64(max(x, other))) >> 63
		x += int(coin) * (other - x) // a branch would be guessed wrong half of the time
	}
	return x
}
