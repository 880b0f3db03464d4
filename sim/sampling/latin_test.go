package sampling

import (
	"math"
	"slices"
	"testing"
)

// Each bin of each dimension has one row, also where the bins are as fine as
// they get.
func TestLatinHypercubeFillsEveryBin(t *testing.T) {
	for _, rows := range []int{1, 2, 3, 7, 64, 1000} {
		for seed := range uint64(20) {
			made, err := LatinHypercube(rows, 4, seed)
			points, _ := table(must(t, made, err))
			for d := range 4 {
				taken := make([]bool, rows)
				for _, v := range column(points, d) {
					taken[int(v*float64(rows))] = true
				}
				if slices.Contains(taken, false) {
					t.Errorf("%d rows, seed %d, dimension %d: an empty bin", rows, seed, d)
				}
			}
		}
	}
}

func TestLatinHypercubeStaysInItsBin(t *testing.T) {
	for _, rows := range []int{1, 3, 1000, 999_999_937, maxRows} {
		l := latin{rows: rows}
		for k := range 10000 {
			bin := k * (rows / 10000) % rows
			if k%2 == 1 {
				bin = rows - 1 - bin
			}
			for _, luck := range []uint64{0, math.MaxUint64, address(1, drawJitter, k)} {
				if v := l.within(bin, luck); int(v*float64(rows)) != bin || v >= 1 {
					t.Fatalf("bin %d of %d: %v", bin, rows, v)
				}
			}
		}
	}
}

// Of two dimensions nothing is known from one: correlations are those of
// independent orders, of standard deviation 1/sqrt(rows-1).
func TestLatinHypercubeDimensionsAreUnrelated(t *testing.T) {
	const rows, dims = 1000, 40
	made, err := LatinHypercube(rows, dims, 3)
	points, _ := table(must(t, made, err))
	sum, worst := 0.0, 0.0
	for a := range dims {
		for b := range a {
			r := correlation(column(points, a), column(points, b))
			sum += r * r * (rows - 1)
			worst = max(worst, math.Abs(r))
		}
	}
	pairs := float64(dims * (dims - 1) / 2)
	if spread := math.Sqrt(2 / pairs); math.Abs(sum/pairs-1) > 4*spread || worst > 4.5/math.Sqrt(rows-1) {
		t.Errorf("mean square of a correlation %.2f of that of chance, worst %.3f", sum/pairs, worst)
	}
}

func correlation(x, y []float64) float64 {
	var sx, sy, sxx, syy, sxy float64
	n := float64(len(x))
	for i := range x {
		sx, sy = sx+x[i], sy+y[i]
		sxx, syy, sxy = sxx+x[i]*x[i], syy+y[i]*y[i], sxy+x[i]*y[i]
	}
	return (sxy - sx*sy/n) / math.Sqrt((sxx-sx*sx/n)*(syy-sy*sy/n))
}

// Within its bin a row is anywhere: the place has the moments of a uniform one.
func TestLatinHypercubeJitterIsUniform(t *testing.T) {
	const rows = 20000
	made, err := LatinHypercube(rows, 2, 5)
	points, _ := table(must(t, made, err))
	for d := range 2 {
		var places []float64
		for _, v := range column(points, d) {
			_, place := math.Modf(v * rows)
			places = append(places, place)
		}
		checkUniform(t, "place in the bin", places)
	}
}

// checkUniform compares mean and variance with 1/2 and 1/12, at five standard
// errors.
func checkUniform(t *testing.T, name string, values []float64) {
	t.Helper()
	n, mean, square := float64(len(values)), 0.0, 0.0
	for _, v := range values {
		mean += v / n
		square += (v - 0.5) * (v - 0.5) / n
	}
	if math.Abs(mean-0.5) > 5*math.Sqrt(1/(12*n)) || math.Abs(square-1.0/12) > 5*math.Sqrt(1/(180*n)) {
		t.Errorf("%s: mean %.4f, variance %.4f", name, mean, square)
	}
}
