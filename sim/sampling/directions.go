package sampling

import (
	_ "embed"
	"fmt"
	"math/bits"
	"strings"
	"sync"
)

// maxSobolDims is how many dimensions directions.txt has. Joe and Kuo have
// 21201; those beyond are left out for the size of the program.
const maxSobolDims = 512

// directions are the direction numbers of one dimension, as binary fractions of
// 32 bits: what each bit of the Gray code contributes, from the lowest.
type directions [32]uint32

// directionText holds, from the second dimension on, a line each: the primitive
// polynomial and the initial numbers m. It begins with its authors' notices.
//
//go:embed directions.txt
var directionText string

// allDirections returns the direction numbers of every dimension. It panics
// when the embedded text is damaged.
var allDirections = sync.OnceValue(func() []directions {
	var first directions // van der Corput's sequence, of no polynomial
	for i := range first {
		first[i] = 1 << (31 - i)
	}
	all := []directions{first}
	for line := range strings.Lines(directionText) {
		if !strings.HasPrefix(line, "#") {
			all = append(all, parseDirections(line))
		}
	}
	if len(all) != maxSobolDims {
		panic(fmt.Sprintf("sampling: directions.txt has %d dimensions, not %d", len(all), maxSobolDims))
	}
	return all
})

// parseDirections continues the initial numbers of a line by the recurrence of
// its polynomial. A polynomial is the number whose bits are its coefficients,
// so that 11 is x^3 + x + 1 (Bratley and Fox, ACM TOMS 14, 1988).
func parseDirections(line string) directions {
	var polynomial, m uint32
	fields := strings.Fields(line)
	if _, err := fmt.Sscan(fields[0], &polynomial); err != nil {
		panic(fmt.Sprintf("sampling: directions.txt: %q: %v", line, err))
	}
	degree := bits.Len32(polynomial) - 1
	if len(fields) != 1+degree {
		panic(fmt.Sprintf("sampling: directions.txt: %q does not have the %d numbers of its polynomial", line, degree))
	}
	var v directions
	for i := range v {
		if i < degree {
			if _, err := fmt.Sscan(fields[1+i], &m); err != nil {
				panic(fmt.Sprintf("sampling: directions.txt: %q: %v", line, err))
			}
			v[i] = m << (31 - i)
			continue
		}
		v[i] = v[i-degree] >> degree
		for k := 1; k <= degree; k++ {
			v[i] ^= v[i-k] * (polynomial >> (degree - k) & 1)
		}
	}
	return v
}
