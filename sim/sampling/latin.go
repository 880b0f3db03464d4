package sampling

// latin is a Latin hypercube: in each dimension, one row in each of as many
// equal bins as there are rows.
type latin struct {
	rows, dims int
	seed       uint64
}

// LatinHypercube returns a design whose rows, in each dimension, fall one into
// each of as many equal bins as there are rows, in random order, at a random
// place within the bin (McKay, Beckman and Conover 1979).
func LatinHypercube(rows, dims int, seed uint64) (Design, error) {
	if err := checkSize(rows, dims); err != nil {
		return nil, err
	}
	return latin{rows, dims, seed}, nil
}

func (l latin) Rows() int { return l.rows }
func (l latin) Dims() int { return l.dims }

func (l latin) At(row int, dst []float64) Place {
	checkRow(row, l.rows)
	dst = dst[:l.dims]
	for d := range dst {
		bin := shuffled(address(l.seed, drawBin, d), l.rows, row)
		dst[d] = l.within(bin, address(l.seed, drawJitter, d, row))
	}
	return plain(row)
}

// within returns the middle of one of 2^20 equal parts of a bin, which luck
// picks. Both numbers divided are exact, as a bin has at most 30 bits, and the
// middle is so far from the bin's ends that rounding never leaves the bin.
func (l latin) within(bin int, luck uint64) float64 {
	const parts = 20
	part := luck >> (64 - parts)
	return float64(uint64(bin)<<(parts+1)|part<<1|1) / float64(uint64(l.rows)<<(parts+1))
}
