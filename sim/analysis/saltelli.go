package analysis

import "math"

// saltelli holds the outcomes of the complete blocks of a Saltelli design,
// less the mean that their replication has over A and B: luck that raises all
// rows alike would only blur the products.
type saltelli struct {
	grid
	a, b     []float64
	ab, ba   [][]float64 // by group; ba may be nil
	means    []float64   // by replication, what was taken off
	variance []float64   // shares of the variance of the expected outcome
}

func newSaltelli(runs SaltelliRuns) *saltelli {
	parts := append([][][]float64{runs.A, runs.B}, runs.AB...)
	kept, reps := completeBlocks(append(parts, runs.BA...))
	if runs.BA != nil {
		mustBlock(len(runs.AB), len(runs.BA), "groups")
	}
	d := &saltelli{grid: grid{blocks: len(kept), reps: reps}, a: flat(runs.A, kept), b: flat(runs.B, kept)}
	if blocks := len(runs.A); runs.Batches > 1 && len(kept) == blocks && blocks%runs.Batches == 0 {
		d.batch = blocks / runs.Batches
	}
	_, d.means = d.margins(d.a)
	_, meansOfB := d.margins(d.b)
	for r := range d.means {
		d.means[r] = (d.means[r] + meansOfB[r]) / 2
	}
	size := largest(d.a, d.b)
	centred := func(values []float64) []float64 {
		for i := range values {
			values[i] -= d.means[i%reps]
		}
		flush(values, size)
		return values
	}
	centred(d.a)
	centred(d.b)
	for _, values := range runs.AB {
		d.ab = append(d.ab, centred(flat(values, kept)))
	}
	for _, values := range runs.BA {
		d.ba = append(d.ba, centred(flat(values, kept)))
	}
	d.variance = d.empty()
	rows := float64(2 * d.blocks)
	d.addSquares(d.variance, rows/(rows-1), d.a, d.b)
	return d
}

// empty returns a zero for each block and replication.
func (d *saltelli) empty() []float64 { return make([]float64, d.blocks*d.reps) }

// addSquares adds weight times the mean square of the expected outcome in rows.
func (d *saltelli) addSquares(shares []float64, weight float64, rows ...[]float64) {
	for _, row := range rows {
		d.addProduct(shares, row, row, weight/float64(len(rows)))
	}
}

func (d *saltelli) mean() Crossed {
	shares := d.empty()
	for i := range shares {
		shares[i] = d.means[i%d.reps] + (d.a[i]+d.b[i])/2
	}
	return d.crossed(shares, single)
}

// luck returns the share of luck in the variance of a single run.
func (d *saltelli) luck() Crossed { return d.luckIn(d.means, d.variance, d.a, d.b) }

// total returns the variance left when all parameters but the group's are
// known, half the mean square of what changing the group alone does, over the
// variance of the rows used.
func (d *saltelli) total(k int) (part, whole []float64) {
	part, whole = d.empty(), d.empty()
	change := d.empty()
	d.eachWay(k, func(own, _, changed []float64, weight float64) {
		for i := range change {
			change[i] = changed[i] - own[i]
		}
		d.addProduct(part, change, change, weight/2)
		d.addSquares(whole, weight, own, changed)
	})
	return part, whole
}

// first returns the covariance of rows that share the group's parameters and
// no others, over the variance of those rows. steady is the correlation of rows
// that differ in the group only, the weight at which the control variate,
// whose expectation is zero, takes off the most chance.
func (d *saltelli) first(k int, steady float64) (part, whole []float64) {
	part, whole = d.empty(), d.empty()
	rest := d.empty()
	d.eachWay(k, func(own, other, changed []float64, weight float64) {
		for i := range rest {
			rest[i] = changed[i] - steady*own[i]
		}
		d.addProduct(part, other, rest, weight)
		d.addSquares(whole, weight, other, changed)
	})
	return part, whole
}

// eachWay calls visit with A, B and AB of group k, and where there is BA also
// the other way round; the weights sum to 1.
func (d *saltelli) eachWay(k int, visit func(own, other, changed []float64, weight float64)) {
	if d.ba == nil {
		visit(d.a, d.b, d.ab[k], 1)
		return
	}
	visit(d.a, d.b, d.ab[k], 0.5)
	visit(d.b, d.a, d.ba[k], 0.5)
}

// second returns the indices of pairs: BA of one group and AB of another share
// the parameters of both and no others, so their covariance holds the pair's
// interaction and both first orders (Saltelli, Computer Physics Communications
// 145 (2002)); the control variate is that of first.
func (d *saltelli) second(first [][]float64, steady []float64) [][]Crossed {
	result := make([][]Crossed, len(d.ab))
	for k := range result {
		result[k] = make([]Crossed, len(d.ab))
		result[k][k] = Crossed{Interval: unknown(math.NaN(), d.blocks), Replications: d.reps}
		for l := range k {
			part, whole := d.empty(), d.empty()
			d.addProduct(part, d.ba[k], d.ab[l], 0.5)
			d.addProduct(part, d.ba[l], d.ab[k], 0.5)
			d.addProduct(part, d.a, d.b, -steady[k]*steady[l])
			d.addSquares(whole, 1, d.ab[k], d.ab[l], d.ba[k], d.ba[l])
			_, shares := d.ratio(part, whole)
			add(shares, first[k], -1)
			add(shares, first[l], -1)
			result[k][l] = d.crossed(shares, paired)
			result[l][k] = result[k][l]
		}
	}
	return result
}
