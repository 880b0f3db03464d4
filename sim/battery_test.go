package sim

import (
	"iter"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
)

// The short battery looks at the luck of neighbouring addresses, in each order
// in which the model asks for it. The long one is dieharder's (ODD-supplement.md, S2).

// batterySize is how many addresses of an order are looked at.
var batterySize = 1 << ifLong(16, 14)

// ifLong is the size of a test in its long form, or in the short one.
func ifLong(yes, no int) int {
	if long {
		return yes
	}
	return no
}

// batteryLimit is how many standard errors the largest of all deviations may
// reach: by chance that happens once in some million times. The addresses are
// always the same, so it either happens or never does.
const batteryLimit = 6

// battery holds the checks. Each returns the largest deviation it finds, in
// standard errors, of words, the two of each address, from luck.
var battery = []struct {
	name string
	of   func(words [][2]uint64) float64
}{
	{"bytes", unevenBytes},
	{"pairs", unevenPairs},
	{"correlations", correlations},
	{"changes", unevenChanges},
	{"spacings", birthdaySpacings},
}

func TestBattery(t *testing.T) {
	for name, order := range orders {
		t.Run(name, func(t *testing.T) {
			words := make([][2]uint64, 0, batterySize)
			for at := range order {
				first, second := at.words()
				a, b := at.luck.pair(at.decision, at.agent, at.serial)
				if one := at.luck.one(at.decision, at.agent, at.serial); a != unit(first) || b != unit(second) || one != a {
					t.Fatalf("%+v: drawn are %v and %v, or %v alone, where the words are %x, %x", at, a, b, one, first, second)
				}
				if words = append(words, [2]uint64{first, second}); len(words) == batterySize {
					break
				}
			}
			for _, check := range battery {
				if z := check.of(words); !(z < batteryLimit) {
					t.Errorf("%s: %.1f standard errors", check.name, z)
				}
			}
		})
	}
}

// No address comes twice: a draw used for two things would be no luck at all.
func TestOrdersRepeatNoAddress(t *testing.T) {
	for name, order := range orders {
		seen, decided := map[drawAt]bool{}, map[decision]bool{drawSeed: true}
		for at := range order {
			if seen[at] {
				t.Fatalf("%s: %+v comes again after %d others", name, at, len(seen))
			}
			decided[at.decision] = true
			if seen[at] = true; len(seen) == batterySize {
				break
			}
		}
		if (name == "mixed" || name == "decisions") && len(decided) != int(nDraws) {
			t.Errorf("%s has %d of %d decisions", name, len(decided), nDraws)
		}
	}
}

// Every check finds the fault it is there for, and none in a generator that has
// none.
func TestBatteryFindsFaults(t *testing.T) {
	faults := map[string]func(w, before [2]uint64) [2]uint64{
		"none":         func(w, _ [2]uint64) [2]uint64 { return w },
		"bytes":        func(w, _ [2]uint64) [2]uint64 { return [2]uint64{w[0] &^ (w[1] & 0xf << 40), w[1]} },
		"pairs":        func(w, _ [2]uint64) [2]uint64 { return [2]uint64{w[0], w[1]&^(1<<61) | w[0]&(1<<61)} },
		"correlations": func(w, b [2]uint64) [2]uint64 { return [2]uint64{w[0], w[1]/16*15 + b[0]/16} },
		"changes":      func(w, b [2]uint64) [2]uint64 { return [2]uint64{w[0], w[1]&^1 | ^b[1]&1} },
		"spacings":     func(_, b [2]uint64) [2]uint64 { return [2]uint64{b[0] + philoxWeyl, b[1]*5 + 1} },
	}
	for name, fault := range faults {
		source := rand.NewPCG(1, 2)
		words := make([][2]uint64, batterySize)
		for k := range words {
			words[k] = fault([2]uint64{source.Uint64(), source.Uint64()}, words[max(0, k-1)])
		}
		for _, check := range battery {
			z := check.of(words)
			if name == "none" && z >= batteryLimit || name == check.name && z < batteryLimit {
				t.Errorf("fault %s: check %s finds %.1f standard errors", name, check.name, z)
			}
		}
	}
}

// chiSquare tells how far counts are from all equal, or more equal than luck
// makes them.
func chiSquare(counts []int) float64 {
	total, sum := 0, 0.0
	for _, c := range counts {
		total += c
	}
	mean := float64(total) / float64(len(counts))
	for _, c := range counts {
		sum += (float64(c) - mean) * (float64(c) - mean) / mean
	}
	freedom := float64(len(counts) - 1)
	return math.Abs(sum-freedom) / math.Sqrt(2*freedom)
}

// coin tells how far so many heads of n tosses are from one half.
func coin(heads, n int) float64 {
	return math.Abs(float64(2*heads-n)) / math.Sqrt(float64(n))
}

// unevenBytes counts the values of each byte of the words.
func unevenBytes(words [][2]uint64) (worst float64) {
	for place := range 16 {
		var counts [256]int
		for _, w := range words {
			counts[byte(w[place/8]>>(place%8*8))]++
		}
		worst = max(worst, chiSquare(counts[:]))
	}
	return worst
}

