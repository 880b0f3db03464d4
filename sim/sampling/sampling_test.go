package sampling

import (
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"
)

// specimen is a design that every property below is asked of.
type specimen struct {
	name             string
	make             func(seed uint64) (Design, error)
	rows, dims, each int  // each: rows of a block
	random           bool // the seed plays a part
	closed           bool // 1 is a value too
}

var specimens = []specimen{
	{"latin", func(seed uint64) (Design, error) { return LatinHypercube(100, 5, seed) }, 100, 5, 1, true, false},
	{"latin of one row", func(seed uint64) (Design, error) { return LatinHypercube(1, 1, seed) }, 1, 1, 1, true, false},
	{"sobol", func(seed uint64) (Design, error) { return Sobol(100, 5, false, seed) }, 100, 5, 1, false, false},
	{"sobol scrambled", func(seed uint64) (Design, error) { return Sobol(64, 512, true, seed) }, 64, 512, 1, true, false},
	{"morris", func(seed uint64) (Design, error) { return Morris(12, 6, []int{2, 0, 1, 1, 0}, seed) }, 48, 5, 4, true, true},
	{"morris of one group", func(seed uint64) (Design, error) { return Morris(20, 2, []int{0, 0, 0}, seed) }, 40, 3, 2, true, true},
	{"saltelli", func(seed uint64) (Design, error) { return Saltelli(16, []int{0, 1, 1, 2}, false, true, seed) }, 80, 4, 5, true, false},
	{"saltelli second", func(seed uint64) (Design, error) { return Saltelli(16, []int{0, 1, 1, 2}, true, true, seed) }, 128, 4, 8, true, false},
	{"saltelli unscrambled", func(seed uint64) (Design, error) { return Saltelli(16, []int{0, 1}, false, false, seed) }, 64, 2, 4, false, false},
}

