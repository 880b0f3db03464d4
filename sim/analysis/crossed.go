package analysis

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Crossed is an estimate from a design whose blocks (base samples,
// trajectories) were all simulated with the same replications: the luck of
// replication r is the same in every block. Interval.N counts the blocks used.
// The interval allows for both the blocks drawn and the luck drawn. With a single
// replication it knows of the blocks alone, and the estimate holds for that luck
// only; for indices, two replications do not show what is due to luck either.
type Crossed struct {
	Interval
	Replications int

	// drawn counts what was drawn independently: the blocks, or batches of them.
	drawn int

	// These are the parts of the squared standard error, in the squared unit of
	// the estimate: due to the blocks drawn, to the luck drawn, and to luck that
	// differs from block to block. More blocks shrink the first and the last,
	// more replications the second and the last.
	fromBlocks, fromLuck, fromBoth float64
}

// grid is the shape of crossed values, which lie in one slice: element
// block*reps+rep belongs to that block and replication.
type grid struct {
	blocks, reps int
	batch        int // blocks in a row that were drawn together; below 2: each by itself
}

// drawn is the grid of what was drawn independently, and the means of values
// over it: batches where blocks were drawn together, else the blocks.
func (g grid) drawn(values []float64) (grid, []float64) {
	if g.batch < 2 {
		return g, values
	}
	means := make([]float64, len(values)/g.batch)
	for i, v := range values {
		means[i/(g.reps*g.batch)*g.reps+i%g.reps] += v / float64(g.batch)
	}
	return grid{blocks: g.blocks / g.batch, reps: g.reps}, means
}

// joint is how many replications meet in one term of an estimate.
type joint int

const (
	single joint = 1 // means
	paired joint = 2 // products of two different replications
)

// crossed returns the mean of shares with its 95 % interval. The shares of
// blocks and replications are what each adds to the estimate, linearised
// around it.
//
// Blocks and replications are both samples, and they are crossed, so neither
// the spread over blocks nor that over replications will do alone: the squared
// standard error is the first plus the second less what both count (Cameron,
// Gelbach and Miller, Journal of Business & Economic Statistics 29 (2011)).
// Replications are left out one at a time (the jackknife), with all the pairs
// they are in. The ends are Student's t with the degrees of freedom of
// Satterthwaite, Biometrics Bulletin 2 (1946). No luck is drawn, and the order
// of blocks and replications does not matter.
func (g grid) crossed(shares []float64, terms joint) Crossed {
	blocks := g.blocks
	g, shares = g.drawn(shares)
	byBlock, byRep := g.margins(shares)
	estimate, sd := meanAndSD(byBlock)
	result := Crossed{Interval: unknown(estimate, blocks), Replications: g.reps, drawn: g.blocks}
	if g.blocks < 2 || math.IsNaN(sd) || math.IsInf(sd, 0) {
		return result
	}
	n, reps := float64(g.blocks), float64(g.reps)
	overBlocks := sd * sd / n // luck of each block by itself included
	result.fromBlocks = overBlocks
	freedom := n - 1
	if g.reps > int(terms) {
		factor := leaveOneOut(g.reps, terms)
		var overReps, counted float64
		for _, v := range byRep {
			overReps += factor * (v - estimate) * (v - estimate)
		}
		for i, v := range shares {
			d := v - byBlock[i/g.reps] - byRep[i%g.reps] + estimate
			counted += factor * d * d / (n * (n - 1))
		}
		result.fromLuck = max(overReps-counted, 0)
		result.fromBoth = min(counted, overBlocks)
		result.fromBlocks = overBlocks - result.fromBoth
		freedom = satterthwaite(overBlocks, n-1, result.fromLuck, reps-float64(terms))
	}
	if math.IsNaN(freedom) || math.IsInf(overBlocks, 0) {
		return Crossed{Interval: unknown(estimate, blocks), Replications: g.reps, drawn: g.blocks} // squares overflowed
	}
	half := studentTOf(upper95, freedom) * math.Sqrt(overBlocks+result.fromLuck)
	result.Low, result.High = estimate-half, estimate+half
	return result
}

// margins returns the mean of each block and of each replication.
func (g grid) margins(values []float64) (byBlock, byRep []float64) {
	byBlock, byRep = make([]float64, g.blocks), make([]float64, g.reps)
	for i, v := range values {
		byBlock[i/g.reps] += v / float64(g.reps)
		byRep[i%g.reps] += v / float64(g.blocks)
	}
	return byBlock, byRep
}

// leaveOneOut returns the factor from the sum of squares of the replications'
// shares to the jackknife's squared standard error. Without one of reps, the
// mean of terms moves by terms/(reps-terms) times the share of that one.
func leaveOneOut(reps int, terms joint) float64 {
	r, k := float64(reps), float64(terms)
	return k * k * (r - 1) / (r * (r - k) * (r - k))
}

// satterthwaite returns the degrees of freedom of a+b, for squared standard
// errors a and b with their own.
func satterthwaite(a, freedomA, b, freedomB float64) float64 {
	if b == 0 {
		return freedomA
	}
	p, q := a/(a+b), b/(a+b)
	return 1 / (p*p/freedomA + q*q/freedomB)
}

// studentTOf is studentT for degrees of freedom between whole numbers.
func studentTOf(p, df float64) float64 {
	return distuv.StudentsT{Sigma: 1, Nu: df}.Quantile(p)
}

// addProduct adds to shares weight times the product of the expectations of u
// and v. The share of a replication is the mean of u in it times v in all the
// others, and the other way round. So luck that u and v have in common in one
// replication never meets itself, and the product is unbiased. A single
// replication has no other: it meets itself.
func (g grid) addProduct(shares, u, v []float64, weight float64) {
	if g.reps == 1 {
		for i := range shares {
			shares[i] += weight * u[i] * v[i]
		}
		return
	}
	weight /= 2 * float64(g.reps-1)
	for from := 0; from < len(shares); from += g.reps {
		x, y, out := u[from:from+g.reps], v[from:from+g.reps], shares[from:from+g.reps]
		var sumX, sumY float64
		for r := range x {
			sumX += x[r]
			sumY += y[r]
		}
		for r := range x {
			out[r] += weight * (x[r]*(sumY-y[r]) + y[r]*(sumX-x[r]))
		}
	}
}

// ratio returns the mean of top over the mean of bottom, both made of products,
// and its shares. The bottom is uncertain as well, which makes the interval
// skew: it is Fieller's (see RatioOfMeans), but for the luck common to all
// blocks, which with few replications would leave no end at all.
func (g grid) ratio(top, bottom []float64) (Crossed, []float64) {
	shares := make([]float64, len(top))
	scale := stat.Mean(bottom, nil)
	if !(scale > 0) {
		for i := range shares {
			shares[i] = math.NaN()
		}
		return g.crossed(shares, paired), shares
	}
	ratio := stat.Mean(top, nil) / scale
	for i := range shares {
		shares[i] = ratio + (top[i]-ratio*bottom[i])/scale
	}
	result := g.crossed(shares, paired)
	squaredError := result.fromBlocks + result.fromLuck + result.fromBoth
	if !(squaredError > 0) {
		return result, shares
	}
	one, means := g.drawn(shares)
	share, _ := one.margins(means)
	_, means = g.drawn(bottom)
	below, _ := one.margins(means)
	half := result.High - result.Estimate
	t2 := half * half / squaredError // Student's t, squared
	n := float64(one.blocks)
	clear := 1 - t2*stat.Variance(below, nil)/(n*scale*scale)
	if !(clear > 0) {
		result.Low, result.High = math.NaN(), math.NaN()
		return result, shares
	}
	shift := -t2 * stat.Covariance(share, below, nil) / (n * scale * clear)
	half = math.Sqrt(shift*shift + half*half/clear)
	result.Low, result.High = ratio+shift-half, ratio+shift+half
	return result, shares
}

// completeBlocks returns the blocks without a missing value in any of the rows,
// each row[block][rep], and the number of replications. It panics when rows
// differ in blocks or in replications.
func completeBlocks(rows [][][]float64) (kept []int, reps int) {
	if len(rows) == 0 || len(rows[0]) == 0 {
		return nil, 0
	}
	blocks, reps := len(rows[0]), len(rows[0][0])
	missing := make([]bool, blocks)
	for _, row := range rows {
		mustBlock(len(row), blocks, "blocks")
		for block, values := range row {
			mustBlock(len(values), reps, "replications")
			for _, v := range values {
				missing[block] = missing[block] || math.IsNaN(v)
			}
		}
	}
	for block, m := range missing {
		if !m && reps > 0 {
			kept = append(kept, block)
		}
	}
	return kept, reps
}

// mustBlock panics when two parts of a crossed design differ in size.
func mustBlock(n, m int, what string) {
	if n != m {
		panic(fmt.Sprintf("analysis: a crossed design has %d and %d %s", n, m, what))
	}
}

// flat copies values[block][rep] of the blocks kept into one slice.
func flat(values [][]float64, kept []int) []float64 {
	var all []float64
	for _, block := range kept {
		all = append(all, values[block]...)
	}
	return all
}
