package sampling

import "slices"

// saltelli is a design of base samples with their exchanges.
type saltelli struct {
	batches []*sobol // equally long; A in the first half of the dimensions, B in the second
	groups  []int    // by dimension
	count   int      // of groups
	second  bool
}

// SaltelliBatches is in how many batches the base samples of a Saltelli design
// come. One sequence spreads its points so evenly that nothing tells how far
// off an estimate is; the spread between batches scrambled by themselves does
// (Owen, Monte Carlo theory, methods and examples, chapter 17). So a scrambled
// design of at least 64 base samples, a multiple of 16, is made of 16 of them.
func SaltelliBatches(base int, scramble bool) int {
	const batches, least = 16, 4
	if scramble && base%batches == 0 && base >= batches*least {
		return batches
	}
	return 1
}

// Saltelli returns the rows from which Sobol' indices are estimated (Saltelli
// 2002; Saltelli et al. 2010). The matrices A and B are the halves of a Sobol'
// sequence of twice the dimensions, of base rows; see SaltelliBatches for the
// sequences of a scrambled design. Base sample j is a block of rows: A; for
// each group AB, row j of A with the dimensions of the group taken from B; when
// second, for second-order indices, for each group BA, the other way round; and
// B. groups[d] is the group of dimension d, 0..G-1, each used.
//
// Unscrambled, the first base sample is 0 in A and in B. The base had better be
// a power of two, so that every batch is.
//
// It fails, too, on more than 256 dimensions, each of which takes two of the
// sequence, and on groups that are not numbered from 0 without gaps.
func Saltelli(base int, groups []int, second, scramble bool, seed uint64) (Design, error) {
	count, err := countGroups(groups)
	if err != nil {
		return nil, err
	}
	s := saltelli{groups: slices.Clone(groups), count: count, second: second}
	if err := checkBlocks("base sample", base, s.block()); err != nil {
		return nil, err
	}
	n := SaltelliBatches(base, scramble)
	for batch := range n {
		if n > 1 {
			seed = address(seed, drawBatch, batch) // each goes into the next
		}
		one, err := newSobol(base/n, 2*len(groups), scramble, seed)
		if err != nil {
			return nil, err
		}
		s.batches = append(s.batches, one)
	}
	return s, nil
}

func (s saltelli) Rows() int { return len(s.batches) * s.batches[0].rows * s.block() }
func (s saltelli) Dims() int { return len(s.groups) }

// block returns how many rows a base sample has.
func (s saltelli) block() int {
	if s.second {
		return 2*s.count + 2
	}
	return s.count + 2
}

func (s saltelli) At(row int, dst []float64) Place {
	checkRow(row, s.Rows())
	dst = dst[:s.Dims()]
	place := s.place(row)
	fromB := place.Role == B || place.Role == BA
	of := s.batches[place.Block/s.batches[0].rows]
	for d, g := range s.groups {
		column := d
		if fromB != (g == place.Group) {
			column += len(s.groups)
		}
		dst[d] = of.coordinate(place.Block%of.rows, column)
	}
	return place
}

// place returns the part that a row plays.
func (s saltelli) place(row int) Place {
	block, k := row/s.block(), row%s.block()
	switch {
	case k == 0:
		return Place{Block: block, Role: A, Group: -1}
	case k == s.block()-1:
		return Place{Block: block, Role: B, Group: -1}
	case k <= s.count:
		return Place{Block: block, Role: AB, Group: k - 1}
	default:
		return Place{Block: block, Role: BA, Group: k - 1 - s.count}
	}
}
