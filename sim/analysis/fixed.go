package analysis

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// FixedRows returns how many rows a comparison of so many options needs when
// the number is fixed beforehand: as many as find the best with 1-alpha when it
// leads all others by delta and sd is the standard deviation of a difference of
// two options (Bechhofer, Annals of Mathematical Statistics 25 (1954)). It is
// what a Selection saves against. The sd is taken as known; in truth it is not,
// so the number is on the low side. It is 0 for a single option.
func FixedRows(options int, delta, alpha, sd float64) int {
	if options < 2 {
		return 0
	}
	lead := leadNeeded(options, 1-alpha) * sd / math.Sqrt2 / delta
	return int(math.Ceil(lead * lead))
}

// leadNeeded is by how many standard errors of a mean the best must lead to be
// found with that chance.
func leadNeeded(options int, chance float64) float64 {
	low, high := 0.0, 1.0
	for chanceOfBest(options, high) < chance {
		high *= 2
	}
	for range 60 {
		if middle := (low + high) / 2; chanceOfBest(options, middle) < chance {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}

// chanceOfBest is the chance that the best of so many independent normal means
// comes out best when it leads all others by so many of their standard errors:
// the integral of phi(x) Phi(x+lead)^(options-1), by the trapezoidal rule, which
// for such a function is exact to all digits that count.
func chanceOfBest(options int, lead float64) float64 {
	const reach, step = 9.0, 1.0 / 32
	normal := distuv.UnitNormal
	sum := 0.0
	for x := -reach; x <= reach; x += step {
		sum += float64(normal.Prob(x) * math.Pow(normal.CDF(x+lead), float64(options-1)))
	}
	return sum * step
}