// neighbours yields pairs of words near to one another, each kind with a
// number: the two of an address, and the same or the other one of an address
// some further on.
func neighbours(words [][2]uint64) iter.Seq2[int, [2]uint64] {
	return func(yield func(int, [2]uint64) bool) {
		lags := []int{1, 2, 3, 4, 5, 6, 8, 15, 16, 32, 520}
		for k, w := range words {
			if !yield(0, w) {
				return
			}
			for i, lag := range lags {
				if k < lag {
					break
				}
				b := words[k-lag]
				for j, pair := range [][2]uint64{{w[0], b[0]}, {w[1], b[1]}, {w[0], b[1]}, {w[1], b[0]}} {
					if !yield(1+4*i+j, pair) {
						return
					}
				}
			}
		}
	}
}

// neighbourKinds is how many kinds of pairs neighbours yields.
const neighbourKinds = 1 + 4*11

// unevenPairs counts the pairs of the uppermost four bits of neighbours.
func unevenPairs(words [][2]uint64) (worst float64) {
	var counts [neighbourKinds][256]int
	for kind, p := range neighbours(words) {
		counts[kind][p[0]>>60<<4|p[1]>>60]++
	}
	for kind := range counts {
		worst = max(worst, chiSquare(counts[kind][:]))
	}
	return worst
}

// correlations correlates the numbers drawn at neighbours.
func correlations(words [][2]uint64) (worst float64) {
	var sums, n [neighbourKinds]float64
	for kind, p := range neighbours(words) {
		sums[kind] += 12 * (unit(p[0]) - 0.5) * (unit(p[1]) - 0.5) // of mean 0 and variance 1
		n[kind]++
	}
	for kind := range sums {
		worst = max(worst, math.Abs(sums[kind])/math.Sqrt(n[kind]))
	}
	return worst
}

// unevenChanges counts how often each bit differs between neighbours, and how
// many bits do.
func unevenChanges(words [][2]uint64) (worst float64) {
	var changed [neighbourKinds][64]int
	var n, all [neighbourKinds]int
	for kind, p := range neighbours(words) {
		x := p[0] ^ p[1]
		n[kind]++
		all[kind] += bits.OnesCount64(x)
		for bit := range changed[kind] {
			changed[kind][bit] += int(x >> bit & 1)
		}
	}
	for kind := range changed {
		worst = max(worst, coin(all[kind], 64*n[kind]))
		for _, heads := range changed[kind] {
			worst = max(worst, coin(heads, n[kind]))
		}
	}
	return worst
}

// birthdaySpacings is Marsaglia's test: of 4096 birthdays in a year of 2^32
// days, 4 of the spacings between them are expected to be equal to others. It
// looks at the upper and lower halves of both words.
func birthdaySpacings(words [][2]uint64) (worst float64) {
	const people, expected = 4096, 4
	days := make([]uint32, people)
	for half := range 4 {
		equal, years := 0, 0
		for year := range slices.Chunk(words, people) {
			for k := range days {
				days[k] = uint32(year[k][half/2] >> (half % 2 * 32))
			}
			slices.Sort(days)
			for k := people - 1; k > 0; k-- {
				days[k] -= days[k-1]
			}
			slices.Sort(days)
			equal += people - len(slices.Compact(days))
			years++
		}
		mean := float64(expected * years)
		worst = max(worst, math.Abs(float64(equal)-mean)/math.Sqrt(mean))
	}
	return worst
}

// One changed bit anywhere in an address, seed and replication included,
// changes each bit of the draw half of the time.
func TestAddressesAvalanche(t *testing.T) {
	const n = 1 << 10
	draw := func(seed, replication uint64, d decision, agent uint32, serial uint64) [2]uint64 {
		first, second := drawAt{newLuck(seed, replication), d, int(agent), int(serial)}.words()
		return [2]uint64{first, second}
	}
	for _, part := range []struct {
		name string
		bits int
		at   func(k, flip uint64) [2]uint64
	}{
		{"seed", 64, func(k, flip uint64) [2]uint64 { return draw(k^flip, 1, drawWorkload, 3, 5) }},
		{"replication", 64, func(k, flip uint64) [2]uint64 { return draw(1, k^flip, drawWorkload, 3, 5) }},
		{"decision", bits.Len(uint(nDraws)), func(k, flip uint64) [2]uint64 { return draw(1, k, drawWorkload^decision(flip), 3, 5) }},
		{"agent", 32, func(k, flip uint64) [2]uint64 { return draw(1, 1, drawWorkload, uint32(k^flip), 5) }},
		{"serial", 64, func(k, flip uint64) [2]uint64 { return draw(1, 1, drawWorkload, 3, k^flip) }},
	} {
		for bit := range part.bits {
			var flips [128]int
			for k := range uint64(n) {
				a, b := part.at(k, 0), part.at(k, 1<<bit)
				for out := range flips {
					flips[out] += int((a[out/64] ^ b[out/64]) >> (out % 64) & 1)
				}
			}
			for out, heads := range flips {
				if z := coin(heads, n); z >= batteryLimit {
					t.Errorf("bit %d of %s changes bit %d of the draw %d times of %d", bit, part.name, out, heads, n)
				}
			}
		}
	}
}