// must returns a design that cannot fail.
func must(t testing.TB, d Design, err error) Design {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// table returns all points of a design, by row, and their places.
func table(d Design) (points [][]float64, places []Place) {
	for row := range d.Rows() {
		x := make([]float64, d.Dims())
		places = append(places, d.At(row, x))
		points = append(points, x)
	}
	return points, places
}

// column returns dimension d of all points.
func column(points [][]float64, d int) []float64 {
	x := make([]float64, len(points))
	for row := range points {
		x[row] = points[row][d]
	}
	return x
}

func same(a, b [][]float64) bool { return slices.EqualFunc(a, b, slices.Equal) }

func TestEveryDesignHasItsShape(t *testing.T) {
	for _, s := range specimens {
		made, err := s.make(1)
		d := must(t, made, err)
		if d.Rows() != s.rows || d.Dims() != s.dims {
			t.Errorf("%s: %d rows of %d dimensions, want %d of %d", s.name, d.Rows(), d.Dims(), s.rows, s.dims)
		}
		points, places := table(d)
		for row, x := range points {
			if places[row].Block != row/s.each {
				t.Errorf("%s: row %d is in block %d, want %d", s.name, row, places[row].Block, row/s.each)
			}
			for i, v := range x {
				if !(v >= 0 && v < 1 || s.closed && v == 1) {
					t.Errorf("%s: row %d, dimension %d: %v", s.name, row, i, v)
				}
			}
		}
		long := make([]float64, s.dims+1)
		long[s.dims] = 7
		if d.At(0, long); long[s.dims] != 7 || !slices.Equal(long[:s.dims], points[0]) {
			t.Errorf("%s: a longer destination got %v", s.name, long)
		}
		for what, call := range map[string]func(){
			"row -1":                  func() { d.At(-1, long) },
			"the row after all":       func() { d.At(s.rows, long) },
			"a destination too short": func() { d.At(0, make([]float64, s.dims-1)) },
		} {
			if !panics(call) {
				t.Errorf("%s: %s did not panic", s.name, what)
			}
		}
	}
}

func panics(call func()) (did bool) {
	defer func() { did = recover() != nil }()
	call()
	return false
}

// A row has the same point whoever asks, in whatever order, and of whichever
// design of the same arguments; another seed has other points.
func TestEveryDesignIsAFunctionOfSeedAndRow(t *testing.T) {
	for _, s := range specimens {
		made, err := s.make(1)
		d := must(t, made, err)
		again, _ := s.make(1)
		other, _ := s.make(2)
		want, wantPlaces := table(d)
		var wait sync.WaitGroup
		for worker := range 4 {
			wait.Go(func() {
				x := make([]float64, s.dims)
				for k := range s.rows {
					row := (s.rows - 1 - k + worker*7) % s.rows
					if p := d.At(row, x); p != wantPlaces[row] || !slices.Equal(x, want[row]) {
						t.Errorf("%s: row %d is %v %v, and was %v %v", s.name, row, p, x, wantPlaces[row], want[row])
					}
				}
			})
		}
		wait.Wait()
		if got, _ := table(again); !same(got, want) {
			t.Errorf("%s: the same arguments gave other points", s.name)
		}
		if got, _ := table(other); same(got, want) == s.random {
			t.Errorf("%s: another seed: the same points %t, want %t", s.name, s.random, !s.random)
		}
	}
}

// Callers keep their groups: changing them later changes no design.
func TestGroupsAreCopied(t *testing.T) {
	for name, build := range map[string]func(groups []int) (Design, error){
		"morris":   func(groups []int) (Design, error) { return Morris(4, 4, groups, 1) },
		"saltelli": func(groups []int) (Design, error) { return Saltelli(4, groups, true, true, 1) },
	} {
		groups := []int{0, 1}
		made, err := build(groups)
		d := must(t, made, err)
		before, _ := table(d)
		groups[0], groups[1] = 1, 0
		if after, _ := table(d); !same(before, after) {
			t.Errorf("%s changed with the caller's groups", name)
		}
	}
}

func TestErrors(t *testing.T) {
	const many = math.MaxInt
	latin := func(rows, dims int) error { _, err := LatinHypercube(rows, dims, 1); return err }
	sobol := func(rows, dims int) error { _, err := Sobol(rows, dims, true, 1); return err }
	morris := func(n, levels int, groups ...int) error { _, err := Morris(n, levels, groups, 1); return err }
	saltelli := func(n int, second bool, groups ...int) error {
		_, err := Saltelli(n, groups, second, true, 1)
		return err
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{latin(maxRows, 1), "<nil>"},
		{latin(0, 1), "a design needs at least one row, not 0"},
		{latin(1, -1), "a design needs at least one dimension, not -1"},
		{latin(maxRows+1, 1), "a design has at most 1000000000 rows, and this one needs 1000000001"},
		{sobol(maxRows, maxSobolDims), "<nil>"},
		{sobol(-3, 1), "a design needs at least one row, not -3"},
		{sobol(8, 600), "a Sobol' sequence has at most 512 dimensions, and this design needs 600"},
		{morris(maxRows/3, 4, 0, 1), "<nil>"},
		{morris(maxRows/3+1, 4, 0, 1), "a design has at most 1000000000 rows, and this one needs 3 for each trajectory, of which there are 333333334"},
		{morris(0, 4, 0), "a design needs at least one trajectory, not 0"},
		{morris(1, 5, 0), "a Morris design needs an even number of levels, at least 2, not 5"},
		{morris(1, 0, 0), "a Morris design needs an even number of levels, at least 2, not 0"},
		{morris(1, 4), "a design needs at least one dimension, not 0"},
		{morris(1, 4, 0, 2, 2), "no dimension is in group 1 of 0..2; groups are numbered without gaps"},
		{morris(1, 4, 0, -1), "dimension 1 is in group -1; the groups of 2 dimensions are numbered 0..1 at most"},
		{saltelli(many, true, 0), "a design has at most 1000000000 rows, and this one needs 4 for each base sample, of which there are 9223372036854775807"},
		{saltelli(-1, false, 0), "a design needs at least one base sample, not -1"},
		{saltelli(1, false, many, 0), "dimension 0 is in group 9223372036854775807; the groups of 2 dimensions are numbered 0..1 at most"},
		{saltelli(1, false, make([]int, 300)...), "a Sobol' sequence has at most 512 dimensions, and this design needs 600"},
	} {
		if got := fmt.Sprint(c.err); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestRolesHaveNames(t *testing.T) {
	for role, want := range []string{"plain", "A", "B", "AB", "BA", "start", "step"} {
		if got := Role(role).String(); got != want {
			t.Errorf("role %d: %s, want %s", role, got, want)
		}
	}
	if got := Role(7).String(); got != "Role(7)" {
		t.Errorf("role 7: %s", got)
	}
}

func BenchmarkAt64(b *testing.B) {
	groups := make([]int, 64)
	for d := range groups {
		groups[d] = d
	}
	build := func(d Design, err error) Design { return must(b, d, err) }
	for _, c := range []struct {
		name string
		d    Design
	}{
		{"latin", build(LatinHypercube(1<<20, 64, 1))},
		{"sobol", build(Sobol(1<<20, 64, false, 1))},
		{"sobolScrambled", build(Sobol(1<<20, 64, true, 1))},
		{"morris", build(Morris(1<<14, 4, groups, 1))},
		{"saltelli", build(Saltelli(1<<14, groups, false, true, 1))},
	} {
		b.Run(c.name, func(b *testing.B) {
			x := make([]float64, 64)
			for k := range b.N {
				c.d.At(k*7919%c.d.Rows(), x)
			}
		})
	}
}
