package sampling

import (
	"fmt"
	"math/bits"
)

// sobol is the start of a Sobol' sequence.
type sobol struct {
	rows       int
	directions []directions // by dimension
	flips      []uint64     // by dimension: key of the scrambling; nil for none
}

// Sobol returns the first rows of a Sobol' sequence of 32 bits with the
// direction numbers of Joe and Kuo (2008), in the order of Gray codes
// (Antonov and Saleev 1979), that of scipy and of the authors' program. Its
// first point is 0. Any 2^m rows from the first have equally many points in all
// parts of a dimension halved m times; so rows had better be a power of two.
//
// Scrambled, it is Owen's nested uniform scrambling (1995) of those points: as
// evenly spread, each point uniform over the cube, errors estimable by repeating
// with other seeds. Without, the seed plays no part.
func Sobol(rows, dims int, scramble bool, seed uint64) (Design, error) {
	return newSobol(rows, dims, scramble, seed)
}

func newSobol(rows, dims int, scramble bool, seed uint64) (*sobol, error) {
	if err := checkSize(rows, dims); err != nil {
		return nil, err
	}
	if dims > maxSobolDims {
		return nil, fmt.Errorf("a Sobol' sequence has at most %d dimensions, and this design needs %d", maxSobolDims, dims)
	}
	s := &sobol{rows: rows, directions: allDirections()[:dims]}
	if scramble {
		s.flips = make([]uint64, dims)
		for d := range s.flips {
			s.flips[d] = address(seed, drawFlip, d)
		}
	}
	return s, nil
}

func (s *sobol) Rows() int { return s.rows }
func (s *sobol) Dims() int { return len(s.directions) }

func (s *sobol) At(row int, dst []float64) Place {
	checkRow(row, s.rows)
	dst = dst[:s.Dims()]
	for d := range dst {
		dst[d] = s.coordinate(row, d)
	}
	return plain(row)
}

// coordinate returns one number of a row's point, in [0,1).
func (s *sobol) coordinate(row, d int) float64 {
	x := uint32(0)
	for gray := uint32(row ^ row>>1); gray != 0; gray &= gray - 1 {
		x ^= s.directions[d][bits.TrailingZeros32(gray)]
	}
	if s.flips != nil {
		x = scrambled(s.flips[d], x)
	}
	return float64(x) / (1 << 32)
}

// scrambled flips each bit of x, or does not, by a coin of its own for all the
// bits above it: Owen's scrambling, with no shortcut. The bits above, with a 1
// before them, are the number of a node in the binary tree of prefixes.
func scrambled(key uint64, x uint32) uint32 {
	flips := uint32(0)
	tree := 1<<32 | uint64(x)
	for shift := 32; shift > 0; shift-- {
		flips = flips<<1 | uint32(Absorb(key, tree>>shift)>>63)
	}
	return x ^ flips
}
