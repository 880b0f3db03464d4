package sampling

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"os"
	"strings"
	"testing"
)

// The first ten points of three dimensions, as Joe and Kuo print them for the
// users of their program.
func TestSobolAuthorsExample(t *testing.T) {
	want := [][]float64{
		{0, 0, 0}, {0.5, 0.5, 0.5}, {0.75, 0.25, 0.25}, {0.25, 0.75, 0.75}, {0.375, 0.375, 0.625},
		{0.875, 0.875, 0.125}, {0.625, 0.125, 0.875}, {0.125, 0.625, 0.375}, {0.1875, 0.3125, 0.9375}, {0.6875, 0.8125, 0.4375},
	}
	made, err := Sobol(10, 3, false, 0)
	if got, _ := table(must(t, made, err)); !same(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

// Points of every dimension are bit for bit those of scipy; testdata/sobol.txt
// says how its numbers were made.
func TestSobolIsThatOfScipy(t *testing.T) {
	file, err := os.Open("testdata/sobol.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	made, err := Sobol(1024, maxSobolDims, false, 0)
	points, _ := table(must(t, made, err))
	fixed := func(row, dim int) uint32 { return uint32(points[row][dim-1] * (1 << 32)) }
	h := sha256.New()
	for row := range points {
		for dim := range maxSobolDims {
			_ = binary.Write(h, binary.LittleEndian, fixed(row, dim+1))
		}
	}
	lines, checked := bufio.NewScanner(file), 0
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		switch {
		case fields[0] == "#":
		case len(fields) == 1:
			if got := fmt.Sprintf("%x", h.Sum(nil)); got != fields[0] {
				t.Errorf("all points hash to %s, want %s", got, fields[0])
			}
			checked++
		default:
			var dim int
			fmt.Sscan(fields[0], &dim)
			for i, want := range fields[1:] {
				row := i
				if i == 16 {
					row = 1023
				}
				if got := fmt.Sprintf("%08x", fixed(row, dim)); got != want {
					t.Errorf("dimension %d, row %d: %s, want %s", dim, row, got, want)
				}
			}
			checked++
		}
	}
	if err := lines.Err(); err != nil || checked != 17 {
		t.Errorf("%d lines checked, want 17: %v", checked, err)
	}
}

// Every dimension by itself is a (0,m,1)-net for every m: 2^m rows, one in each
// of 2^m equal parts. So is any later run of 2^m rows that begins at a multiple.
func TestSobolDimensionsAreNets(t *testing.T) {
	const rows = 1024
	for _, scramble := range []bool{false, true} {
		made, err := Sobol(rows, maxSobolDims, scramble, 3)
		points, _ := table(must(t, made, err))
		for d := range maxSobolDims {
			x := column(points, d)
			for n := 1; n <= rows; n *= 2 {
				for from := 0; from < rows; from += n {
					if !oneInEach(x[from:from+n], n) {
						t.Fatalf("scrambled %t, dimension %d: rows %d..%d leave a part empty", scramble, d, from, from+n-1)
					}
				}
			}
		}
	}
}

// oneInEach reports whether n values fall one into each of n equal parts.
func oneInEach(x []float64, n int) bool {
	taken := make([]bool, n)
	for _, v := range x {
		part := int(v * float64(n))
		if taken[part] {
			return false
		}
		taken[part] = true
	}
	return true
}

// Two dimensions together are a (t,m,2)-net, where t is the sum of the degrees
// of their polynomials less one each (Niederreiter 1988; the first dimension
// counts as of degree 1): each box of volume 2^(t-m) has exactly 2^t points.
func TestSobolPairsAreNets(t *testing.T) {
	const m, dims = 12, 8
	degrees := [dims]int{1, 1, 2, 3, 3, 4, 4, 5}
	for seed := range uint64(4) {
		made, err := Sobol(1<<m, dims, seed > 0, seed)
		points, _ := table(must(t, made, err))
		for b := range dims {
			for a := range b {
				quality := degrees[a] + degrees[b] - 2
				for cut := range m - quality + 1 { // a is halved cut times, b the rest
					if !evenly(points, a, b, cut, m-quality-cut, 1<<quality) {
						t.Errorf("seed %d, dimensions %d and %d halved %d and %d times: not %d points in each box", seed, a, b, cut, m-quality-cut, 1<<quality)
					}
				}
			}
		}
	}
}

// evenly reports whether every box has so many points when two dimensions are
// halved so many times.
func evenly(points [][]float64, a, b, halvesA, halvesB, each int) bool {
	boxes := make([]int, 1<<(halvesA+halvesB))
	for _, x := range points {
		boxes[int(x[a]*float64(int(1)<<halvesA))<<halvesB|int(x[b]*float64(int(1)<<halvesB))]++
	}
	for _, n := range boxes {
		if n != each {
			return false
		}
	}
	return true
}

// The mean of a smooth function is found with an error that falls with the rows
// n nearly as n^-1.5 when scrambled and n^-1 when not; a random sample's as n^-0.5.
func TestSobolIntegratesBetterThanChance(t *testing.T) {
	const dims, few, many = 5, 1 << 8, 1 << 12
	errorOf := func(rows int, scramble bool, seed uint64) float64 {
		made, err := Sobol(rows, dims, scramble, seed)
		d := must(t, made, err)
		x, mean := make([]float64, dims), 0.0
		for row := range rows {
			d.At(row, x)
			f := 1.0
			for i, v := range x {
				f *= 1 + (math.Exp(v)-(math.E-1))/float64(i+1) // of mean 1
			}
			mean += f / float64(rows)
		}
		return mean - 1
	}
	rms := func(rows int) float64 {
		square := 0.0
		for seed := range uint64(30) {
			e := errorOf(rows, true, seed)
			square += e * e / 30
		}
		return math.Sqrt(square)
	}
	// Sixteen times the rows make chance's error 4 times smaller.
	if gain := rms(few) / rms(many); gain < 25 {
		t.Errorf("scrambled: 16 times the rows make the error %.1f times smaller", gain)
	}
	if gain := math.Abs(errorOf(few, false, 0) / errorOf(many, false, 0)); gain < 10 {
		t.Errorf("unscrambled: 16 times the rows make the error %.1f times smaller", gain)
	}
}

// Over seeds, each coordinate of each scrambled point is uniform, and
// unrelated to that of the next dimension.
func TestScrambledPointsAreUniform(t *testing.T) {
	const seeds, rows, dims = 4000, 3, 3
	values := [rows][dims][]float64{}
	for seed := range uint64(seeds) {
		made, err := Sobol(rows, dims, true, seed)
		points, _ := table(must(t, made, err))
		for row := range rows {
			for d := range dims {
				values[row][d] = append(values[row][d], points[row][d])
			}
		}
	}
	for row := range rows {
		for d := range dims {
			checkUniform(t, fmt.Sprintf("row %d, dimension %d", row, d), values[row][d])
			if r := correlation(values[row][d], values[row][(d+1)%dims]); math.Abs(r) > 5/math.Sqrt(seeds) {
				t.Errorf("row %d, dimensions %d and %d: correlation %.3f over seeds", row, d, (d+1)%dims, r)
			}
		}
	}
}

// Owen's scrambling, and not less: two numbers keep their common leading bits
// together, the first bit in which they differ still differs, and what follows
// is as independent as coins.
func TestScramblingIsNested(t *testing.T) {
	const keys = 2000
	for common := range 32 {
		x := uint32(0x9e3779b9)
		y := x ^ 1<<(31-common)
		var differ [32]int // by bit after the first that differs
		for key := range keys {
			d := scrambled(address(9, drawFlip, key), x) ^ scrambled(address(9, drawFlip, key), y)
			if bits.LeadingZeros32(d) != common {
				t.Fatalf("%d common bits became %d", common, bits.LeadingZeros32(d))
			}
			for bit := common + 1; bit < 32; bit++ {
				differ[bit] += int(d >> (31 - bit) & 1)
			}
		}
		for bit := common + 1; bit < 32; bit++ {
			if share := float64(differ[bit]) / keys; math.Abs(share-0.5) > 5*0.5/math.Sqrt(keys) {
				t.Errorf("%d common bits: bit %d differs in %.3f of the scrambles", common, bit, share)
			}
		}
	}
}

// Scrambling with one key maps the numbers of each size onto themselves.
func TestScramblingIsABijection(t *testing.T) {
	seen := make([]bool, 1<<16)
	for x := range uint32(1 << 16) {
		seen[scrambled(7, x<<16)>>16] = true
	}
	for y, ok := range seen {
		if !ok {
			t.Fatalf("nothing is scrambled to %04x", y)
		}
	}
}
